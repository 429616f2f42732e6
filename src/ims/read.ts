// Reading a record: text or object in, a clean record or every fault at once out. All cleaning of
// text, numbers, times and sets happens here; later stages take the record as it is.
import type { z } from 'zod';
import { type Issue, refuses } from '../errors.ts';
import { checkForm } from './form.ts';
import { readJson } from './json.ts';
import { pointer } from './pointer.ts';
import { type ImsRecord, record } from './record.ts';
import { checkWhole } from './whole.ts';

/** What reading gives: a record, unless an issue refuses; warnings stand beside it. */
export type ReadResult =
  | { readonly ok: true; readonly record: ImsRecord; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Reads one record from JSON text. Issues carry JSON pointers and never a value. */
export function readRecordText(source: string): ReadResult {
  const json = readJson(source.startsWith('\uFEFF') ? source.slice(1) : source);
  return json.ok ? readRecord(json.value) : { ok: false, issues: json.issues };
}

/** Reads one record from a plain object, as JSON.parse gives one. */
export function readRecord(value: unknown): ReadResult {
  const parsed = record.schema.safeParse(value);
  const issues = parsed.success ? [] : parsed.error.issues.flatMap(toIssues);
  const clean = parsed.success ? parsed.data : prune(value, parsed.error.issues);
  if (isObject(clean)) {
    const followed = [...checkForm(clean), ...checkWhole(clean)];
    issues.push(...followed.filter((issue) => !isEcho(issue, issues)));
  }
  if (refuses(issues) || !parsed.success) return { ok: false, issues: inOrder(issues) };
  return { ok: true, record: parsed.data as ImsRecord, issues: inOrder(issues) };
}

/** True where a rule misses only what another issue already found faulty. */
function isEcho({ code, path }: Issue, issues: readonly Issue[]): boolean {
  if (code !== 'required' && code !== 'exactly-one') return false;
  return issues.some((known) => known.path === path || known.path.startsWith(`${path}/`));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  if (issue.code === 'too_small' || issue.code === 'too_big') return 'range';
  return 'format';
}

function messageOf(issue: ZodIssue): string {
  if (isMissing(issue)) return 'is missing';
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
  return (
    issue.code === 'invalid_type' && issue.input === undefined && /undefined$/.test(issue.message)
  );
}

/** A copy without what the schema refused, so that the other rules can be checked as well. */
function prune(value: unknown, issues: readonly ZodIssue[]): unknown {
  const copy = copyOf(value);
  for (const { path } of issues) removeAt(copy, path);
  return copy;
}

/** A deep copy, or nothing where the value is no data (a function, a circle too deep). */
function copyOf(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}

function removeAt(root: unknown, path: readonly PropertyKey[]): void {
  let owner = root;
  for (const step of path.slice(0, -1))
    owner = (owner as Record<PropertyKey, unknown> | null)?.[step];
  const last = path.at(-1);
  // An entry of a list is emptied, not taken out: the pointers of its neighbours must stay true.
  if (Array.isArray(owner)) owner[Number(last)] = {};
  else if (isObject(owner) && last !== undefined) delete owner[String(last)];
}
