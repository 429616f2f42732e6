import type { Bound } from './codes.ts';
import { CORE, type CompiledRule, type DefinitionIndex, suffixOf } from './definition-index.ts';
import type { ElementRule, TypeRule } from './definitions.ts';
import { type PrimitiveCheck, primitiveCheckOf } from './primitives.ts';

/** An object of a type or of an element with children of its own, ready to be walked. */
export interface ObjectPlan {
  /** Canonical of the structure that defines it. */
  readonly source: string;
  readonly isResource: boolean;
  /** Members by the name they have in JSON, without the `_` siblings. */
  readonly members: ReadonlyMap<string, MemberPlan>;
  /** Elements that must be there. */
  readonly required: readonly MustHave[];
  readonly rules: readonly CompiledRule[];
}

interface MustHave {
  readonly id: string;
  /** Names of which one must be there. */
  readonly keys: readonly string[];
}

/** One member of an object. */
export interface MemberPlan {
  /** Element id, such as `Observation.component.value[x]`. */
  readonly id: string;
  readonly source: string;
  /** How FHIRPath goes to it: `.value.ofType(Quantity)`. */
  readonly step: string;
  /** Name of the member beside it that holds id and extensions of a primitive. */
  readonly sibling: string;
  readonly list: boolean;
  readonly max: number | undefined;
  readonly type: TypeRule;
  readonly isPrimitive: boolean;
  /** The check of its values, where it is a primitive. */
  readonly check: PrimitiveCheck;
  /** True for a single primitive that nothing but its type says anything of. */
  readonly isPlain: boolean;
  readonly isModifier: boolean;
  /** True for the codings of a CodeableConcept. */
  readonly isOfConcept: boolean;
  /** The choice it is one way of; the `[x]` name. */
  readonly choice: string | undefined;
  readonly bound: Bound | undefined;
  /** Invariants that the element has beside those of its type. */
  readonly rules: readonly CompiledRule[];
  /** By which names a definition may call the place, where it says where an extension may stand. */
  readonly names: ReadonlySet<string>;
  /** True for a datatype that is judged by itself alone, wherever it stands. */
  readonly isAlone: boolean;
  /** What is inside; undefined for primitives and for `Resource`, which says itself what it is. */
  readonly inside: () => ObjectPlan | undefined;
}

/** The plans of R4's own types, made when first asked for. */
export interface TypePlans {
  /** Undefined for a name that is no resource or datatype of R4. */
  of(type: string): ObjectPlan | undefined;
}

/** Plans over a library. */
export function createTypePlans(library: DefinitionIndex): TypePlans {
  const plans = new Map<string, ObjectPlan>();
  const maker = new PlanMaker(library, (type) => of(type));
  const of = (type: string): ObjectPlan | undefined => {
    const known = plans.get(type);
    if (known !== undefined) return known;
    const structure = library.type(type);
    if (structure === undefined || structure.kind === 'primitive') return undefined;
    const made = maker.plan(structure.root, {
      id: type,
      source: CORE + type,
      isResource: structure.kind === 'resource',
    });
    plans.set(type, made);
    return made;
  };
  return { of };
}

/** Large ones that a mapper shares. Of their rules ref-1 alone looks around, at what is contained. */
const ALONE: ReadonlySet<string> = new Set(['CodeableConcept', 'Coding', 'Extension', 'Reference']);

/** What an element is of that has the children of another. */
const BACKBONE: TypeRule = { code: 'BackboneElement' };

interface Place {
  readonly id: string;
  readonly source: string;
  readonly isResource: boolean;
}

class PlanMaker {
  readonly #library: DefinitionIndex;
  readonly #typePlan: (type: string) => ObjectPlan | undefined;
  /** Plans of elements that others refer to with `sameAs`, by their id. */
  readonly #byId = new Map<string, ObjectPlan>();

  constructor(library: DefinitionIndex, typePlan: (type: string) => ObjectPlan | undefined) {
    this.#library = library;
    this.#typePlan = typePlan;
  }

