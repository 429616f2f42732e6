// Expands the value sets that validation uses to plain lists of codes. Systems that are not loaded are
// listed, so that their codes are reported as not checked instead of accepted.
import type { ValueSetContent } from '../../src/validation/compile/definitions.ts';

export interface CodeSystem {
  readonly resourceType: 'CodeSystem';
  readonly url: string;
  readonly content: string;
  readonly concept?: readonly Concept[];
}

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
  readonly property?: readonly { code: string; valueCode?: string }[];
}

export interface ValueSet {
  readonly resourceType: 'ValueSet';
  readonly url: string;
  readonly compose?: {
    readonly include: readonly Include[];
    readonly exclude?: readonly Include[];
  };
}

/** An include or exclude of a value set. */
interface Include {
  readonly system?: string;
  readonly concept?: readonly { code: string }[];
  readonly filter?: readonly { property: string; op: string; value: string }[];
  readonly valueSet?: readonly string[];
}

/** The loaded CodeSystems and ValueSets by canonical. */
export interface Terminology {
  readonly codeSystems: ReadonlyMap<string, CodeSystem>;
  readonly valueSets: ReadonlyMap<string, ValueSet>;
}

/** An expansion in progress. */
interface Expansion {
  /** Codes by system; `true` for all codes of a system that is loaded completely. */
  readonly codes: Map<string, Set<string> | true>;
  readonly notLoaded: Set<string>;
}

/** Expands value sets, and lists the codes of the systems that are loaded completely. */
export function compileCodes(canonicals: Iterable<string>, terminology: Terminology) {
  const valueSets: Record<string, ValueSetContent> = {};
  for (const url of [...new Set(canonicals)].sort()) {
    valueSets[url] = contentOf(expand(url, terminology, []));
  }
  const codeSystems: Record<string, string[]> = {};
  for (const [url, system] of [...terminology.codeSystems].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (isComplete(system)) codeSystems[url] = conceptsOf(system).map(({ code }) => code);
  }
  return { valueSets, codeSystems };
}

function contentOf({ codes, notLoaded }: Expansion): ValueSetContent {
  const lists = [...codes].map(([system, list]) => [system, list === true ? true : [...list]]);
  return {
    codes: Object.fromEntries(lists) as ValueSetContent['codes'],
    ...(notLoaded.size > 0 ? { notLoaded: [...notLoaded] } : {}),
  };
}

function isComplete({ content, concept = [] }: CodeSystem): boolean {
  return content === 'complete' && concept.length > 0;
}

interface ConceptWithAncestors extends Concept {
  readonly ancestors: readonly string[];
}

/** All concepts of a system, each with the codes of its ancestors. */
function conceptsOf(system: CodeSystem): ConceptWithAncestors[] {
  const flatten = (
    concepts: readonly Concept[],
    ancestors: readonly string[],
  ): ConceptWithAncestors[] =>
    concepts.flatMap((concept) => [
      { ...concept, ancestors },
      ...flatten(concept.concept ?? [], [...ancestors, concept.code]),
    ]);
  const all = flatten(system.concept ?? [], []);
  const byCode = new Map(all.map((concept) => [concept.code, concept]));
  // HL7 v3 systems list the parents of a concept as properties.
  const ancestorsOf = (code: string, visited: readonly string[]): readonly string[] => {
    const concept = byCode.get(code);
    if (concept === undefined || visited.includes(code)) return [];
    const parents = (concept.property ?? []).flatMap(({ code: property, valueCode }) =>
      property === 'subsumedBy' && valueCode !== undefined ? [valueCode] : [],
    );
    const nearest = [...concept.ancestors, ...parents];
    return [...nearest, ...nearest.flatMap((parent) => ancestorsOf(parent, [...visited, code]))];
  };
  return all.map((concept) => ({
    ...concept,
    ancestors: [...new Set(ancestorsOf(concept.code, []))],
  }));
}

/** Expands a value set. `visited` are the value sets that include it, to stop at a cycle. */
function expand(url: string, terminology: Terminology, visited: readonly string[]): Expansion {
  const valueSet = terminology.valueSets.get(url);
  const expansion: Expansion = { codes: new Map(), notLoaded: new Set() };
  if (valueSet?.compose === undefined || visited.includes(url)) {
    expansion.notLoaded.add('*');
    return expansion;
  }
  const { include, exclude = [] } = valueSet.compose;
  for (const part of include) addTo(expansion, expandPart(part, terminology, [...visited, url]));
  for (const part of exclude) {
    removeFrom(expansion, expandPart(part, terminology, [...visited, url]), terminology);
  }
  return expansion;
}

function expandPart(
  part: Include,
  terminology: Terminology,
  visited: readonly string[],
): Expansion {
  const ofSystem = part.system === undefined ? [] : [expandSystem(part, terminology)];
  const ofValueSets = (part.valueSet ?? []).map((url) =>
    expand(url.split('|')[0] ?? url, terminology, visited),
  );
  const [expansion, ...intersected] = [...ofSystem, ...ofValueSets];
  if (expansion === undefined) throw new Error('An include has neither a system nor a value set.');
  if (intersected.length > 0) throw new Error('Intersections of value sets are not supported.');
  return expansion;
}

function expandSystem(part: Include, { codeSystems }: Terminology): Expansion {
  const { system: url = '', concept, filter } = part;
  const system = codeSystems.get(url);
  const expansionWith = (codes: Set<string> | true): Expansion => ({
    codes: new Map([[url, codes]]),
    notLoaded: new Set(),
  });
  if (concept !== undefined) return expansionWith(new Set(concept.map(({ code }) => code)));
  if (system === undefined || !isComplete(system)) {
    return { codes: new Map(), notLoaded: new Set([url]) };
  }
  if (filter === undefined) return expansionWith(true);
  const matching = conceptsOf(system).filter((candidate) =>
    filter.every((condition) => matchesFilter(candidate, condition)),
  );
  return expansionWith(new Set(matching.map(({ code }) => code)));
}

function matchesFilter(
  concept: ConceptWithAncestors,
  { property, op, value }: NonNullable<Include['filter']>[number],
): boolean {
  const isBelow = concept.ancestors.includes(value);
  if (property === 'concept' && op === 'is-a') return isBelow || concept.code === value;
  if (property === 'concept' && op === 'descendent-of') return isBelow;
  if (property === 'concept' && op === 'is-not-a') return !isBelow && concept.code !== value;
  if (op === '=') {
    return (concept.property ?? []).some(
      ({ code, valueCode }) => code === property && valueCode === value,
    );
  }
  throw new Error(`The filter "${property} ${op}" is not supported.`);
}

function addTo(expansion: Expansion, { codes, notLoaded }: Expansion): void {
  for (const [system, added] of codes) {
    const current = expansion.codes.get(system);
    if (current === true || added === true) expansion.codes.set(system, true);
    else expansion.codes.set(system, new Set([...(current ?? []), ...added]));
  }
  for (const system of notLoaded) expansion.notLoaded.add(system);
}

function removeFrom(
  expansion: Expansion,
  { codes }: Expansion,
  { codeSystems }: Terminology,
): void {
  for (const [url, removed] of codes) {
    const current = expansion.codes.get(url);
    const system = codeSystems.get(url);
    const all =
      current === true && system ? conceptsOf(system).map(({ code }) => code) : (current ?? []);
    if (removed === true || all === true) expansion.codes.delete(url);
    else expansion.codes.set(url, new Set([...all].filter((code) => !removed.has(code))));
  }
}
