// Compiles StructureDefinitions with snapshots for validation: R4's own completely, profiles and
// extensions as what they add to R4's.
import { defined } from '../../src/defined.ts';
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
import { differentialOf } from './validation-differential.ts';
import { parseExpression } from './validation-expressions.ts';

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
/** Invariants that the validator checks itself: no element is empty, and no extension has both contents. */
const BUILT_IN = new Set(['ele-1', 'ext-1']);

/** Structures, and the invariants that they refer to. */
export interface CompiledStructures {
  readonly structures: Readonly<Record<string, Structure>>;
  readonly rules: Readonly<Record<string, Rule>>;
}

/** Compiles R4's own types first, then the profiles and extensions that constrain them. */
export function compileStructures(definitions: readonly StructureDefinition[]): CompiledStructures {
  const rules: Record<string, Rule> = {};
  const structures: Record<string, Structure> = {};
  const used = definitions.filter(({ kind }) => kind !== 'logical');
  const isProfile = ({ derivation, type, url }: StructureDefinition) =>
    derivation === 'constraint' && url !== CORE + type;
  for (const definition of used) {
    if (isProfile(definition)) continue;
    structures[definition.url] = { ...headerOf(definition), root: treeOf(definition, rules) };
  }
  const typeOf = (code: string) => structures[CORE + code]?.root;
  for (const definition of used.filter(isProfile)) {
    const tree = treeOf(definition, rules);
    const base = typeOf(definition.type);
    if (base === undefined) throw new Error(`${definition.url} constrains an unknown type.`);
    const root = differentialOf(tree, { base, typeOf, checkedRules: [] }) ?? { name: tree.name };
    structures[definition.url] = { ...headerOf(definition), kind: 'profile', root };
  }
  return { structures, rules };
}

function headerOf({ kind, type, ...definition }: StructureDefinition): Omit<Structure, 'root'> {
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
      : { context: context.map((entry) => ({ type: entry.type, expression: entry.expression })) }),
  };
}

/** The snapshot as a tree. Slices are listed in the element that they belong to. */
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
    const sliced = byId.get(id.slice(0, id.length - last.length + colon));
    if (sliced === undefined) throw new Error(`${definition.url}: ${id} has no sliced element.`);
    draft.slice = last.slice(colon + 1);
    sliced.slices = [...(sliced.slices ?? []), draft as Slice];
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
    ...defined({ fixed, pattern, maxLength }),
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
  // In R4's own definitions ids and Extension.url have FHIRPath types.
  const isResourceId = kind === 'resource' && /^[A-Z]\w*\.id$/.test(path);
  const fhirType = path.endsWith('.url') ? 'uri' : isResourceId ? 'id' : 'string';
  return {
    code: code.startsWith('http://hl7.org/fhirpath/') ? fhirType : code,
    ...(profile === undefined ? {} : { profiles: profile.map(unversioned) }),
    ...(targetProfile === undefined ? {} : { targets: targetProfile.map(unversioned) }),
  };
}

function memberOf(element: ElementDefinition, prefix: 'fixed' | 'pattern'): unknown {
  const pattern = new RegExp(`^${prefix}[A-Z]`);
  return Object.entries(element).find(([name]) => pattern.test(name))?.[1];
}

function bindingOf({ binding }: ElementDefinition): { binding?: Binding } {
  if (binding?.valueSet === undefined) return {};
  const max = binding.extension?.find(({ url }) => url === MAX_VALUE_SET)?.valueCanonical;
  const { strength } = binding;
  const isChecked = strength === 'required' || strength === 'extensible' || max !== undefined;
  if (!isChecked) return {};
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

/** Adds the invariants of an element to `rules`; returns their keys. */
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
    // R4 uses some keys, such as inv-1, for several rules: the next ones are numbered.
    for (let name = key, number = 2; ; name = `${key}/${number++}`) {
      const existing = rules[name];
      if (existing !== undefined && !isSameRule(existing, rule)) continue;
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
