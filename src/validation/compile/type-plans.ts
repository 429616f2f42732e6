// Prepares the types of R4 for the checks: one plan for each resource, datatype and backbone element.
import type { SourcedBinding } from './codes.ts';
import { CORE, type CompiledRule, type DefinitionIndex, suffixOf } from './definition-index.ts';
import type { ElementRule, TypeRule } from './definitions.ts';
import { type PrimitiveCheck, primitiveCheckOf } from './primitives.ts';

/** A type, or an element with child elements, prepared for checking objects. */
export interface ObjectPlan {
  /** Canonical of the structure that defines it. */
  readonly source: string;
  readonly isResource: boolean;
  /** Members by their name in JSON, without the `_` siblings. */
  readonly members: ReadonlyMap<string, MemberPlan>;
  readonly required: readonly RequiredElement[];
  readonly rules: readonly CompiledRule[];
}

/** An element with a minimum cardinality of 1 or more. */
interface RequiredElement {
  readonly id: string;
  /** Its possible names in JSON; one of them must be present. */
  readonly keys: readonly string[];
}

/** The resource types that a reference may point to. */
export interface ReferenceTargets {
  /** Canonicals; undefined for any type. */
  readonly targets: readonly string[] | undefined;
  /** Canonical of the structure that defines them. */
  readonly source: string;
}

/** One member of an object. */
export interface MemberPlan {
  /** Element id, such as `Observation.component.value[x]`. */
  readonly id: string;
  readonly source: string;
  /** Its step in a FHIRPath: `.value.ofType(Quantity)`. */
  readonly step: string;
  /** Name of the member with the id and extensions of a primitive: `_status`. */
  readonly sibling: string;
  readonly list: boolean;
  readonly max: number | undefined;
  readonly type: TypeRule;
  /** What it may point to if it is a reference. */
  readonly targets: ReferenceTargets;
  readonly isPrimitive: boolean;
  /** The check of a primitive's value. */
  readonly check: PrimitiveCheck;
  /** True for a single primitive with no binding and no rules: `check` is all that it needs. */
  readonly isSimple: boolean;
  readonly isModifier: boolean;
  /** True for the codings of a CodeableConcept. */
  readonly isOfConcept: boolean;
  /** Name of the choice that it is a variant of, with `[x]`. */
  readonly choice: string | undefined;
  readonly binding: SourcedBinding | undefined;
  /** Invariants of the element in addition to those of its type. */
  readonly rules: readonly CompiledRule[];
  /** Every name by which the context of an extension's definition may refer to this element. */
  readonly contextNames: ReadonlySet<string>;
  /** True for a datatype whose validity does not depend on where it is used, so it is cached. */
  readonly isCacheable: boolean;
  /** The plan of the value; undefined for primitives, and for `Resource`, whose type is in the data. */
  readonly valuePlan: () => ObjectPlan | undefined;
}

/** The plans of R4's own types, compiled at first use. */
export interface TypePlans {
  /** Undefined for a name that is not a resource or complex datatype of R4. */
  of(type: string): ObjectPlan | undefined;
}

/** Plans of the types in an index. */
export function createTypePlans(definitions: DefinitionIndex): TypePlans {
  const plans = new Map<string, ObjectPlan>();
  const of = (type: string): ObjectPlan | undefined => {
    const cached = plans.get(type);
    if (cached !== undefined) return cached;
    const structure = definitions.type(type);
    if (structure === undefined || structure.kind === 'primitive') return undefined;
    const plan = compiler.objectPlan(structure.root, {
      id: type,
      source: CORE + type,
      isResource: structure.kind === 'resource',
    });
    plans.set(type, plan);
    return plan;
  };
  const compiler = new PlanCompiler(definitions, of);
  return { of };
}

/**
 * Datatypes that the mapping shares between resources as large objects. Of their rules only ref-1
 * depends on the surroundings: on contained resources.
 */
const CACHEABLE: ReadonlySet<string> = new Set([
  'CodeableConcept',
  'Coding',
  'Extension',
  'Reference',
]);

/** The type of an element that reuses the children of another. */
const BACKBONE: TypeRule = { code: 'BackboneElement' };

/** The element that a plan is compiled for. */
interface ElementSource {
  readonly id: string;
  readonly source: string;
  readonly isResource: boolean;
}

class PlanCompiler {
  readonly #definitions: DefinitionIndex;
  readonly #typePlan: (type: string) => ObjectPlan | undefined;
  /** Plans of elements that others refer to with `sameAs`, by element id. */
  readonly #byId = new Map<string, ObjectPlan>();

