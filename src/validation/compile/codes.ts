// The codes of value sets and code systems, and whether a coded value belongs to a value set.
import { memoize } from '../../memoize.ts';
import { isObject, type Json, type JsonObject, objectsIn } from '../json.ts';
import type { Binding, ValidationDefinitions } from './definitions.ts';

/** Whether a value set contains a code; undefined where the loaded definitions cannot answer. */
export type Membership = (system: string | undefined, code: string) => boolean | undefined;

/** The value sets and code systems that are loaded. */
export interface CodeIndex {
  /** Undefined for a value set that is not loaded. */
  valueSet(canonical: string): Membership | undefined;
  /** Whether a system has a code; undefined for a system that is not loaded. */
  hasCode(system: string, code: string): boolean | undefined;
}

/** Systems whose codes are a grammar, not a list: https://hl7.org/fhir/R4/terminologies-systems.html */
const GRAMMARS: Readonly<Record<string, (code: string) => boolean>> = {
  'urn:ietf:bcp:13': (code) => MEDIA_TYPE.test(code),
  'urn:ietf:bcp:47': isLanguageTag,
};

/** Type, subtype, parameters (RFC 6838). */
const MEDIA_TYPE =
  /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(\s*;\s*[^\s=;]+=("[^"]*"|[^\s;"]+))*$/;

/** Longer than any tag in use: RFC 5646 requires readers to support 35 characters. */
const MAX_TAG_LENGTH = 200;

/**
 * True for a well-formed language tag: language, script, region, variants, extensions, private use
 * (https://www.rfc-editor.org/rfc/rfc5646#section-2.1). The parts are matched one after the other
 * because a single pattern could not be shown to run in linear time.
 */
export function isLanguageTag(tag: string): boolean {
  if (tag.length > MAX_TAG_LENGTH) return false;
  const parts = tag.split('-');
  let index = 0;
  const take = (pattern: RegExp, most = parts.length): number => {
    const start = index;
    while (index - start < most && pattern.test(parts[index] ?? '')) index++;
    return index - start;
  };
  if (take(/^[a-z]{2,3}$/i, 1) > 0) take(/^[a-z]{3}$/i, 3);
  else if (take(/^[a-z]{4,8}$/i, 1) === 0) return false;
  take(/^[a-z]{4}$/i, 1);
  take(/^(?:[a-z]{2}|\d{3})$/i, 1);
  take(/^(?:[a-z\d]{5,8}|\d[a-z\d]{3})$/i);
  while (take(/^[a-wyz\d]$/i, 1) > 0) if (take(/^[a-z\d]{2,8}$/i) === 0) return false;
  if (take(/^x$/i, 1) > 0 && take(/^[a-z\d]{1,8}$/i) === 0) return false;
  return index === parts.length;
}

/** Indexes the codes. A set is built when it is first used. */
export function createCodeIndex({ valueSets, codeSystems }: ValidationDefinitions): CodeIndex {
  const systemCodes = memoize((url: string): ReadonlySet<string> => new Set(codeSystems[url]));
  const systemOf = (url: string): ReadonlySet<string> | undefined =>
    Object.hasOwn(codeSystems, url) ? systemCodes(url) : undefined;
  const compile = (url: string): Membership => {
    const { codes = {}, notLoaded = [] } = valueSets[url] ?? {};
    const bySystem = new Map<string, ReadonlySet<string>>();
    for (const [system, list] of Object.entries(codes)) {
      bySystem.set(system, list === true ? (systemOf(system) ?? new Set()) : new Set(list));
    }
    const grammars = notLoaded.filter((system) => Object.hasOwn(GRAMMARS, system));
    const unknown = new Set(notLoaded.filter((system) => !grammars.includes(system)));
    const sets = [...bySystem.values()];
    const fitsGrammar = (system: string | undefined, code: string) =>
      grammars.some(
        (grammar) => (system ?? grammar) === grammar && GRAMMARS[grammar]?.(code) === true,
      );
    return (system, code) => {
      // A `code` element names no system, so every system of the value set is searched.
      if (system === undefined) {
        for (const set of sets) if (set.has(code)) return true;
      } else if (bySystem.get(system)?.has(code) === true) return true;
      if (grammars.length > 0 && fitsGrammar(system, code)) return true;
      const isUnknown =
        system === undefined ? unknown.size > 0 : unknown.has(system) || unknown.has('*');
      return isUnknown ? undefined : false;
    };
  };
  const memberships = new Map<string, Membership>();
  return {
    valueSet(canonical) {
      const cached = memberships.get(canonical);
      if (cached !== undefined) return cached;
      const [url = canonical] = canonical.split('|');
      if (!Object.hasOwn(valueSets, url)) return undefined;
      const membership = compile(url);
      memberships.set(canonical, membership);
      return membership;
    },
    hasCode: (system, code) => systemOf(system)?.has(code),
  };
}

/** A binding with the canonical of the structure that defines it. */
export interface SourcedBinding extends Binding {
  readonly source: string;
}

/** The result of looking a coded value up in a value set. */
export type CodedValueResult = 'member' | 'not-member' | 'unknown';

/** Whether a coded value belongs to a set. One matching coding of a CodeableConcept is enough. */
export function findInValueSet(value: Json, contains: Membership): CodedValueResult {
  if (typeof value === 'string') return resultOf(contains(undefined, value));
  if (!isObject(value)) return 'not-member';
  if (!Array.isArray(value.coding)) return findCoding(value, contains) ?? 'not-member';
  let isUnknown = false;
  for (const coding of objectsIn(value, 'coding')) {
    const result = findCoding(coding, contains);
    if (result === 'member') return result;
    if (result === 'unknown') isUnknown = true;
  }
  return isUnknown ? 'unknown' : 'not-member';
}

function findCoding(coding: JsonObject, contains: Membership): CodedValueResult | undefined {
  const code = coding.code;
  if (typeof code !== 'string') return undefined;
  const system = coding.system;
  return resultOf(contains(typeof system === 'string' ? system : '', code));
}

function resultOf(isMember: boolean | undefined): CodedValueResult {
  return isMember === undefined ? 'unknown' : isMember ? 'member' : 'not-member';
}
