// Who is who across resends: the one place for identifiers, their scopes and what finds a resource.
// An identifier is derived from the key of the thing it stands for, so that a resend changes nothing.
import { hash } from 'node:crypto';
import type { Identifier } from '@medplum/fhirtypes';
import { CANONICAL, RECORD_SYSTEM } from '../fhir/canonical.ts';

/**
 * Whose a resource is. `visit`: this record's alone. `episode`, `patient`: shared by visits, changed
 * only by a later one. `source`: people and places of the clinic, written once.
 */
export type ScopeKind = 'source' | 'patient' | 'episode' | 'visit';

/** A scope with the start of every identifier in it: `v-<16 characters>`. */
export interface Scope {
  readonly kind: ScopeKind;
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
  // A19, A41, A43, A45
  'score',
  'suitable',
  'change',
  'homework',
  // A24-A31
  'points',
  'paratend',
  'parashor',
  'rom',
  'strength',
  'firing',
  // A26-A38, A46: a site
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
  // A39, A47-A49
  'reflex',
  'sensory',
  'myotome',
  'root',
  'test',
  'redflag',
  'measure',
  // N15-N19
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
 * The scope named by `keys`, which begin with the source. 80 bits of SHA-256: two of a million
 * scopes meet with a chance of 4e-13.
 */
export function scopeOf(kind: ScopeKind, keys: readonly string[]): Scope {
  const name = JSON.stringify([kind, ...keys]);
  const known = scopes.get(name);
  if (known !== undefined) return known;
  if (scopes.size >= MAX_SCOPES) scopes.clear();
  const made = { kind, prefix: `${LETTER[kind]}-${lettersOf(keys)}` };
  scopes.set(name, made);
  return made;
}

// People, clinics, patients and episodes come again with each of their visits.
const MAX_SCOPES = 100;
const scopes = new Map<string, Scope>();

function lettersOf(keys: readonly string[]): string {
  const digest = hash('sha256', JSON.stringify(keys), 'buffer');
  let text = '';
  // Five bits a letter, sixteen letters: the first ten bytes.
  for (let bit = 0; bit < 80; bit += 5) {
    const at = bit >> 3;
    const pair = ((digest[at] ?? 0) << 8) | (digest[at + 1] ?? 0);
    text += BASE32[(pair >> (11 - (bit & 7))) & 31] ?? '';
  }
  return text;
}

/** The identifier value of `part` in a scope: at most 64 characters, good as an id as well. */
export function identifierValue(scope: Scope, part: Part, key?: string): string {
  return key === undefined ? `${scope.prefix}-${part}` : `${scope.prefix}-${part}-${key}`;
}

/** An identifier value taken apart. */
export interface ParsedIdentifier {
  readonly scope: Scope;
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

/** Naming system of a source's own ids of one kind. */
export function sourceSystem(source: string, kind: 'patient' | 'practitioner' | 'clinic'): string {
  // An OID or a UUID with anything behind it is none any more, and validators refuse it.
  if (/^urn:(oid|uuid):/i.test(source)) return `${CANONICAL}/NamingSystem/${kind}/${source}`;
  return source.includes('#') ? `${source}/${kind}` : `${source}#${kind}`;
}

// Each is asked for by the resource, by what refers to it and by Provenance.
const MAX_URLS = 200;
const urls = new Map<string, string>();

/** Where a resource stands inside a bundle: a version 8 UUID made of its identifier. */
export function fullUrlOf(value: string): string {
  const known = urls.get(value);
  if (known !== undefined) return known;
  if (urls.size >= MAX_URLS) urls.clear();
  const made = uuidOf(value);
  urls.set(value, made);
  return made;
}

/** Only its uniqueness within one bundle matters: a fast 128-bit mix does (FNV-1a over four lanes). */
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

function hexOf(lane: number): string {
  const byte = (shift: number) => BYTES[(lane >>> shift) & 255] ?? '';
  return byte(24) + byte(16) + byte(8) + byte(0);
}
