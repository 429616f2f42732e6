// Reads a record from text or from an object: either the record in normal form or all errors. All other
// modules rely on the normal form and never normalise again.
import { isTooDeep, MAX_DEPTH } from '../../depth.ts';
import { errorIssue, hasErrors, type Issue } from '../../errors.ts';
import { record as definition, type ImsRecord } from '../schema/record.ts';
import { isObjectValues } from '../schema/walk.ts';
import { collectIssues, MAX_ISSUES } from './issue-list.ts';
import { type JsonResult, readJson } from './json.ts';
import { normalize } from './normalize.ts';
import { checkObjectRules } from './object-rules.ts';
import { checkRecordRules } from './record-rules.ts';

/** A record with its warnings, or the errors that reject it. */
export type ReadResult =
  | { readonly ok: true; readonly record: ImsRecord; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Reads one record from JSON text. Issues have JSON pointers and never contain a value. */
export function readRecordText(source: string): ReadResult {
  return readRecordTextUpTo(source, MAX_ISSUES);
}

/** Reads one record from JSON text and stops at the first error beyond `maxErrors`. */
export function readRecordTextUpTo(source: string, maxErrors: number): ReadResult {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  return readRecordJson(readJson(text, maxErrors), maxErrors);
}

/** Reads one record from the result of `readJson` and stops at the first error beyond `maxErrors`. */
export function readRecordJson(json: JsonResult, maxErrors = MAX_ISSUES): ReadResult {
  if (json.ok) return readValue(json.value, maxErrors);
  if (json.value === undefined) return json;
  // The text can be parsed, so errors of the record are reported together with those of the text.
  const { issues: recordIssues } = readValue(json.value, maxErrors);
  const reported = new Set(json.issues.map(({ path }) => path));
  const issues = collectIssues((list) => {
    for (const issue of json.issues) list.add(issue);
    for (const issue of recordIssues) if (!reported.has(issue.path)) list.add(issue);
  }, maxErrors);
  return { ok: false, issues };
}

/** Reads one record from an object as JSON.parse returns it. */
export function readRecord(value: unknown): ReadResult {
  return readValue(value, MAX_ISSUES);
}

function readValue(value: unknown, maxErrors: number): ReadResult {
  if (isTooDeep(value)) {
    const message = `must not be nested more than ${MAX_DEPTH} levels deep`;
    return { ok: false, issues: [errorIssue('too-deep', '', message)] };
  }
  let normal: unknown;
  const issues = collectIssues((list) => {
    normal = normalize(value, definition, list);
    if (!isObjectValues(value)) return;
    // The value as it was sent: its indices are the sender's.
    checkObjectRules(value, list);
    checkRecordRules(value, list);
  }, maxErrors);
  if (hasErrors(issues)) return { ok: false, issues };
  return { ok: true, record: normal as ImsRecord, issues };
}
