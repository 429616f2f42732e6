// Reading a record: text or object in, a clean record or every fault at once out. All cleaning of
// text, numbers, times and sets happens here; later stages take the record as it is.
import { isTooDeep, MAX_DEPTH } from '../../depth.ts';
import { type Issue, refuses } from '../../errors.ts';
import { type ImsRecord, record } from '../schema/record.ts';
import { isObjectValues } from '../schema/walk.ts';
import { checkDigests } from './digest.ts';
import { readJson } from './json.ts';
import { normalize } from './normalize.ts';
import { checkObjectRules } from './object-rules.ts';
import { checkRecordRules } from './record-rules.ts';

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
  if (isTooDeep(value)) {
    const message = `is nested more than ${MAX_DEPTH} levels deep, which no record is`;
    return { ok: false, issues: [{ severity: 'error', code: 'too-deep', path: '', message }] };
  }
  const cleaned = normalize(value, record);
  const issues = [...cleaned.issues];
  // The value as it came: its positions are the sender's.
  if (isObjectValues(value))
    issues.push(...checkObjectRules(value), ...checkRecordRules(value), ...checkDigests(value));
  if (refuses(issues)) return { ok: false, issues: inOrder(issues) };
  return { ok: true, record: cleaned.value as ImsRecord, issues: inOrder(issues) };
}

/** Issues in one order whatever found them, each once. */
function inOrder(issues: readonly Issue[]): Issue[] {
  const byText = new Map(issues.map((issue) => [`${issue.path} ${issue.code}`, issue]));
  const all = [...byText.values()];
  const told = all.length > MAX_ISSUES ? [...all.slice(0, MAX_ISSUES), more(all.length)] : all;
  return told.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Issues told of one record; a text with more than these is no record with faults. */
const MAX_ISSUES = 500;

function more(count: number): Issue {
  const message = `and ${count - MAX_ISSUES} more faults`;
  return { severity: 'error', code: 'too-many-faults', path: '', message };
}
