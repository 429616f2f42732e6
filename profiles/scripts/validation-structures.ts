// StructureDefinitions with snapshots -> what validation runs on: R4's own as a whole, of profiles
// and extensions what they add to it.
import type {
  Binding,
  ElementRule,
  Rule,
  Slice,
  Slicing,
  Structure,
  TypeRule,
} from '../../src/validation/compile/definitions.ts';
import { RULE_REPAIRS } from './rule-repairs.ts';
import { parseExpression } from './validation-expressions.ts';
import { narrowed } from './validation-narrowing.ts';

export interface StructureDefinition {
  readonly resourceType: 'StructureDefinition';
  readonly url: string;
  readonly version?: string;
  readonly type: string;
  readonly kind: 'resource' | 'complex-type' | 'primitive-type' | 'logical';
  readonly abstract: boolean;
  readonly derivation?: 'specialization' | 'constraint';
  readonly baseDefinition?: string;
  readonly context?: readonly { type: string; expression: string }[];
  readonly snapshot: { readonly element: readonly ElementDefinition[] };
}

interface ElementDefinition {
  readonly id: string;
  readonly path: string;
  readonly min: number;
  readonly max: string;
  readonly base?: { readonly max: string };
  readonly type?: readonly {
    code: string;
    profile?: readonly string[];
    targetProfile?: readonly string[];
  }[];
  readonly contentReference?: string;
  readonly maxLength?: number;
  readonly slicing?: {
    readonly discriminator?: readonly { type: string; path: string }[];
    readonly rules: string;
  };
  readonly binding?: {
    readonly strength: string;
    readonly valueSet?: string;
    readonly extension?: readonly { url: string; valueCanonical?: string }[];
  };
  readonly constraint?: readonly {
    key: string;
    severity: 'error' | 'warning';
    human: string;
    expression?: string;
    source?: string;
  }[];
}

type Draft = { -readonly [K in keyof Slice]?: Slice[K] } & { name: string };

const CORE = 'http://hl7.org/fhir/StructureDefinition/';
const MAX_VALUE_SET = `${CORE}elementdefinition-maxValueSet`;
/** Checked for every element as such: that it has content, and of an extension that it has one kind. */
const BUILT_IN = new Set(['ele-1', 'ext-1']);

/** Structures and the invariants that they name. */
export interface CompiledStructures {
  readonly structures: Readonly<Record<string, Structure>>;
  readonly rules: Readonly<Record<string, Rule>>;
}

/** Compiles definitions: R4's own types first, then what constrains them. */
export function compileStructures(all: readonly StructureDefinition[]): CompiledStructures {
  const rules: Record<string, Rule> = {};
  const structures: Record<string, Structure> = {};
  const known = all.filter(({ kind }) => kind !== 'logical');
  const isProfile = ({ derivation, type, url }: StructureDefinition) =>
    derivation === 'constraint' && url !== CORE + type;
  for (const definition of known.filter((one) => !isProfile(one))) {
    structures[definition.url] = { ...headOf(definition), root: treeOf(definition, rules) };
  }
  const typeOf = (code: string) => structures[CORE + code]?.root;
  for (const definition of known.filter(isProfile)) {
    const whole = treeOf(definition, rules);
    const base = typeOf(definition.type);
    if (base === undefined) throw new Error(`${definition.url} constrains an unknown type.`);
    const root = narrowed(whole, { base, typeOf, said: [] }) ?? { name: whole.name };
    structures[definition.url] = { ...headOf(definition), kind: 'profile', root };
  }
  return { structures, rules };
}

function headOf({ kind, type, ...definition }: StructureDefinition): Omit<Structure, 'root'> {
  const { url, version, baseDefinition, context } = definition;
  const kinds = { resource: 'resource', 'complex-type': 'datatype', 'primitive-type': 'primitive' };
  return {
    kind: kinds[kind as keyof typeof kinds] as Structure['kind'],
    type,
    ...(baseDefinition === undefined ? {} : { base: baseDefinition }),
    ...(version === undefined || url.startsWith(CORE) ? {} : { version }),
    ...(definition.abstract && kind !== 'primitive-type' ? { abstract: true } : {}),
    ...(context === undefined
      ? {}
      : { context: context.map(({ type: how, expression }) => ({ type: how, expression })) }),
  };
}

