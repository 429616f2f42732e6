import type { Bound } from './codes.ts';
import type { ElementRule, Slicing, Structure } from './definitions.ts';
import type { Choices } from './fhirpath/language.ts';
import type { Json } from './json.ts';
import type { CompiledRule, Library } from './library.ts';
import { type Matcher, matcherOf, patternTest } from './slices.ts';

/** What a profile or an extension asks beside R4's own definition. */
export interface ProfilePlan {
  readonly url: string;
  readonly type: string;
  readonly context: Structure['context'];
  readonly root: NarrowPlan;
  /** Of a complex extension: the urls of its parts. */
  readonly parts: ReadonlyMap<string, number> | undefined;
}

/** What it asks of one element. */
export interface NarrowPlan {
  /** Element id with its slices, such as `component:muscle`. */
  readonly label: string;
  /** Member of the parent, without `[x]`. */
  readonly key: string;
  /** Name of the member beside it that holds id and extensions of a primitive. */
  readonly sibling: string;
  /** The members that a choice may stand as; undefined for what is no choice. */
  readonly choices: Choices | undefined;
  readonly min: number;
  readonly max: number | undefined;
  readonly fixed: Json | undefined;
  /** Whether a value has the pattern that is asked of it. */
  readonly hasPattern: ((value: Json | undefined) => boolean) | undefined;
  /** How FHIRPath goes to it. */
  readonly step: string;
  readonly bound: Bound | undefined;
  /** Codes of the types left, where they are narrowed. */
  readonly types: ReadonlySet<string> | undefined;
  /** Types of resources a reference may lead to, where they are narrowed. */
  readonly targets: readonly string[] | undefined;
  readonly maxLength: number | undefined;
  readonly rules: readonly CompiledRule[];
  readonly children: readonly NarrowPlan[];
  readonly slices: readonly SlicePlan[];
  readonly isClosed: boolean;
  /** True where it is asked how often it stands and nothing else. */
  readonly isCounted: boolean;
  /** True where one text is asked for and nothing else. */
  readonly isText: boolean;
  /** Finds the slice of an extension at once; undefined where slices are told apart otherwise. */
  readonly sliceByUrl: ReadonlyMap<string, number> | undefined;
}

/** A slice, and how an entry is known to be of it. */
export interface SlicePlan extends NarrowPlan {
  readonly isMatch: Matcher;
}

/** The plans of profiles and extensions, made when first asked for. */
export interface ProfilePlans {
  /** Undefined for a canonical that is not held, or that is R4's own type. */
  of(canonical: string): ProfilePlan | undefined;
}

/** Plans over a library. */
export function createProfilePlans(library: Library): ProfilePlans {
  const plans = new Map<string, ProfilePlan>();
  const of = (canonical: string): ProfilePlan | undefined => {
    const structure = library.structure(canonical);
    if (structure?.kind !== 'profile') return undefined;
    // Not by canonical: data may name any version of it.
    const [url = canonical] = canonical.includes('|') ? canonical.split('|') : [canonical];
    const known = plans.get(url);
    if (known !== undefined) return known;
    const root = narrowPlan(structure.root, structure.root.name, { source: url, library });
    const made: ProfilePlan = {
      url,
      type: structure.type,
      context: structure.context,
      root,
      parts: root.children.find(({ key }) => key === 'extension')?.sliceByUrl,
    };
    plans.set(url, made);
    return made;
  };
  return { of };
}

interface Making {
  /** Canonical of the profile. */
  readonly source: string;
  readonly library: Library;
}

function narrowPlan(element: ElementRule, label: string, making: Making): NarrowPlan {
  const { source, library } = making;
  const { name, types, slicing, children = [] } = element;
  const slices = slicePlans(element, label, making);
  const references = types?.filter(({ code }) => code === 'Reference');
  const choices = name.endsWith('[x]') ? library.choice(name.slice(0, -3)) : undefined;
  const { fixed, pattern, binding, maxLength, rules = [] } = element;
  const asked = [binding, maxLength, slicing, choices && types];
  const isBare =
    asked.every((one) => one === undefined) &&
    [references ?? [], rules, children].every((list) => list.length === 0);
  return {
    label,
    key: name.replace('[x]', ''),
    sibling: `_${name.replace('[x]', '')}`,
    choices,
    min: element.min ?? 0,
    max: element.max,
    fixed: fixed as Json | undefined,
    hasPattern: pattern === undefined ? undefined : patternTest(pattern as Json),
    step: `.${name.replace('[x]', '')}`,
    bound: binding && { binding, source },
    types: types && new Set(types.map(({ code }) => code)),
    targets: references?.length ? references.flatMap(({ targets = [] }) => targets) : undefined,
    maxLength,
    rules: library.rules(rules),
    children: children.map((child) => narrowPlan(child, `${label}.${child.name}`, making)),
    slices,
    isClosed: slicing?.closed === true,
    isCounted: isBare && fixed === undefined && pattern === undefined,
    isText: isBare && typeof (fixed ?? pattern) === 'string',
    sliceByUrl: byUrl(element),
  };
}

function slicePlans(element: ElementRule, label: string, making: Making): SlicePlan[] {
  const { slices = [], slicing } = element;
  const by = slicing?.by ?? [];
  return slices.map((slice) => {
    const plan = narrowPlan(slice, `${label}:${slice.slice}`, making);
    const children = plan.children.filter((child) => !isShown(child, by));
    return { ...plan, children, isMatch: matcherOf(slice, by, making.library.codes) };
  });
}

/** True for a text that an entry must hold to be of the slice at all. */
function isShown({ key, isText }: NarrowPlan, by: Slicing['by']): boolean {
  return isText && by.some(({ type, path }) => path === key && type !== 'exists');
}

function byUrl({ slices = [], slicing }: ElementRule): ReadonlyMap<string, number> | undefined {
  if (!isByUrl(slicing)) return undefined;
  const urls = slices.map(({ types, children }) => {
    const fixed = children?.find(({ name }) => name === 'url')?.fixed;
    return types?.[0]?.profiles?.[0] ?? (typeof fixed === 'string' ? fixed : undefined);
  });
  const known = urls.filter((url) => url !== undefined);
  return known.length === urls.length
    ? new Map(known.map((url, index) => [url, index]))
    : undefined;
}

function isByUrl(slicing: Slicing | undefined): boolean {
  const [first, ...others] = slicing?.by ?? [];
  return others.length === 0 && first?.type === 'value' && first.path === 'url';
}
