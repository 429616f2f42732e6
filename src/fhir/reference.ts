// Parses FHIR references and replaces them in resources.
import type { Reference } from '@medplum/fhirtypes';
import { RESOURCE_ID, TYPE_NAME } from './resource.ts';

/**
 * A parsed reference. `conditional` is a conditional reference of a transaction (`Patient?identifier=…`);
 * `other` is any text that is not a URL of the FHIR REST API.
 */
export type ParsedReference =
  | {
      readonly kind: 'relative';
      readonly type: string;
      readonly id: string;
      readonly version?: string;
    }
  | {
      readonly kind: 'absolute';
      /** Service base URL without a trailing slash. */
      readonly base: string;
      readonly type: string;
      readonly id: string;
      readonly version?: string;
    }
  | { readonly kind: 'urn' }
  | { readonly kind: 'contained'; readonly id: string }
  | { readonly kind: 'conditional'; readonly type: string; readonly query: string }
  | { readonly kind: 'other' };

/** Identifies a resource on one server. */
export interface TypeAndId {
  readonly type: string;
  readonly id: string;
}

/** Parses a reference, a `Location` header or a `fullUrl`. Never throws. */
export function parseReference(reference: string): ParsedReference {
  const text = reference.trim();
  if (/^urn:(uuid|oid):/i.test(text)) return { kind: 'urn' };
  if (text.startsWith('#')) return { kind: 'contained', id: text.slice(1) };
  const queryIndex = text.indexOf('?');
  if (queryIndex > 0 && TYPE_NAME.test(text.slice(0, queryIndex))) {
    return {
      kind: 'conditional',
      type: text.slice(0, queryIndex),
      query: text.slice(queryIndex + 1),
    };
  }
  return parsePath(text) ?? { kind: 'other' };
}

function parsePath(text: string): ParsedReference | undefined {
  const parts = text.split('/');
  const hasVersion = parts.length >= 4 && parts.at(-2) === '_history';
  const version = hasVersion ? parts.at(-1) : undefined;
  const [type, id] = hasVersion ? parts.slice(-4, -2) : parts.slice(-2);
  if (type === undefined || id === undefined || !TYPE_NAME.test(type) || !RESOURCE_ID.test(id)) {
    return undefined;
  }
  const resource = { type, id, ...(version ? { version } : {}) };
  const baseParts = parts.slice(0, hasVersion ? -4 : -2);
  if (baseParts.length === 0 || (baseParts.length === 1 && baseParts[0] === '')) {
    return { kind: 'relative', ...resource };
  }
  const base = baseParts.join('/');
  return /^https?:\/\/[^/]/i.test(base) ? { kind: 'absolute', base, ...resource } : undefined;
}

/** Type and id in a relative or absolute URL. The base is ignored. Undefined for other references. */
export function typeAndId(reference: string | undefined): TypeAndId | undefined {
  if (reference === undefined) return undefined;
  const parsed = parseReference(reference);
  return parsed.kind === 'relative' || parsed.kind === 'absolute'
    ? { type: parsed.type, id: parsed.id }
    : undefined;
}

/**
 * Replaces each `Reference.reference` in `json` with the result of `change`, unless that is undefined.
 * Only objects and lists with a change are copied.
 */
export function mapReferenceUrls<T>(json: T, change: (reference: string) => string | undefined): T {
  return mapUrlsIn(json, change) as T;
}

function mapUrlsIn(value: unknown, change: (reference: string) => string | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => mapUrlsIn(item, change));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let copy: Record<string, unknown> | undefined;
  // Without the array of Object.entries: this runs for every element of every delivery.
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    const next =
      name === 'reference' && typeof member === 'string'
        ? (change(member) ?? member)
        : mapUrlsIn(member, change);
    if (next !== member) {
      copy ??= { ...value };
      copy[name] = next;
    }
  }
  return copy ?? value;
}

/**
 * Replaces each Reference in `json` with the result of `change`. A Reference is an object with
 * `reference`, or a logical reference with `type` and `identifier`. Only objects and lists with a change
 * are copied.
 */
export function mapReferences<T>(json: T, change: (reference: Reference) => Reference): T {
  return mapReferencesIn(json, change) as T;
}

function mapReferencesIn(value: unknown, change: (reference: Reference) => Reference): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    let items: unknown[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const next = mapReferencesIn(value[index], change);
      if (next === value[index]) continue;
      items ??= [...value];
      items[index] = next;
    }
    return items ?? value;
  }
  if (isReference(value)) return change(value);
  let copy: Record<string, unknown> | undefined;
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    const next = mapReferencesIn(member, change);
    if (next !== member) {
      copy ??= { ...value };
      copy[name] = next;
    }
  }
  return copy ?? value;
}

function isReference(value: object): value is Reference {
  if ('reference' in value) return typeof value.reference === 'string';
  return 'type' in value && typeof value.type === 'string' && 'identifier' in value;
}
