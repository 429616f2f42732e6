// ValueSets and CodeSystems -> plain lists of codes, for the value sets that validation asks about.
// What cannot be expanded from what is here is named, so that it is never taken for a pass.
import type { ValueSetContent } from '../../src/validation/compile/definitions.ts';

export interface CodeSystem {
  readonly resourceType: 'CodeSystem';
  readonly url: string;
  readonly content: string;
  readonly hierarchyMeaning?: string;
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
  readonly compose?: { readonly include: readonly Part[]; readonly exclude?: readonly Part[] };
}

interface Part {
  readonly system?: string;
  readonly concept?: readonly { code: string }[];
  readonly filter?: readonly { property: string; op: string; value: string }[];
  readonly valueSet?: readonly string[];
}

/** What codes are compiled from. */
export interface Terminology {
  readonly codeSystems: ReadonlyMap<string, CodeSystem>;
  readonly valueSets: ReadonlyMap<string, ValueSet>;
}

/** Codes by system as they are collected; `true` is the whole of a held system. */
interface Codes {
  readonly codes: Map<string, Set<string> | true>;
  readonly notLoaded: Set<string>;
}

/** Expands the value sets named by `wanted`, and lists the systems that are held whole. */
export function compileCodes(wanted: Iterable<string>, terminology: Terminology) {
  const valueSets: Record<string, ValueSetContent> = {};
  for (const url of [...new Set(wanted)].sort()) {
    valueSets[url] = contentOf(expand(url, terminology, []));
  }
  const codeSystems: Record<string, string[]> = {};
  for (const [url, system] of [...terminology.codeSystems].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (isHeld(system)) codeSystems[url] = conceptsOf(system).map(({ code }) => code);
  }
  return { valueSets, codeSystems };
}

function contentOf({ codes, notLoaded }: Codes): ValueSetContent {
  const lists = [...codes].map(([system, list]) => [system, list === true ? true : [...list]]);
  return {
    codes: Object.fromEntries(lists) as ValueSetContent['codes'],
    ...(notLoaded.size > 0 ? { notLoaded: [...notLoaded] } : {}),
  };
}

function isHeld({ content, concept = [] }: CodeSystem): boolean {
  return content === 'complete' && concept.length > 0;
}

/** All concepts of a system, with the codes above each. */
function conceptsOf(system: CodeSystem): (Concept & { above: readonly string[] })[] {
  const walk = (
    concepts: readonly Concept[],
    above: readonly string[],
  ): (Concept & { above: readonly string[] })[] =>
    concepts.flatMap((concept) => [
      { ...concept, above },
      ...walk(concept.concept ?? [], [...above, concept.code]),
    ]);
  const all = walk(system.concept ?? [], []);
  const byCode = new Map(all.map((concept) => [concept.code, concept]));
  // v3 systems say a concept's parents as properties.
  const parentsOf = (code: string, seen: readonly string[]): readonly string[] => {
    const concept = byCode.get(code);
    if (concept === undefined || seen.includes(code)) return [];
    const named = (concept.property ?? []).flatMap(({ code: property, valueCode }) =>
      property === 'subsumedBy' && valueCode !== undefined ? [valueCode] : [],
    );
    const near = [...concept.above, ...named];
    return [...near, ...near.flatMap((one) => parentsOf(one, [...seen, code]))];
  };
  return all.map((concept) => ({ ...concept, above: [...new Set(parentsOf(concept.code, []))] }));
}

function expand(url: string, terminology: Terminology, within: readonly string[]): Codes {
  const valueSet = terminology.valueSets.get(url);
  const found: Codes = { codes: new Map(), notLoaded: new Set() };
  if (valueSet?.compose === undefined || within.includes(url)) {
    found.notLoaded.add('*');
    return found;
  }
  const { include, exclude = [] } = valueSet.compose;
  for (const part of include) add(found, expandPart(part, terminology, [...within, url]));
  for (const part of exclude) {
    remove(found, expandPart(part, terminology, [...within, url]), terminology);
  }
  return found;
}

function expandPart(part: Part, terminology: Terminology, within: readonly string[]): Codes {
  const own = part.system === undefined ? undefined : expandSystem(part, terminology);
  const others = (part.valueSet ?? []).map((url) =>
    expand(url.split('|')[0] ?? url, terminology, within),
  );
  const [first, ...more] = [...(own === undefined ? [] : [own]), ...others];
  if (first === undefined) throw new Error('A part of a value set includes nothing.');
  if (more.length > 0) throw new Error('Value sets that intersect are not compiled yet.');
  return first;
}

function expandSystem(part: Part, { codeSystems }: Terminology): Codes {
  const { system: url = '', concept, filter } = part;
  const system = codeSystems.get(url);
  const only = (list: Set<string> | true): Codes => ({
    codes: new Map([[url, list]]),
    notLoaded: new Set(),
  });
  if (concept !== undefined) return only(new Set(concept.map(({ code }) => code)));
  if (system === undefined || !isHeld(system)) {
    return { codes: new Map(), notLoaded: new Set([url]) };
  }
  if (filter === undefined) return only(true);
  const kept = conceptsOf(system).filter((one) => filter.every((test) => passes(one, test)));
  return only(new Set(kept.map(({ code }) => code)));
}

function passes(
  concept: Concept & { above: readonly string[] },
  { property, op, value }: NonNullable<Part['filter']>[number],
): boolean {
  const isBelow = concept.above.includes(value);
  if (property === 'concept' && op === 'is-a') return isBelow || concept.code === value;
  if (property === 'concept' && op === 'descendent-of') return isBelow;
  if (property === 'concept' && op === 'is-not-a') return !isBelow && concept.code !== value;
  if (op === '=') {
    return (concept.property ?? []).some((one) => one.code === property && one.valueCode === value);
  }
  throw new Error(`The filter "${property} ${op}" is not compiled yet.`);
}

function add(to: Codes, { codes, notLoaded }: Codes): void {
  for (const [system, list] of codes) {
    const there = to.codes.get(system);
    if (there === true || list === true) to.codes.set(system, true);
    else to.codes.set(system, new Set([...(there ?? []), ...list]));
  }
  for (const system of notLoaded) to.notLoaded.add(system);
}

function remove(from: Codes, { codes }: Codes, { codeSystems }: Terminology): void {
  for (const [system, list] of codes) {
    const there = from.codes.get(system);
    const held = codeSystems.get(system);
    const all = there === true && held ? conceptsOf(held).map(({ code }) => code) : (there ?? []);
    if (list === true || all === true) from.codes.delete(system);
    else from.codes.set(system, new Set([...all].filter((code) => !list.has(code))));
  }
}
