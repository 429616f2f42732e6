// FHIR references: parsing them, and replacing them in resources.
import type { Reference } from '@medplum/fhirtypes';
import { ID, TYPE_NAME } from './resource.ts';

/**
 * A parsed reference string. `conditional` is a search used as a reference inside a transaction; `other`
 * is a URI that is not a URL of the FHIR REST interface.
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
  const question = text.indexOf('?');
  if (question > 0 && TYPE_NAME.test(text.slice(0, question))) {
    return { kind: 'conditional', type: text.slice(0, question), query: text.slice(question + 1) };
  }
  return parsePath(text) ?? { kind: 'other' };
}

function parsePath(text: string): ParsedReference | undefined {
  const parts = text.split('/');
  const versioned = parts.length >= 4 && parts.at(-2) === '_history';
  const version = versioned ? parts.at(-1) : undefined;
  const [type, id] = versioned ? parts.slice(-4, -2) : parts.slice(-2);
  if (type === undefined || id === undefined || !TYPE_NAME.test(type) || !ID.test(id)) {
    return undefined;
  }
  const resource = { type, id, ...(version ? { version } : {}) };
  const before = parts.slice(0, versioned ? -4 : -2);
  if (before.length === 0 || (before.length === 1 && before[0] === '')) {
    return { kind: 'relative', ...resource };
  }
  const base = before.join('/');
  return /^https?:\/\/[^/]/i.test(base) ? { kind: 'absolute', base, ...resource } : undefined;
}

/** Type and id of a relative or absolute reference, whatever its base; undefined for other references. */
export function typeAndId(reference: string | undefined): TypeAndId | undefined {
  if (reference === undefined) return undefined;
  const parsed = parseReference(reference);
  return parsed.kind === 'relative' || parsed.kind === 'absolute'
    ? { type: parsed.type, id: parsed.id }
    : undefined;
}

/**
 * A copy of `json` with each `Reference.reference` replaced by the result of `change`; undefined keeps
 * it. Parts without a change are shared with the input, not copied.
 */
export function mapReferenceUrls<T>(json: T, change: (reference: string) => string | undefined): T {
  return withUrls(json, change) as T;
}

function withUrls(value: unknown, change: (reference: string) => string | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => withUrls(item, change));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [name, member] of Object.entries(value)) {
    const next =
      name === 'reference' && typeof member === 'string'
        ? (change(member) ?? member)
        : withUrls(member, change);
    if (next !== member) {
      copy ??= { ...value };
      copy[name] = next;
    }
  }
  return copy ?? value;
}

/**
 * A copy of `json` with each Reference object replaced by the result of `change`: every object with a
 * `reference`, or with the `type` and `identifier` of a logical reference. Parts without a change are
 * shared with the input, not copied.
 */
export function rewriteReferences<T>(json: T, change: (reference: Reference) => Reference): T {
  return withReferences(json, change) as T;
}

function withReferences(value: unknown, change: (reference: Reference) => Reference): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    let items: unknown[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const next = withReferences(value[index], change);
      if (next === value[index]) continue;
      items ??= [...value];
      items[index] = next;
    }
    return items ?? value;
  }
  if (isReference(value)) return change(value);
  let copy: Record<string, unknown> | undefined;
  for (const [name, member] of Object.entries(value)) {
    const next = withReferences(member, change);
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
