// A FHIR server that changes everything it may change in the resources it stores: ids, order, types of
// values, texts, foreign extensions. Reading from it must give the same record. Deterministic by seed.
import type { Bundle, Extension, Resource } from '@medplum/fhirtypes';
import type { ReceivedResource } from '../../src/mapping/resource-index.ts';

/** Changes that lose data, in addition to the usual ones. */
export interface ServerChanges {
  readonly seed?: number;
  /** Drops all extensions. */
  readonly stripExtensions?: boolean;
  /** Drops documents and narratives. */
  readonly onlyStructure?: boolean;
}

/** Arrays whose order has a meaning. */
const ORDERED = new Set(['given', 'line']);

/** The resources of a transaction as the server returns them. */
export function hostileServer(bundle: Bundle, changes: ServerChanges = {}): ReceivedResource[] {
  const random = mulberry(changes.seed ?? 1);
  const base = 'https://other.example/fhir';
  const entries = (bundle.entry ?? []).filter(({ resource }) => isKept(resource, changes));
  const urls = new Map<string, string>();
  entries.forEach(({ fullUrl, resource }, index) => {
    urls.set(fullUrl ?? '', `${base}/${resource?.resourceType}/srv-${index * 7 + 3}`);
  });
  const stored = entries.map(({ fullUrl, resource }) => {
    const url = urls.get(fullUrl ?? '') ?? '';
    const changed = change(resource, { urls, random, changes }) as Resource;
    const meta = { versionId: '7', lastUpdated: '2030-01-01T00:00:00Z', ...tagsOf(changed) };
    return {
      fullUrl: url,
      resource: { ...changed, id: url.split('/').at(-1) ?? '', meta } as Resource,
    };
  });
  return shuffle(stored, random);
}

function isKept(resource: Resource | undefined, { onlyStructure }: ServerChanges): boolean {
  const type = resource?.resourceType;
  return !(onlyStructure === true && (type === 'DocumentReference' || type === 'Binary'));
}

/** Some types are found by their tag; the server replaces the rest of meta. */
function tagsOf({ meta }: Resource) {
  return meta?.tag === undefined ? {} : { tag: meta.tag };
}

interface ChangeContext {
  readonly urls: ReadonlyMap<string, string>;
  readonly random: () => number;
  readonly changes: ServerChanges;
}

function change(value: unknown, context: ChangeContext, name = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => change(item, context, name));
    const all = name === 'coding' ? [...items, foreignCoding()] : items;
    return ORDERED.has(name) ? all : shuffle(all, context.random);
  }
  if (typeof value === 'string') return changeText(value, context, name);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !isDropped(key, context.changes))
    .map(([key, inner]): [string, unknown] => [key, change(inner, context, key)]);
  return changeObject(Object.fromEntries(entries), context);
}

function isDropped(key: string, { stripExtensions, onlyStructure }: ServerChanges): boolean {
  if (key === 'display') return true;
  if (key === 'text' && onlyStructure === true) return false;
  return key === 'extension' && stripExtensions === true;
}

function changeText(value: string, { urls, random }: ChangeContext, name: string): string {
  if (name === 'reference') {
    const url = urls.get(value) ?? value;
    const version = random() < 0.5 ? '/_history/7' : '';
    return random() < 0.5 ? `${url}${version}` : url.split('/').slice(-2).join('/');
  }
  const isInstant =
    /^\d{4}-\d\d-\d\dT[\d:.]+([+-]\d\d:\d\d|Z)$/.test(value) && name !== 'valueString';
  return isInstant ? new Date(value).toISOString() : value;
}

/** Other types for the same value, foreign extensions, other texts. */
function changeObject(
  original: Record<string, unknown>,
  { random, changes }: ChangeContext,
): unknown {
  const object = { ...original };
  if ('div' in object) object.div = '<div xmlns="http://www.w3.org/1999/xhtml">Rewritten.</div>';
  if ('url' in object && 'valueCoding' in object && random() < 0.5) {
    object.valueCodeableConcept = { coding: [object.valueCoding], text: 'Other words' };
    object.valueCoding = undefined;
  }
  if ('url' in object && 'valueInteger' in object && random() < 0.5) {
    object.valueDecimal = object.valueInteger;
    object.valueInteger = undefined;
  }
  if ('linkId' in object) object.text = 'Other label';
  const isElement = 'linkId' in object || 'resourceType' in object;
  if (isElement && changes.stripExtensions !== true) {
    object.extension = [
      ...((object.extension as Extension[] | undefined) ?? []),
      foreignExtension(),
    ];
  }
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function foreignCoding() {
  return { system: 'http://other.example/codes', code: 'X1', display: 'A foreign code' };
}

function foreignExtension(): Extension {
  return { url: 'http://other.example/extension', valueString: 'foreign' };
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let index = copy.length - 1; index > 0; index--) {
    const target = Math.floor(random() * (index + 1));
    [copy[index], copy[target]] = [copy[target] as T, copy[index] as T];
  }
  return copy;
}

/** A small seeded generator (mulberry32), so that a failure can be repeated. */
function mulberry(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