/** The snapshot as a tree, slices beside the element that they are slices of. */
function treeOf(definition: StructureDefinition, rules: Record<string, Rule>): ElementRule {
  const [first, ...elements] = definition.snapshot.element;
  if (first === undefined) throw new Error(`${definition.url} has no snapshot.`);
  const root: Draft = { name: first.path, ...elementOf(first, { definition, rules }) };
  const byId = new Map<string, Draft>([[first.id, root]]);
  for (const element of elements) {
    const { id } = element;
    const name = element.path.split('.').at(-1) ?? '';
    const draft: Draft = { name, ...elementOf(element, { definition, rules }) };
    byId.set(id, draft);
    const last = id.slice(id.lastIndexOf('.') + 1);
    const parent = byId.get(id.slice(0, id.lastIndexOf('.')));
    const colon = last.indexOf(':');
    if (colon < 0) {
      if (parent === undefined) throw new Error(`${definition.url}: ${id} has no parent.`);
      parent.children = [...(parent.children ?? []), draft];
      continue;
    }
    const of = byId.get(id.slice(0, id.length - last.length + colon));
    if (of === undefined) throw new Error(`${definition.url}: ${id} is a slice of nothing.`);
    draft.slice = last.slice(colon + 1);
    of.slices = [...(of.slices ?? []), draft as Slice];
  }
  return root;
}

interface Source {
  readonly definition: StructureDefinition;
  readonly rules: Record<string, Rule>;
}

function elementOf(element: ElementDefinition, source: Source): Omit<ElementRule, 'name'> {
  const { min, max, maxLength, contentReference, path } = element;
  const isRoot = !path.includes('.');
  const types = (element.type ?? []).map((type) => typeRule(type, path, source.definition));
  const fixed = memberOf(element, 'fixed');
  const pattern = memberOf(element, 'pattern');
  const keys = rulesOf(element, source);
  return {
    ...(min > 0 && !isRoot ? { min } : {}),
    ...(max === '*' || isRoot ? {} : { max: Number(max) }),
    ...((element.base?.max ?? max) === '1' || isRoot ? {} : { list: true }),
    ...(types.length > 0 ? { types } : {}),
    ...(contentReference === undefined ? {} : { sameAs: contentReference.replace(/^.*#/, '') }),
    ...(fixed === undefined ? {} : { fixed }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...bindingOf(element),
    ...slicingOf(element),
    ...(keys.length > 0 ? { rules: keys } : {}),
  };
}

function typeRule(
  { code, profile, targetProfile }: NonNullable<ElementDefinition['type']>[number],
  path: string,
  { kind }: StructureDefinition,
): TypeRule {
  // R4 gives the types of ids and of Extension.url as those of FHIRPath.
  const isResourceId = kind === 'resource' && /^[A-Z]\w*\.id$/.test(path);
  const plain = path.endsWith('.url') ? 'uri' : isResourceId ? 'id' : 'string';
  return {
    code: code.startsWith('http://hl7.org/fhirpath/') ? plain : code,
    ...(profile === undefined ? {} : { profiles: profile.map(unversioned) }),
    ...(targetProfile === undefined ? {} : { targets: targetProfile.map(unversioned) }),
  };
}

function memberOf(element: ElementDefinition, prefix: 'fixed' | 'pattern'): unknown {
  const named = new RegExp(`^${prefix}[A-Z]`);
  return Object.entries(element).find(([name]) => named.test(name))?.[1];
}

function bindingOf({ binding }: ElementDefinition): { binding?: Binding } {
  if (binding?.valueSet === undefined) return {};
  const max = binding.extension?.find(({ url }) => url === MAX_VALUE_SET)?.valueCanonical;
  const { strength } = binding;
  const counts = strength === 'required' || strength === 'extensible' || max !== undefined;
  if (!counts) return {};
  return {
    binding: {
      strength: strength as Binding['strength'],
      valueSet: unversioned(binding.valueSet),
      ...(max === undefined ? {} : { max: unversioned(max) }),
    },
  };
}

function slicingOf({ slicing }: ElementDefinition): { slicing?: Slicing } {
  if (slicing === undefined) return {};
  const by = (slicing.discriminator ?? []).map(({ type, path }) => ({ type, path }));
  return { slicing: { by, ...(slicing.rules === 'closed' ? { closed: true } : {}) } };
}

/** Registers the element's invariants and gives their keys. */
function rulesOf({ constraint = [] }: ElementDefinition, { definition, rules }: Source): string[] {
  return constraint.flatMap(({ key, severity, human, expression, source = definition.url }) => {
    const fhirpath = RULE_REPAIRS[key]?.expression ?? expression;
    if (BUILT_IN.has(key) || fhirpath === undefined) return [];
    const rule: Rule = {
      key,
      severity,
      human,
      fhirpath,
      expression: parseExpression(fhirpath),
      source: source.includes('/') ? source : CORE + source,
    };
    // Some keys, such as inv-1, stand for several rules.
    for (let name = key, tries = 2; ; name = `${key}/${tries++}`) {
      const there = rules[name];
      if (there !== undefined && !isSameRule(there, rule)) continue;
      rules[name] ??= rule;
      return [name];
    }
  });
}

function isSameRule(a: Rule, b: Rule): boolean {
  return JSON.stringify(a.expression) === JSON.stringify(b.expression);
}

function unversioned(canonical: string): string {
  return canonical.split('|')[0] ?? canonical;
}
