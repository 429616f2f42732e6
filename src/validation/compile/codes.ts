import { isObject, type Json, type JsonObject, objectsIn } from '../json.ts';
import type { Binding, ValidationDefinitions } from './definitions.ts';

/** Whether a code belongs to a set; undefined where that cannot be told here. */
export type Membership = (system: string | undefined, code: string) => boolean | undefined;

/** The value sets and code systems that are held. */
export interface CodeLibrary {
  /** Undefined for a value set that is not held. */
  valueSet(canonical: string): Membership | undefined;
  /** Whether a system has a code; undefined for a system that is not held. */
  hasCode(system: string, code: string): boolean | undefined;
}

/** Systems whose codes are a grammar, not a list: https://hl7.org/fhir/R4/terminologies-systems.html */
const GRAMMARS: Readonly<Record<string, RegExp>> = {
  // Media types: type, subtype, parameters (RFC 6838).
  'urn:ietf:bcp:13':
    /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(\s*;\s*[^\s=;]+=("[^"]*"|[^\s;"]+))*$/,
  // Language tags: language, script, region, variants, private use (RFC 5646).
  'urn:ietf:bcp:47':
    /^([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-([A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*(-x(-[A-Za-z0-9]{1,8})+)?$/,
};

/** Codes are put into sets when they are first asked about. */
export function createCodes({ valueSets, codeSystems }: ValidationDefinitions): CodeLibrary {
  const systems = new Map<string, ReadonlySet<string>>();
  const memberships = new Map<string, Membership>();
  const systemOf = (url: string): ReadonlySet<string> | undefined => {
    const known = systems.get(url);
    if (known !== undefined || !Object.hasOwn(codeSystems, url)) return known;
    const made = new Set(codeSystems[url]);
    systems.set(url, made);
    return made;
  };
  const compile = (url: string): Membership => {
    const { codes = {}, notLoaded = [] } = valueSets[url] ?? {};
    const sets = new Map<string, ReadonlySet<string>>();
    for (const [system, list] of Object.entries(codes)) {
      sets.set(system, list === true ? (systemOf(system) ?? new Set()) : new Set(list));
    }
    const grammars = notLoaded.filter((system) => Object.hasOwn(GRAMMARS, system));
    const open = new Set(notLoaded.filter((system) => !grammars.includes(system)));
    const lists = [...sets.values()];
    const isSpelled = (system: string | undefined, code: string) =>
      grammars.some((one) => (system ?? one) === one && GRAMMARS[one]?.test(code) === true);
    return (system, code) => {
      // A `code` element names no system: it may be of each system that the set has.
      if (system === undefined) {
        for (const list of lists) if (list.has(code)) return true;
      } else if (sets.get(system)?.has(code) === true) return true;
      if (grammars.length > 0 && isSpelled(system, code)) return true;
      const isOpen = system === undefined ? open.size > 0 : open.has(system) || open.has('*');
      return isOpen ? undefined : false;
    };
  };
  return {
    valueSet(canonical) {
      const known = memberships.get(canonical);
      if (known !== undefined) return known;
      const [url = canonical] = canonical.split('|');
      if (!Object.hasOwn(valueSets, url)) return undefined;
      const made = compile(url);
      memberships.set(canonical, made);
      return made;
    },
    hasCode: (system, code) => systemOf(system)?.has(code),
  };
}

/** A binding, with the canonical of the structure that makes it. */
export interface Bound {
  readonly binding: Binding;
  readonly source: string;
}

/** Whether a coded value belongs to a set; the first coding that does decides. */
export function isAmong(value: Json, contains: Membership): 'in' | 'unchecked' | 'binding' {
  if (typeof value === 'string') return said(contains(undefined, value));
  if (!isObject(value)) return 'binding';
  if (!Array.isArray(value.coding)) return codingAmong(value, contains) ?? 'binding';
  let unknown = false;
  for (const one of objectsIn(value, 'coding')) {
    const found = codingAmong(one, contains);
    if (found === 'in') return found;
    if (found === 'unchecked') unknown = true;
  }
  return unknown ? 'unchecked' : 'binding';
}

function codingAmong(coding: JsonObject, contains: Membership) {
  const code = coding.code;
  if (typeof code !== 'string') return undefined;
  const system = coding.system;
  return said(contains(typeof system === 'string' ? system : '', code));
}

function said(found: boolean | undefined): 'in' | 'unchecked' | 'binding' {
  return found === undefined ? 'unchecked' : found ? 'in' : 'binding';
}
