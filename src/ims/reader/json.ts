// JSON as this project reads it: what JSON.parse lets pass silently (a member twice, digits lost,
// endless nesting) is refused with a pointer. The scan is one pass; only a suspicious text is read
// a second time, slowly, to say where.
import { printParseErrorCode, visit } from 'jsonc-parser';
import type { Issue } from '../../errors.ts';
import { collectIssues, type IssueList, MAX_ISSUES } from './issue-list.ts';
import { pointer } from './pointer.ts';

const MAX_DEPTH = 64;

/**
 * ObjectValues in one text: members, entries, objects and arrays. 16 MB of FHIR as servers write it have
 * 660,000; parsed, each value may take 64 bytes, whatever the length of its text.
 */
const MAX_VALUES = 1_000_000;

/**
 * Different member names in one text; FHIR as a whole has 1,500. The engine enters each new name into
 * a table, which takes longer than all else: 1.8 s for a million.
 */
const MAX_NAMES = 10_000;

/** Characters in which the place of a syntax error is looked for; looking costs more than parsing. */
const SEARCHED = 1_000_000;

/**
 * The value of a JSON text, or every reason why it may not be taken. `value` stands beside the
 * issues where the text could be read all the same, so that its other faults can be told as well.
 */
export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly issues: readonly Issue[];
      readonly value?: unknown;
      /** True where only numbers are refused: the value has every member of the text. */
      readonly hasAllMembers?: true;
    };

/** Reads strict JSON: no member twice, no exponent, at most six decimals, at most 64 levels. */
export function readJson(source: string, maxIssues = MAX_ISSUES): JsonResult {
  const seen = scan(source);
  if (seen.depth > MAX_DEPTH) {
    return refuse('json-depth', `is nested deeper than ${MAX_DEPTH} levels`);
  }
  if (seen.values > MAX_VALUES) {
    return refuse('json-size', `must have at most ${MAX_VALUES.toLocaleString('en')} values`);
  }
  if (seen.names > MAX_NAMES) {
    return refuse('json-size', 'must have at most 10,000 different member names');
  }
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return refuse('json-syntax', `is no JSON: ${faultOf(source)}`);
  }
  const hasAllMembers = countMembers(value) === seen.members;
  if (!seen.oddNumber && hasAllMembers) return { ok: true, value };
  const issues = inspect(source, maxIssues);
  if (issues.length === 0) return { ok: true, value };
  return { ok: false, issues, value, ...(hasAllMembers ? { hasAllMembers } : {}) };
}

function refuse(code: string, message: string): JsonResult {
  return { ok: false, issues: [{ severity: 'error', code, path: '', message }] };
}

/** The first fault and its place. JSON.parse tells it only at times, and may quote the text. */
function faultOf(source: string): string {
  if (source.trim() === '') return 'it ends too early, at line 1, column 1';
  const searched = source.slice(0, SEARCHED);
  const first = firstError(searched);
  // What the search cut off is no fault.
  if (first.end >= searched.length && searched.length < source.length) {
    return `something is out of place after the first ${SEARCHED.toLocaleString('en')} characters`;
  }
  const before = searched.slice(0, first.offset);
  const line = before.split('\n').length;
  const place = `line ${line}, column ${first.offset - before.lastIndexOf('\n')}`;
  if (source.slice(first.offset).trim() === '') return `it ends too early, at ${place}`;
  return `${WANTED[printParseErrorCode(first.code)] ?? 'something is out of place'}, at ${place}`;
}

interface SyntaxFault {
  readonly code: number;
  readonly offset: number;
  readonly end: number;
}

function firstError(source: string): SyntaxFault {
  let first: SyntaxFault = { code: -1, offset: source.length, end: source.length };
  const found = new Error('An error was found.');
  const onError = (code: number, offset: number, length: number) => {
    first = { code, offset, end: offset + length };
    throw found;
  };
  try {
    visit(source, { onError }, { disallowComments: true });
  } catch (error) {
    if (error !== found) throw error;
  }
  return first;
}

/** What jsonc-parser calls an error, in words that say what would be right. */
const WANTED: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word without quotes, where only true, false and null may stand so',
  InvalidNumberFormat: 'a number in a form that JSON does not have',
  PropertyNameExpected: 'a member name in double quotes is missing, or a comma is one too many',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing after a member name',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace } is missing',
  CloseBracketExpected: 'a closing bracket ] is missing',
  EndOfFileExpected: 'something follows after the end; lines of records need the name .ndjson',
  InvalidCommentToken: 'a comment, which JSON does not have',
  UnexpectedEndOfComment: 'a comment, which JSON does not have',
  UnexpectedEndOfString: 'a text without its closing quote',
  UnexpectedEndOfNumber: 'a number that is not whole',
  InvalidUnicode: 'a faulty \\u sequence',
  InvalidEscapeCharacter: 'a backslash before a character that needs none',
  InvalidCharacter: 'a control character in a text',
};

