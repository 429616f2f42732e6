// Prepares profiles and extensions for the checks: one plan for each.
import type { ChoiceVariants } from '../fhirpath/language.ts';
import type { Json } from '../json.ts';
import type { SourcedBinding } from './codes.ts';
import type { CompiledRule, DefinitionIndex } from './definition-index.ts';
import type { ElementRule, Slicing, Structure } from './definitions.ts';
import { type Matcher, matcherOf, patternTest } from './slices.ts';
import type { ReferenceTargets } from './type-plans.ts';

/** What a profile or an extension requires in addition to R4's own definition. */
export interface ProfilePlan {
  readonly url: string;
  readonly type: string;
  readonly context: Structure['context'];
  readonly root: ElementConstraints;
  /** The urls that the extensions inside a complex extension may have. */
  readonly nestedUrls: ReadonlyMap<string, number> | undefined;
}

/** What a profile requires of one element. */
export interface ElementConstraints {
  /** Element id with its slices, such as `component:muscle`. */
  readonly label: string;
  /** Member of the parent, without `[x]`. */
  readonly key: string;
  /** Name of the member with the id and extensions of a primitive: `_key`. */
  readonly sibling: string;
  /** The members that a choice may have in JSON; undefined for an element without a choice. */
  readonly variants: ChoiceVariants | undefined;
  readonly min: number;
  readonly max: number | undefined;
  readonly fixed: Json | undefined;
  readonly pattern: Json | undefined;
  /** Whether a value contains the pattern. */
  readonly hasPattern: ((value: Json | undefined) => boolean) | undefined;
  /** Its step in a FHIRPath. */
  readonly step: string;
  readonly binding: SourcedBinding | undefined;
  /** The types that a choice is constrained to; undefined when it is not. */
  readonly types: ReadonlySet<string> | undefined;
  /** What a reference is constrained to; undefined when it is not. */
  readonly targets: ReferenceTargets | undefined;
  readonly maxLength: number | undefined;
  readonly rules: readonly CompiledRule[];
  readonly children: readonly ElementConstraints[];
  readonly slices: readonly SlicePlan[];
  readonly isClosed: boolean;
  /** True when only the cardinality is constrained. */
  readonly isCardinalityOnly: boolean;
  /** True when only a fixed string and the cardinality are required. */
  readonly isFixedString: boolean;
  /** The index of the slice by extension url; undefined for slices with other discriminators. */
  readonly sliceByUrl: ReadonlyMap<string, number> | undefined;
}

/** A slice and the test whether an entry belongs to it. */
export interface SlicePlan extends ElementConstraints {
  readonly isMatch: Matcher;
}

/** The plans of profiles and extensions, compiled at first use. */
export interface ProfilePlans {
  /** Undefined for a canonical that is not loaded, and for R4's own types. */
  of(canonical: string): ProfilePlan | undefined;
}

/** Plans of the profiles in an index. */
export function createProfilePlans(definitions: DefinitionIndex): ProfilePlans {
  const plans = new Map<string, ProfilePlan>();
  const of = (canonical: string): ProfilePlan | undefined => {
    const structure = definitions.structure(canonical);
    if (structure?.kind !== 'profile') return undefined;
    // Stored by url alone: versions come from the data, so that their number is unlimited.
    const [url = canonical] = canonical.includes('|') ? canonical.split('|') : [canonical];
    const plan = plans.get(url) ?? compileProfile(url, structure, definitions);
    plans.set(url, plan);
    return plan;
  };
  return { of };
}

function compileProfile(
  url: string,
  { type, context, root: element }: Structure,
  definitions: DefinitionIndex,
): ProfilePlan {
  const root = compileElement(element, element.name, { source: url, definitions });
  const nestedUrls = root.children.find(({ key }) => key === 'extension')?.sliceByUrl;
  return { url, type, context, root, nestedUrls };
}

interface ProfileSource {
  /** Canonical of the profile. */
  readonly source: string;
  readonly definitions: DefinitionIndex;
}

function compileElement(
  element: ElementRule,
  label: string,
  profile: ProfileSource,
): ElementConstraints {
  const { source, definitions } = profile;
  const { name, types, slicing, children = [] } = element;
  const key = name.replace('[x]', '');
  const slices = compileSlices(element, label, profile);
  const references = types?.filter(({ code }) => code === 'Reference');
  const variants = name.endsWith('[x]') ? definitions.choiceVariants(key) : undefined;
  const { fixed, pattern, binding, maxLength, rules = [] } = element;
  const constraints = [binding, maxLength, slicing, variants && types];
  const hasNoOtherConstraints =
    constraints.every((constraint) => constraint === undefined) &&
    [references ?? [], rules, children].every((list) => list.length === 0);
  return {
    label,
    key,
    sibling: `_${key}`,
    variants,
    min: element.min ?? 0,
    max: element.max,
    fixed: fixed as Json | undefined,
    pattern: pattern as Json | undefined,
    hasPattern: pattern === undefined ? undefined : patternTest(pattern as Json),
    step: `.${key}`,
    binding: binding && { ...binding, source },
    types: types && new Set(types.map(({ code }) => code)),
    targets: references?.length
      ? { targets: references.flatMap(({ targets = [] }) => targets), source }
      : undefined,
    maxLength,
    rules: definitions.rules(rules),
    children: children.map((child) => compileElement(child, `${label}.${child.name}`, profile)),
    slices,
    isClosed: slicing?.closed === true,
    isCardinalityOnly: hasNoOtherConstraints && fixed === undefined && pattern === undefined,
    isFixedString: hasNoOtherConstraints && typeof (fixed ?? pattern) === 'string',
    sliceByUrl: sliceIndexByUrl(element),
  };
}

function compileSlices(element: ElementRule, label: string, profile: ProfileSource): SlicePlan[] {
  const { slices = [], slicing } = element;
  const by = slicing?.by ?? [];
  return slices.map((slice) => {
    const plan = compileElement(slice, `${label}:${slice.slice}`, profile);
    const children = plan.children.filter((child) => !isDiscriminator(child, by));
    return { ...plan, children, isMatch: matcherOf(slice, by, profile.definitions.codes) };
  });
}

/** True for a fixed string that the match of the slice has already compared. */
function isDiscriminator({ key, isFixedString }: ElementConstraints, by: Slicing['by']): boolean {
  return isFixedString && by.some(({ type, path }) => path === key && type !== 'exists');
}

function sliceIndexByUrl({
  slices = [],
  slicing,
}: ElementRule): ReadonlyMap<string, number> | undefined {
  if (!isSlicedByUrl(slicing)) return undefined;
  const urls = slices.map(({ types, children }) => {
    const fixed = children?.find(({ name }) => name === 'url')?.fixed;
    return types?.[0]?.profiles?.[0] ?? (typeof fixed === 'string' ? fixed : undefined);
  });
  const known = urls.filter((url) => url !== undefined);
  return known.length === urls.length
    ? new Map(known.map((url, index) => [url, index]))
    : undefined;
}

function isSlicedByUrl(slicing: Slicing | undefined): boolean {
  const [first, ...rest] = slicing?.by ?? [];
  return rest.length === 0 && first?.type === 'value' && first.path === 'url';
}
