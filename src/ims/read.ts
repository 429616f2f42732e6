// Reading a record: text or object in, a clean record or every fault at once out. All cleaning of
// text, numbers, times and sets happens here; later stages take the record as it is.
import type { z } from 'zod';
import { type Issue, refuses } from '../errors.ts';
import { checkForm } from './form.ts';
import { readJson } from './json.ts';
import { pointer } from './pointer.ts';
import { type ImsRecord, record } from './record.ts';
import { isValues } from './walk.ts';
import { checkWhole } from './whole.ts';

/** What reading gives: a record, unless an issue refuses; warnings stand beside it. */
export type ReadResult =
  | { readonly ok: true; readonly record: ImsRecord; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Reads one record from JSON text. Issues carry JSON pointers and never a value. */
export function readRecordText(source: string): ReadResult {
  const json = readJson(source.startsWith('\uFEFF') ? source.slice(1) : source);
  if (json.ok) return readRecord(json.value);
  if (json.value === undefined) return json;
  // The text could be read all the same: what else is wrong with it is told at once.
  const known = new Set(json.issues.map(({ path }) => path));
  const others = readRecord(json.value).issues.filter(({ path }) => !known.has(path));
  return { ok: false, issues: inOrder([...json.issues, ...others]) };
}

/** Reads one record from a plain object, as JSON.parse gives one. */
export function readRecord(value: unknown): ReadResult {
  const parsed = record.schema.safeParse(value, { reportInput: true });
  const issues = parsed.success ? [] : parsed.error.issues.flatMap(toIssues);
  // The value as it came: its positions are the sender's.
  if (isValues(value)) issues.push(...checkForm(value), ...checkWhole(value));
  if (refuses(issues) || !parsed.success) return { ok: false, issues: inOrder(issues) };
  return { ok: true, record: parsed.data as ImsRecord, issues: inOrder(issues) };
}

/** Issues in one order whatever found them, each once. */
function inOrder(issues: readonly Issue[]): Issue[] {
  const byText = new Map(issues.map((issue) => [`${issue.path} ${issue.code}`, issue]));
  return [...byText.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

type ZodIssue = z.core.$ZodIssue;

function toIssues(issue: ZodIssue): Issue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => fault('unknown-member', [...issue.path, name], 'is no member'));
  }
  if (issue.code === 'invalid_union') {
    const inner = closest(issue.errors);
    if (inner === undefined) return [fault('type', issue.path, 'has the wrong type')];
    return inner.flatMap((one) => toIssues({ ...one, path: [...issue.path, ...one.path] }));
  }
  if (issue.code === 'invalid_key') {
    const [first] = issue.issues;
    return [fault('unknown-member', issue.path, first?.message ?? 'is no member')];
  }
  return [fault(codeOf(issue), issue.path, messageOf(issue))];
}

/** Of the ways a value could have been meant, the one whose type fits. */
function closest(ways: readonly ZodIssue[][]): ZodIssue[] | undefined {
  return ways.find(
    (way) => !way.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
}

function fault(code: string, path: readonly PropertyKey[], message: string): Issue {
  return { severity: 'error', code, path: pointer(path), message };
}

function codeOf(issue: ZodIssue): string {
  if (isMissing(issue)) return 'required';
  if (issue.code === 'invalid_type') return 'type';
  if (issue.code === 'invalid_value') return 'unknown-code';
  if (issue.code === 'too_small' && issue.origin !== 'number') return 'empty';
  if (issue.code === 'too_small' || issue.code === 'too_big') return 'range';
  return 'format';
}

function messageOf(issue: ZodIssue): string {
  if (isMissing(issue)) return 'is missing';
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'is not a whole number';
  if (issue.code === 'invalid_type') return `must be ${issue.expected}`;
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const shown = known.length > 12 ? `${known.slice(0, 12).join(', ')} …` : known.join(', ');
    return `is not one of ${known.length}: ${shown}`;
  }
  if (issue.code === 'too_small' && issue.origin === 'array')
    return 'is empty; leave it out instead';
  return issue.message;
}

function isMissing(issue: ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.input === undefined;
}