interface Seen {
  depth: number;
  values: number;
  /** Colons outside strings: as many as members, if none stands twice. */
  members: number;
  oddNumber: boolean;
  /** Different names, counted from the 10,000th member on. */
  names: number;
}

const QUOTE = 34;
const BACKSLASH = 92;

function scan(source: string): Seen {
  const seen: Seen = { depth: 0, values: 0, members: 0, oddNumber: false, names: 0 };
  const names = new Set<string>();
  let depth = 0;
  let name = 0;
  let nameEnd = 0;
  for (let at = 0; at < source.length && seen.values <= MAX_VALUES; at++) {
    const char = source.charCodeAt(at);
    if (char === QUOTE) {
      name = at;
      nameEnd = endOfString(source, at);
      at = nameEnd;
    } else if (char === 58) {
      seen.members++;
      if (seen.members > MAX_NAMES) seen.names = names.add(source.slice(name, nameEnd)).size;
      if (seen.names > MAX_NAMES) break;
    } else if (char === 123 || char === 91) {
      depth++;
      seen.values++;
      if (depth > seen.depth) seen.depth = depth;
      if (depth > MAX_DEPTH) break;
    } else if (char === 44) {
      seen.values++;
    } else if (char === 125 || char === 93) {
      depth--;
    } else if (char >= 48 && char <= 57) {
      const end = endOfNumber(source, at);
      if (isOdd(source.slice(at, end))) seen.oddNumber = true;
      at = end - 1;
    }
  }
  return seen;
}

function endOfString(source: string, start: number): number {
  let at = start + 1;
  for (;;) {
    at = source.indexOf('"', at);
    if (at < 0) return source.length;
    let slashes = 0;
    while (source.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
    at++;
  }
}

function endOfNumber(source: string, start: number): number {
  let at = start + 1;
  while (isOfNumber(source.charCodeAt(at))) at++;
  return at;
}

/** True for 0-9 . e E + - */
function isOfNumber(char: number): boolean {
  if (char >= 48 && char <= 57) return true;
  return char === 46 || char === 101 || char === 69 || char === 43 || char === 45;
}

/** A number whose digits JSON.parse or the record could not keep. */
function isOdd(digits: string): boolean {
  return !/^\d{1,15}(\.\d{1,6})?$/.test(digits) || digits.replace('.', '').length > 15;
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const entry of value) members += countMembers(entry);
    return members;
  }
  for (const inside of Object.values(value)) members += 1 + countMembers(inside);
  return members;
}

/**
 * The slow reading of a text that JSON.parse accepts: says where a member stands twice and which
 * number cannot be kept.
 */
function inspect(source: string, maxIssues: number): Issue[] {
  return collectIssues((issues) => {
    const open: Container[] = [];
    for (let at = 0; at < source.length; at++) {
      const char = source.charCodeAt(at);
      const inside = open.at(-1);
      if (char === QUOTE) {
        const end = endOfString(source, at);
        if (inside?.names !== undefined && inside.step === undefined) {
          enterMember(inside, source.slice(at, end + 1), open, issues);
        }
        at = end;
      } else if (char === 44 && inside !== undefined) {
        inside.step = typeof inside.step === 'number' ? inside.step + 1 : undefined;
      } else if (char === 123) {
        open.push({ names: new Set(), step: undefined });
      } else if (char === 91) {
        open.push({ names: undefined, step: 0 });
      } else if (char === 125 || char === 93) {
        open.pop();
      } else if (char >= 48 && char <= 57) {
        const end = endOfNumber(source, at);
        if (isOdd(source.slice(at, end))) {
          const message = 'has an exponent, more than six decimals or more than 15 digits';
          addIssue(issues, 'number-form', pathTo(open), message);
        }
        at = end - 1;
      }
    }
  }, maxIssues);
}

/** An object or array around the present place. */
interface Container {
  /** Of an object: the names of its members so far. */
  readonly names: Set<string> | undefined;
  /** The present member or entry; undefined where the name of a member comes next. */
  step: string | number | undefined;
}

function enterMember(
  inside: Container,
  quoted: string,
  open: readonly Container[],
  issues: IssueList,
): void {
  const name = quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  inside.step = name;
  if (inside.names?.has(name)) addIssue(issues, 'json-member-twice', pathTo(open), 'stands twice');
  inside.names?.add(name);
}

function pathTo(open: readonly Container[]): (string | number)[] {
  return open.flatMap(({ step }) => step ?? []);
}

function addIssue(
  issues: IssueList,
  code: string,
  path: readonly (string | number)[],
  message: string,
): void {
  issues.add({ severity: 'error', code, path: pointer(path), message });
}
