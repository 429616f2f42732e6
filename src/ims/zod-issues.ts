// zod's issues as this project tells them: a code, a JSON pointer, a sentence without the value.
import type { z } from 'zod';
import type { Issue } from '../errors.ts';
import { pointer } from './pointer.ts';

type Path = readonly PropertyKey[];
type ZodIssue = z.core.$ZodIssue;

/** An error at a JSON pointer. */
export function fault(code: string, path: string, message: string): Issue {
  return { severity: 'error', code, path, message };
}

/** A member that nothing here is called, with those that may stand, the likeliest first. */
export function unknownMember(name: string, path: Path, known: Iterable<string>): Issue {
  const start = name.slice(0, LONGEST_NAME);
  const likeliest = [...known].sort((a, b) => alike(b, start) - alike(a, start));
  const more = likeliest.length > SHOWN ? ' …' : '';
  const members = `${likeliest.slice(0, SHOWN).join(', ')}${more}`;
  return fault('unknown-member', pointer([...path, name]), `is not known here; known: ${members}`);
}

const SHOWN = 12;
/** No member has a longer name. */
const LONGEST_NAME = 50;

/** How many letters two names begin with alike, whatever their case. */
function alike(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}

const UNKNOWN = 'is not known here';

/**
 * What `schema` refuses of the value at `path`. The value is read once more for it, since only a
 * reading that keeps inputs can tell a missing member from a wrong one.
 */
export function issuesOf(value: unknown, schema: z.ZodType, path: Path): Issue[] {
  const { error } = schema.safeParse(value, { reportInput: true });
  return (error?.issues ?? []).flatMap((issue) => toIssues(issue, path));
}

function toIssues(issue: ZodIssue, outer: Path): Issue[] {
  const path = [...outer, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => fault('unknown-member', pointer([...path, name]), UNKNOWN));
  }
  if (issue.code === 'invalid_union') {
    const inner = closest(issue.errors);
    if (inner === undefined) return [fault('type', pointer(path), 'has the wrong type')];
    return inner.flatMap((one) => toIssues(one, path));
  }
  if (issue.code === 'invalid_key') {
    const [first] = issue.issues;
    return [fault('unknown-member', pointer(path), first?.message ?? UNKNOWN)];
  }
  return [fault(codeOf(issue), pointer(path), messageOf(issue))];
}

/** Of the ways a value could have been meant, the one whose type fits. */
function closest(ways: readonly ZodIssue[][]): ZodIssue[] | undefined {
  return ways.find(
    (way) => !way.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
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
