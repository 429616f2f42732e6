// JSON as this project reads it: what JSON.parse lets pass silently (a member twice, digits lost,
// endless nesting) is refused with a pointer. The scan is one pass; only a suspicious text is read
// a second time, slowly, to say where.
import { printParseErrorCode, visit } from 'jsonc-parser';
import type { Issue } from '../../errors.ts';
import { pointer } from './pointer.ts';

const MAX_DEPTH = 64;

/**
 * The value of a JSON text, or every reason why it may not be taken. `value` stands beside the
 * issues where the text could be read all the same, so that its other faults can be told as well.
 */
export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: readonly Issue[]; readonly value?: unknown };

/** Reads strict JSON: no member twice, no exponent, at most six decimals, at most 64 levels. */
export function readJson(source: string): JsonResult {
  const seen = scan(source);
  if (seen.depth > MAX_DEPTH) {
    return refuse('json-depth', `is nested deeper than ${MAX_DEPTH} levels`);
  }
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return refuse('json-syntax', `is no JSON: ${faultOf(source)}`);
  }
  if (!seen.oddNumber && countMembers(value) === seen.members) return { ok: true, value };
  const issues = inspect(source);
  return issues.length === 0 ? { ok: true, value } : { ok: false, issues, value };
}

function refuse(code: string, message: string): JsonResult {
  return { ok: false, issues: [{ severity: 'error', code, path: '', message }] };
}

/** The first fault and its place. JSON.parse tells it only at times, and may quote the text. */
function faultOf(source: string): string {
  let first = { code: -1, offset: source.length };
  const onError = (code: number, offset: number) => {
    if (first.code < 0 || offset < first.offset) first = { code, offset };
  };
  visit(source, { onError }, { disallowComments: true });
  const before = source.slice(0, first.offset);
  const line = before.split('\n').length;
  const place = `line ${line}, column ${first.offset - before.lastIndexOf('\n')}`;
  if (source.slice(first.offset).trim() === '') return `it ends too early, at ${place}`;
  return `${WANTED[printParseErrorCode(first.code)] ?? 'something is out of place'}, at ${place}`;
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
  /** Colons outside strings: as many as members, if none stands twice. */
  members: number;
  oddNumber: boolean;
}

const QUOTE = 34;
const BACKSLASH = 92;

function scan(source: string): Seen {
  const seen: Seen = { depth: 0, members: 0, oddNumber: false };
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const char = source.charCodeAt(at);
    if (char === QUOTE) {
      at = endOfString(source, at);
    } else if (char === 58) {
      seen.members++;
    } else if (char === 123 || char === 91) {
      depth++;
      if (depth > seen.depth) seen.depth = depth;
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

/** The slow reading: says where a member stands twice and which number cannot be kept. */
function inspect(source: string): Issue[] {
  const issues: Issue[] = [];
  const open: Set<string>[] = [];
  const add = (code: string, path: readonly (string | number)[], message: string) =>
    issues.push({ severity: 'error', code, path: pointer(path), message });
  visit(source, {
    onObjectBegin: () => {
      open.push(new Set());
    },
    onObjectEnd: () => {
      open.pop();
    },
    onObjectProperty: (name, _offset, _length, _line, _column, pathOf) => {
      const names = open.at(-1);
      if (names?.has(name)) add('json-member-twice', [...pathOf(), name], 'stands twice');
      names?.add(name);
    },
    onLiteralValue: (value, offset, length, _line, _column, pathOf) => {
      const digits = source.slice(offset, offset + length).replace(/^-/, '');
      if (typeof value !== 'number' || !isOdd(digits)) return;
      add(
        'number-form',
        pathOf(),
        'has an exponent, more than six decimals or more than 15 digits',
      );
    },
  });
  return issues;
}