  plan({ children = [], rules }: ElementRule, { id, source, isResource }: Place): ObjectPlan {
    const members = new Map<string, MemberPlan>();
    for (const child of children) {
      for (const type of child.types ?? [BACKBONE]) {
        const member = this.#member(child, type, { id, source, isResource });
        members.set(keyOf(child, type), member);
      }
    }
    const required = children
      .filter(({ min = 0 }) => min > 0)
      .map((child) => {
        const names = (child.types ?? [BACKBONE]).map((type) => keyOf(child, type));
        return { id: `${id}.${child.name}`, keys: [...names, ...names.map((name) => `_${name}`)] };
      });
    // dom-3 is told of what is contained, beside the walk.
    const asked = this.#library.rules(rules?.filter((key) => key !== 'dom-3'));
    const plan = { source, isResource, members, required, rules: asked };
    this.#byId.set(id, plan);
    return plan;
  }

  #member(child: ElementRule, type: TypeRule, owner: Place): MemberPlan {
    const id = `${owner.id}.${child.name}`;
    const structure = this.#library.type(type.code);
    const isPrimitive = structure?.kind === 'primitive';
    const choice = child.name.endsWith('[x]') ? child.name : undefined;
    const name = child.name.replace('[x]', '');
    const rules = this.#library.rules(this.#added(child, structure?.root));
    const isPlain = isPrimitive && child.list !== true && child.binding === undefined;
    let inside: ObjectPlan | undefined;
    return {
      id,
      source: owner.source,
      step: choice === undefined ? `.${name}` : `.${name}.ofType(${type.code})`,
      sibling: `_${keyOf(child, type)}`,
      list: child.list === true,
      max: child.list === true ? child.max : undefined,
      type,
      isPrimitive,
      check: primitiveCheckOf(type.code),
      isPlain: isPlain && rules.length === 0,
      isModifier: child.name === 'modifierExtension',
      isOfConcept: id === 'CodeableConcept.coding',
      choice,
      bound: child.binding && { binding: child.binding, source: owner.source },
      rules,
      names: this.#names(id, child, type.code),
      isAlone: isAlone(child, type),
      inside: () => {
        if (isPrimitive || type.code === 'Resource') return undefined;
        inside ??= this.#inside(child, type, { ...owner, id });
        return inside;
      },
    };
  }

  #inside(child: ElementRule, type: TypeRule, place: Place): ObjectPlan | undefined {
    if (child.sameAs !== undefined) return this.#named(child.sameAs, place.source);
    if (child.children !== undefined) return this.plan(child, { ...place, isResource: false });
    return this.#typePlan(type.code);
  }

  #named(id: string, source: string): ObjectPlan | undefined {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const [type = '', ...steps] = id.split('.');
    const element = steps.reduce<ElementRule | undefined>(
      (at, step) => at?.children?.find(({ name }) => name === step),
      this.#library.type(type)?.root,
    );
    return element && this.plan(element, { id, source, isResource: false });
  }

  /** Rules of the element that its type does not have anyway; with children of its own, none here. */
  #added({ rules = [], children }: ElementRule, type: ElementRule | undefined): readonly string[] {
    if (children !== undefined) return [];
    return rules.filter((key) => type?.rules?.includes(key) !== true);
  }

  #names(id: string, { sameAs }: ElementRule, type: string): ReadonlySet<string> {
    const ids = [id, id.replace('[x]', ''), ...(sameAs === undefined ? [] : [sameAs])];
    return new Set([...ids, type, 'Element', ...this.#above(type)]);
  }

  #above(type: string): string[] {
    const base = this.#library.type(type)?.base;
    if (base === undefined) return [];
    const name = base.slice(CORE.length);
    return [name, ...this.#above(name)];
  }
}

function isAlone({ name, children }: ElementRule, { code }: TypeRule): boolean {
  return ALONE.has(code) && children === undefined && name !== 'modifierExtension';
}

function keyOf({ name }: ElementRule, { code }: TypeRule): string {
  return name.endsWith('[x]') ? name.slice(0, -3) + suffixOf(code) : name;
}
