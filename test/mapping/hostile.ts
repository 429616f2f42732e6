// A FHIR server at its worst that still holds what it was given: what comes back from it must be
// the same record. Deterministic: the same bundle and seed give the same answer.
import type { Bundle, Extension, Resource } from '@medplum/fhirtypes';
import type { ReceivedResource } from '../../src/mapping/resource-index.ts';

/** What the server does beside its usual mischief. */
export interface Mischief {
  readonly seed?: number;
  /** Drops every extension: what rests on them is lost, and said so. */
  readonly stripExtensions?: boolean;
  /** Drops documents and narratives. */
  readonly onlyStructure?: boolean;
}

/** Arrays whose order is part of what they say. */
const ORDERED = new Set(['given', 'line']);

/** The resources of a transaction as a hostile server gives them back. */
export function hostile(bundle: Bundle, mischief: Mischief = {}): ReceivedResource[] {
  const random = mulberry(mischief.seed ?? 1);
  const base = 'https://other.example/fhir';
  const entries = (bundle.entry ?? []).filter(({ resource }) => isKept(resource, mischief));
  const address = new Map<string, string>();
  entries.forEach(({ fullUrl, resource }, index) => {
    address.set(fullUrl ?? '', `${base}/${resource?.resourceType}/srv-${index * 7 + 3}`);
  });
  const found = entries.map(({ fullUrl, resource }) => {
    const url = address.get(fullUrl ?? '') ?? '';
    const changed = twist(resource, { address, random, mischief }) as Resource;
    const meta = { versionId: '7', lastUpdated: '2030-01-01T00:00:00Z', ...tagsOf(changed) };
    return {
      fullUrl: url,
      resource: { ...changed, id: url.split('/').at(-1) ?? '', meta } as Resource,
    };
  });
  return shuffle(found, random);
}

function isKept(resource: Resource | undefined, { onlyStructure }: Mischief): boolean {
  const type = resource?.resourceType;
  return !(onlyStructure === true && (type === 'DocumentReference' || type === 'Binary'));
}

/** Tags are how we find some types; everything else in meta is the server's. */
function tagsOf({ meta }: Resource) {
  return meta?.tag === undefined ? {} : { tag: meta.tag };
}

interface Twist {
  readonly address: ReadonlyMap<string, string>;
  readonly random: () => number;
  readonly mischief: Mischief;
}

function twist(value: unknown, how: Twist, name = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((one) => twist(one, how, name));
    const more = name === 'coding' ? [...items, foreignCoding()] : items;
    return ORDERED.has(name) ? more : shuffle(more, how.random);
  }
  if (typeof value === 'string') return twistText(value, how, name);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !isDropped(key, how.mischief))
    .map(([key, inner]): [string, unknown] => [key, twist(inner, how, key)]);
  return twistObject(Object.fromEntries(entries), how);
}

function isDropped(key: string, { stripExtensions, onlyStructure }: Mischief): boolean {
  if (key === 'display') return true;
  if (key === 'text' && onlyStructure === true) return false;
  return key === 'extension' && stripExtensions === true;
}

function twistText(value: string, { address, random }: Twist, name: string): string {
  if (name === 'reference') {
    const url = address.get(value) ?? value;
    const version = random() < 0.5 ? '/_history/7' : '';
    return random() < 0.5 ? `${url}${version}` : url.split('/').slice(-2).join('/');
  }
  const isMoment =
    /^\d{4}-\d\d-\d\dT[\d:.]+([+-]\d\d:\d\d|Z)$/.test(value) && name !== 'valueString';
  return isMoment ? new Date(value).toISOString() : value;
}

/** Other types for the same value, foreign extensions, other words for readers. */
function twistObject(from: Record<string, unknown>, { random, mischief }: Twist): unknown {
  const object = { ...from };
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
  if (isElement && mischief.stripExtensions !== true) {
    object.extension = [
      ...((object.extension as Extension[] | undefined) ?? []),
      foreignExtension(),
    ];
  }
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function foreignCoding() {
  return { system: 'http://other.example/codes', code: 'X1', display: 'Something of theirs' };
}

function foreignExtension(): Extension {
  return { url: 'http://other.example/extension', valueString: 'theirs' };
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [copy[at], copy[other]] = [copy[other] as T, copy[at] as T];
  }
  return copy;
}

/** A small seeded generator (mulberry32), so that a failure can be seen again. */
function mulberry(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