  constructor(definitions: DefinitionIndex, typePlan: (type: string) => ObjectPlan | undefined) {
    this.#definitions = definitions;
    this.#typePlan = typePlan;
  }

  objectPlan({ children = [], rules }: ElementRule, owner: ElementSource): ObjectPlan {
    const { id, source, isResource } = owner;
    const members = new Map<string, MemberPlan>();
    for (const child of children) {
      for (const type of child.types ?? [BACKBONE]) {
        members.set(memberName(child, type), this.#memberPlan(child, type, owner));
      }
    }
    const required = children
      .filter(({ min = 0 }) => min > 0)
      .map((child) => {
        const names = (child.types ?? [BACKBONE]).map((type) => memberName(child, type));
        return { id: `${id}.${child.name}`, keys: [...names, ...names.map((name) => `_${name}`)] };
      });
    // contained.ts checks dom-3, to report it at the contained resource.
    const evaluated = this.#definitions.rules(rules?.filter((key) => key !== 'dom-3'));
    const plan = { source, isResource, members, required, rules: evaluated };
    this.#byId.set(id, plan);
    return plan;
  }

  #memberPlan(child: ElementRule, type: TypeRule, owner: ElementSource): MemberPlan {
    const id = `${owner.id}.${child.name}`;
    const { source } = owner;
    const structure = this.#definitions.type(type.code);
    const isPrimitive = structure?.kind === 'primitive';
    const choice = child.name.endsWith('[x]') ? child.name : undefined;
    const name = child.name.replace('[x]', '');
    const rules = this.#definitions.rules(additionalRules(child, structure?.root));
    const isUnbound = isPrimitive && child.list !== true && child.binding === undefined;
    let valuePlan: ObjectPlan | undefined;
    return {
      id,
      source,
      step: choice === undefined ? `.${name}` : `.${name}.ofType(${type.code})`,
      sibling: `_${memberName(child, type)}`,
      list: child.list === true,
      max: child.list === true ? child.max : undefined,
      type,
      targets: { targets: type.targets, source },
      isPrimitive,
      check: primitiveCheckOf(type.code),
      isSimple: isUnbound && rules.length === 0,
      isModifier: child.name === 'modifierExtension',
      isOfConcept: id === 'CodeableConcept.coding',
      choice,
      binding: child.binding && { ...child.binding, source },
      rules,
      contextNames: this.#contextNames(id, child, type.code),
      isCacheable: isCacheable(child, type),
      valuePlan: () => {
        if (isPrimitive || type.code === 'Resource') return undefined;
        valuePlan ??= this.#valuePlan(child, type, { ...owner, id });
        return valuePlan;
      },
    };
  }

  #valuePlan(child: ElementRule, type: TypeRule, element: ElementSource): ObjectPlan | undefined {
    if (child.sameAs !== undefined) return this.#planById(child.sameAs, element.source);
    if (child.children !== undefined) {
      return this.objectPlan(child, { ...element, isResource: false });
    }
    return this.#typePlan(type.code);
  }

  #planById(id: string, source: string): ObjectPlan | undefined {
    const cached = this.#byId.get(id);
    if (cached !== undefined) return cached;
    const [type = '', ...steps] = id.split('.');
    const element = steps.reduce<ElementRule | undefined>(
      (parent, step) => parent?.children?.find(({ name }) => name === step),
      this.#definitions.type(type)?.root,
    );
    return element && this.objectPlan(element, { id, source, isResource: false });
  }

  #contextNames(id: string, { sameAs }: ElementRule, type: string): ReadonlySet<string> {
    const ids = [id, id.replace('[x]', ''), ...(sameAs === undefined ? [] : [sameAs])];
    return new Set([...ids, type, 'Element', ...this.#baseTypes(type)]);
  }

  #baseTypes(type: string): string[] {
    const base = this.#definitions.type(type)?.base;
    if (base === undefined) return [];
    const name = base.slice(CORE.length);
    return [name, ...this.#baseTypes(name)];
  }
}

/**
 * Rules of the element that its type does not have. None for an element with child elements:
 * the plan of its value has them.
 */
function additionalRules(
  { rules = [], children }: ElementRule,
  type: ElementRule | undefined,
): readonly string[] {
  if (children !== undefined) return [];
  return rules.filter((key) => type?.rules?.includes(key) !== true);
}

function isCacheable({ name, children }: ElementRule, { code }: TypeRule): boolean {
  return CACHEABLE.has(code) && children === undefined && name !== 'modifierExtension';
}

/** The name of an element in JSON, for one of its types. */
function memberName({ name }: ElementRule, { code }: TypeRule): string {
  return name.endsWith('[x]') ? name.slice(0, -3) + suffixOf(code) : name;
}
