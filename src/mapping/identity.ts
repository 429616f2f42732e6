// Identifiers of the resources this adapter writes. Each is derived from ids and keys of the record, so
// a record that is sent again updates its resources instead of creating them twice.
import { hash } from 'node:crypto';
import type { Identifier } from '@medplum/fhirtypes';
import { CANONICAL, RECORD_SYSTEM } from '../fhir/canonical.ts';

/**
 * Which records share a resource. `visit`: it belongs to one record, or is an event of that record that
 * later ones may report again. `episode`, `patient`: visits share it (see shared.ts). `source`:
 * practitioners and clinics, written once.
 */
export type IdentifierScopeKind = 'source' | 'patient' | 'episode' | 'visit';

/** A scope, and the prefix of every identifier in it: `v-<16 characters>`. */
export interface IdentifierScope {
  readonly kind: IdentifierScopeKind;
  readonly prefix: string;
}

/** What an identifier is for, in at most 8 letters; a part is never reused for another meaning. */
const PARTS = [
  'patient',
  'person',
  'clinic',
  'role',
  'enc',
  'qa',
  'qs',
  'proc',
  'prov',
  'cond',
  'diag',
  'goal',
  'plan',
  'referral',
  'consent',
  'refusal',
  'flag',
  'pain',
  'mech',
  'segment',
  'tender',
  'band',
  'short',
  'screen',
  'outcome',
  'twitch',
  'grasp',
  'event',
  'ae',
  'harm',
  'issue',
  'doc',
  'note',
  'chart',
  'score',
  'suitable',
  'change',
  'homework',
  'points',
  'paratend',
  'parashor',
  'rom',
  'strength',
  'firing',
  'trigger',
  'contract',
  'tone',
  'spasm',
  'guarding',
  'temp',
  'hair',
  'match',
  'skinroll',
  'orange',
  'sweat',
  'goose',
  'nails',
  'skin',
  'tendon',
  'thick',
  'reflex',
  'sensory',
  'myotome',
  'root',
  'test',
  'redflag',
  'measure',
  'felt',
  'familiar',
  'needling',
  'result',
  'rshortb',
  'rshorta',
  'rtendb',
  'rtenda',
] as const;
export type Part = (typeof PARTS)[number];

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const LETTER = { source: 's', patient: 'p', episode: 'e', visit: 'v' } as const;
const KIND = { s: 'source', p: 'patient', e: 'episode', v: 'visit' } as const;

/**
 * The scope for `keys`; the first key is the source. Its prefix has 80 bits of SHA-256: among a
 * million scopes the chance of any collision is 4e-13.
 */
export function identifierScope(
  kind: IdentifierScopeKind,
  keys: readonly string[],
): IdentifierScope {
  const cacheKey = JSON.stringify([kind, ...keys]);
  const cached = scopes.get(cacheKey);
  if (cached !== undefined) return cached;
  if (scopes.size >= MAX_SCOPES) scopes.clear();
  const scope = { kind, prefix: `${LETTER[kind]}-${hashOf(keys)}` };
  scopes.set(cacheKey, scope);
  return scope;
}

// Scopes of practitioners, clinics, patients and episodes recur with every visit.
const MAX_SCOPES = 100;
const scopes = new Map<string, IdentifierScope>();

/** 80 bits of SHA-256 in base 32: 16 characters. */
function hashOf(keys: readonly string[]): string {
  const digest = hash('sha256', JSON.stringify(keys), 'buffer');
  let text = '';
  // Five bits for each of 16 characters: the first ten bytes.
  for (let bit = 0; bit < 80; bit += 5) {
    const at = bit >> 3;
    const pair = ((digest[at] ?? 0) << 8) | (digest[at + 1] ?? 0);
    text += BASE32[(pair >> (11 - (bit & 7))) & 31] ?? '';
  }
  return text;
}

/** The identifier value of `part` in a scope: at most 64 characters, also valid as a FHIR id. */
export function identifierValue(scope: IdentifierScope, part: Part, key?: string): string {
  return key === undefined ? `${scope.prefix}-${part}` : `${scope.prefix}-${part}-${key}`;
}

/** A parsed identifier value. */
export interface ParsedIdentifier {
  readonly scope: IdentifierScope;
  /** Undefined for a part that this version does not know. */
  readonly part: Part | undefined;
  readonly key: string | undefined;
}

const IDENTIFIER = /^(([spev])-[a-z2-7]{16})-([a-z]{1,8})(?:-([A-Za-z0-9.-]{1,36}))?$/;
const KNOWN_PARTS: ReadonlySet<string> = new Set(PARTS);

/** The inverse of `identifierValue`; undefined where `value` is not an identifier of this adapter. */
export function parseIdentifier(value: string | undefined): ParsedIdentifier | undefined {
  const [, prefix, letter, part = '', key] = IDENTIFIER.exec(value ?? '') ?? [];
  if (prefix === undefined) return undefined;
  return {
    scope: { kind: KIND[letter as keyof typeof KIND], prefix },
    part: KNOWN_PARTS.has(part) ? (part as Part) : undefined,
    key,
  };
}

/** True for the identifier value of a resource in the scope of one visit. */
export function isOfVisit(value: string | undefined): boolean {
  return parseIdentifier(value)?.scope.kind === 'visit';
}

/** An identifier value in our naming system. */
export function ourIdentifier(value: string): Identifier {
  return { system: RECORD_SYSTEM, value };
}

/** Naming system of a source's own ids for patients, practitioners or clinics. */
export function sourceSystem(source: string, kind: 'patient' | 'practitioner' | 'clinic'): string {
  // With a suffix, `urn:oid:` and `urn:uuid:` are no longer valid URNs, and validators reject them.
  if (/^urn:(oid|uuid):/i.test(source)) return `${CANONICAL}/NamingSystem/${kind}/${source}`;
  return source.includes('#') ? `${source}/${kind}` : `${source}#${kind}`;
}

// Each URL is needed for the resource, for every reference to it and for Provenance.
const MAX_URLS = 200;
const urls = new Map<string, string>();

/** The `fullUrl` of a resource in a bundle: a version 8 UUID derived from its identifier value. */
export function fullUrlOf(value: string): string {
  const cached = urls.get(value);
  if (cached !== undefined) return cached;
  if (urls.size >= MAX_URLS) urls.clear();
  const url = uuidOf(value);
  urls.set(value, url);
  return url;
}

/** Hashes `value` to a UUID with four times FNV-1a: it must be unique within one bundle only. */
function uuidOf(value: string): string {
  let [a, b, c, d] = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b];
  for (let at = 0; at < value.length; at++) {
    const char = value.charCodeAt(at);
    a = Math.imul(a ^ char, 0x01000193);
    b = Math.imul(b ^ (char + 131), 0x01000193);
    c = Math.imul(c ^ (char + 262), 0x01000193);
    d = Math.imul(d ^ (char + 393), 0x01000193);
  }
  const [second, third] = [hexOf(b), hexOf(c)];
  return `urn:uuid:${hexOf(a)}-${second.slice(0, 4)}-8${second.slice(5)}-a${third.slice(1, 4)}-${third.slice(4)}${hexOf(d)}`;
}

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

function hexOf(word: number): string {
  const byte = (shift: number) => BYTES[(word >>> shift) & 255] ?? '';
  return byte(24) + byte(16) + byte(8) + byte(0);
}
