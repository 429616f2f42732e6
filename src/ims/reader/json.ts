// Reads JSON more strictly than JSON.parse, which silently drops repeated members and digits of long
// numbers. One fast pass decides whether a text has such problems; only then a slow pass locates them.
import { errorIssue, type Issue } from '../../errors.ts';
import { collectIssues, MAX_ISSUES } from './issue-list.ts';
import { syntaxErrorMessage } from './json-syntax.ts';

const MAX_DEPTH = 64;

/**
 * Values in one text: members, entries, objects and arrays. 16 MB of FHIR as servers write it have
 * 660,000; parsed, each value may take 64 bytes, even if its text is short.
 */
const MAX_VALUES = 1_000_000;

/**
 * Different member names in one text; all of FHIR has 1,500. JavaScript engines enter each new name
 * into a table, which dominates the parsing time: 1.8 s for a million names.
 */
const MAX_NAMES = 10_000;

/** The value of a JSON text, or all reasons why it is rejected. */
export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly issues: readonly Issue[];
      /** Present if the text can be parsed, so that the caller can report further errors in it. */
      readonly value?: unknown;
      /** True if only numbers are rejected: `value` has every member of the text. */
      readonly hasAllMembers?: true;
    };

/**
 * Reads strict JSON: no repeated members, no exponents, at most six decimals and 15 digits, at most 64
 * levels. Lists at most `maxErrors`.
 */
export function readJson(source: string, maxErrors = MAX_ISSUES): JsonResult {
  const scanned = scan(source);
  if (scanned.depth > MAX_DEPTH) {
    return reject('json-depth', `must not be nested more than ${MAX_DEPTH} levels deep`);
  }
  if (scanned.values > MAX_VALUES) {
    return reject('json-size', `must have at most ${MAX_VALUES.toLocaleString('en')} values`);
  }
  if (scanned.names > MAX_NAMES) {
    const max = MAX_NAMES.toLocaleString('en');
    return reject('json-size', `must have at most ${max} different member names`);
  }
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return reject('json-syntax', syntaxErrorMessage(source));
  }
  const hasAllMembers = countMembers(value) === scanned.members;
  if (!scanned.hasUnsupportedNumber && hasAllMembers) return { ok: true, value };
  const issues = locateProblems(source, maxErrors);
  if (issues.length === 0) return { ok: true, value };
  return { ok: false, issues, value, ...(hasAllMembers ? { hasAllMembers } : {}) };
}

function reject(code: string, message: string): JsonResult {
  return { ok: false, issues: [errorIssue(code, '', message)] };
}

interface ScanResult {
  depth: number;
  values: number;
  /** Colons outside strings: the number of members, repeated ones included. */
  members: number;
  hasUnsupportedNumber: boolean;
  /** Different names, counted from the 10,000th member on. */
  names: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

function scan(source: string): ScanResult {
  const result = { depth: 0, values: 0, members: 0, hasUnsupportedNumber: false, names: 0 };
  const names = new Set<string>();
  let depth = 0;
  let stringStart = 0;
  let stringEnd = 0;
  for (let index = 0; index < source.length && result.values <= MAX_VALUES; index++) {
    const char = source.charCodeAt(index);
    if (char === QUOTE) {
      stringStart = index;
      stringEnd = endOfString(source, index);
      index = stringEnd;
    } else if (char === COLON) {
      result.members++;
      if (result.members > MAX_NAMES) {
        result.names = names.add(source.slice(stringStart, stringEnd)).size;
      }
      if (result.names > MAX_NAMES) break;
    } else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
      depth++;
      result.values++;
      if (depth > result.depth) result.depth = depth;
      if (depth > MAX_DEPTH) break;
    } else if (char === COMMA) {
      result.values++;
    } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
      depth--;
    } else if (isDigit(char)) {
      const end = endOfNumber(source, index);
      if (isUnsupported(source.slice(index, end))) result.hasUnsupportedNumber = true;
      index = end - 1;
    }
  }
  return result;
}

/** The index of the quote that ends the string at `start`. */
function endOfString(source: string, start: number): number {
  let index = start + 1;
  for (;;) {
    index = source.indexOf('"', index);
    if (index < 0) return source.length;
    let backslashes = 0;
    while (source.charCodeAt(index - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return index;
    index++;
  }
}

function endOfNumber(source: string, start: number): number {
  let index = start + 1;
  while (isNumberPart(source.charCodeAt(index))) index++;
  return index;
}

function isDigit(char: number): boolean {
  return char >= 0x30 && char <= 0x39;
}

/** True for 0-9 . e E + - */
function isNumberPart(char: number): boolean {
  if (isDigit(char)) return true;
  return char === 0x2e || char === 0x65 || char === 0x45 || char === 0x2b || char === 0x2d;
}

/** True for a number that would lose digits in JSON.parse or in the record. */
function isUnsupported(digits: string): boolean {
  return !/^\d{1,15}(\.\d{1,6})?$/.test(digits) || digits.replace('.', '').length > 15;
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const entry of value) members += countMembers(entry);
    return members;
  }
  for (const member of Object.values(value)) members += 1 + countMembers(member);
  return members;
}

/** Finds repeated members and unsupported numbers in a text that JSON.parse accepts. */
function locateProblems(source: string, maxErrors: number): Issue[] {
  return collectIssues((issues) => {
    const containers: Container[] = [];
    for (let index = 0; index < source.length; index++) {
      const char = source.charCodeAt(index);
      const container = containers.at(-1);
      if (char === QUOTE) {
        const end = endOfString(source, index);
        if (container?.names !== undefined && container.step === undefined) {
          const name = parseName(source.slice(index, end + 1));
          container.step = name;
          if (container.names.has(name)) {
            issues.addError('json-member-twice', pathTo(containers), 'must not appear twice');
          }
          container.names.add(name);
        }
        index = end;
      } else if (char === COMMA && container !== undefined) {
        container.step = typeof container.step === 'number' ? container.step + 1 : undefined;
      } else if (char === OPEN_BRACE) {
        containers.push({ names: new Set(), step: undefined });
      } else if (char === OPEN_BRACKET) {
        containers.push({ names: undefined, step: 0 });
      } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
        containers.pop();
      } else if (isDigit(char)) {
        const end = endOfNumber(source, index);
        if (isUnsupported(source.slice(index, end))) {
          issues.addError('number-form', pathTo(containers), NUMBER_MESSAGE);
        }
        index = end - 1;
      }
    }
  }, maxErrors);
}

const NUMBER_MESSAGE =
  'must be a number without exponent, with at most six decimals and 15 digits in all';

/** An object or array that is not closed yet. */
interface Container {
  /** The member names of an object so far; undefined for an array. */
  readonly names: Set<string> | undefined;
  /** The current member or index; undefined while a member name is expected. */
  step: string | number | undefined;
}

function parseName(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

function pathTo(containers: readonly Container[]): (string | number)[] {
  return containers.flatMap(({ step }) => step ?? []);
}
