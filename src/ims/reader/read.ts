// Reading a record: text or object in, a clean record or every fault at once out. All cleaning of
// text, numbers, times and sets happens here; later stages take the record as it is.
import { isTooDeep, MAX_DEPTH } from '../../depth.ts';
import { hasErrors, type Issue } from '../../errors.ts';
import { type ImsRecord, record } from '../schema/record.ts';
import { isObjectValues } from '../schema/walk.ts';
import { checkDigests } from './digest.ts';
import { collectIssues, MAX_ISSUES } from './issue-list.ts';
import { type JsonResult, readJson } from './json.ts';
import { normalize } from './normalize.ts';
import { checkObjectRules } from './object-rules.ts';
import { checkRecordRules } from './record-rules.ts';

/** What reading gives: a record, unless an issue refuses; warnings stand beside it. */
export type ReadResult =
  | { readonly ok: true; readonly record: ImsRecord; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Reads one record from JSON text. Issues carry JSON pointers and never a value. */
export function readRecordText(source: string): ReadResult {
  return readTextWithin(source, MAX_ISSUES);
}

/** The same, stopping after `maxIssues`. */
export function readTextWithin(source: string, maxIssues: number): ReadResult {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  return readJsonWithin(readJson(text, maxIssues), maxIssues);
}

/** Reads one record from what `readJson` gave, stopping after `maxIssues`. */
export function readJsonWithin(json: JsonResult, maxIssues = MAX_ISSUES): ReadResult {
  if (json.ok) return readValueWithin(json.value, maxIssues);
  if (json.value === undefined) return json;
  // The text could be read all the same: what else is wrong with it is told at once.
  const known = new Set(json.issues.map(({ path }) => path));
  const { issues: found } = readValueWithin(json.value, maxIssues);
  const issues = collectIssues((list) => {
    for (const issue of json.issues) list.add(issue);
    for (const issue of found) if (!known.has(issue.path)) list.add(issue);
  }, maxIssues);
  return { ok: false, issues };
}

/** Reads one record from a plain object, as JSON.parse gives one. */
export function readRecord(value: unknown): ReadResult {
  return readValueWithin(value, MAX_ISSUES);
}

function readValueWithin(value: unknown, maxIssues: number): ReadResult {
  if (isTooDeep(value)) {
    const message = `is nested more than ${MAX_DEPTH} levels deep, which no record is`;
    return { ok: false, issues: [{ severity: 'error', code: 'too-deep', path: '', message }] };
  }
  let cleaned: unknown;
  const issues = collectIssues((list) => {
    cleaned = normalize(value, record, list);
    // The value as it came: its positions are the sender's.
    if (!isObjectValues(value)) return;
    checkObjectRules(value, list);
    checkRecordRules(value, list);
    checkDigests(value, list);
  }, maxIssues);
  if (hasErrors(issues)) return { ok: false, issues };
  return { ok: true, record: cleaned as ImsRecord, issues };
}
