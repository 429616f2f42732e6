import type { Binding, ValidationDefinitions } from './definitions.ts';
import { isObject, type Json, type JsonObject, objectsIn } from './json.ts';
import { isLanguageTag } from './language-tag.ts';
import type { Report } from './report.ts';

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
const GRAMMARS: Readonly<Record<string, (code: string) => boolean>> = {
  // Media types: type, subtype, parameters (RFC 6838).
  'urn:ietf:bcp:13': (code) => MEDIA_TYPE.test(code),
  'urn:ietf:bcp:47': isLanguageTag,
};

const MEDIA_TYPE =
  /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(\s*;\s*[^\s=;]+=("[^"]*"|[^\s;"]+))*$/;

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
    const { codes = {}, unheld = [] } = valueSets[url] ?? {};
    const sets = new Map<string, ReadonlySet<string>>();
    for (const [system, list] of Object.entries(codes)) {
      sets.set(system, list === true ? (systemOf(system) ?? new Set()) : new Set(list));
    }
    const grammars = unheld.filter((system) => Object.hasOwn(GRAMMARS, system));
    const open = new Set(unheld.filter((system) => !grammars.includes(system)));
    const lists = [...sets.values()];
    const isSpelled = (system: string | undefined, code: string) =>
      grammars.some((one) => (system ?? one) === one && GRAMMARS[one]?.(code) === true);
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

/** Where a binding is checked: with which codes, and who is told. */
export interface Checking {
  readonly codes: CodeLibrary;
  readonly report: Report;
}

/** A binding, with the canonical of the structure that makes it. */
export interface Bound {
  readonly binding: Binding;
  readonly source: string;
}

/** Checks a coded value against its binding: a code, a Coding or a CodeableConcept. */
export function checkBinding(value: Json, bound: Bound, checking: Checking): void {
  if (typeof value !== 'string' && !isObject(value)) return;
  const { max, strength, valueSet } = bound.binding;
  if (max !== undefined) {
    const binding = { strength: 'required', valueSet: max } as const;
    checkIn(value, { binding, source: bound.source }, checking);
  }
  if (strength !== 'preferred' && valueSet !== undefined) checkIn(value, bound, checking);
}

function checkIn(value: Json, bound: Bound, checking: Checking): void {
  const contains = checking.codes.valueSet(bound.binding.valueSet);
  const found = contains === undefined ? 'unchecked' : isAmong(value, contains);
  if (found !== 'in') tell(found, bound, checking.report);
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

/** Checks the codes of a concept's codings; faults are told of the concept. */
export function checkCodes(concept: JsonObject, checking: Checking): void {
  for (const coding of objectsIn(concept, 'coding')) checkCode(coding, checking);
}

/** A code must be one of its system's, where that is held. */
export function checkCode({ system, code }: JsonObject, { codes, report }: Checking): void {
  if (typeof system !== 'string' || typeof code !== 'string') return;
  if (codes.hasCode(system, code) !== false) return;
  report.add({ kind: 'code', message: `holds no code of ${system}`, source: system });
}

function tell(kind: 'unchecked' | 'binding', { binding, source }: Bound, report: Report): void {
  const { strength, valueSet } = binding;
  if (kind === 'unchecked') {
    const message = `cannot be checked against ${valueSet}, which is not held here as a whole`;
    report.add({ kind, severity: 'information', message, source, rule: 'binding' });
  } else if (strength === 'required') {
    const message = `holds no code of ${valueSet}, which is required`;
    report.add({ kind, message, source });
  } else {
    const message = `holds no code of ${valueSet}, which should be used where it has a fitting one`;
    report.add({ kind, severity: 'warning', message, source });
  }
}
