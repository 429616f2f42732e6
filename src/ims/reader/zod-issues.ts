// zod's issues as this project tells them: a code, a JSON pointer, a sentence without the value.
import { z } from 'zod';
import type { Issue } from '../../errors.ts';
import { labelOf } from './labels.ts';
import { pointer } from './pointer.ts';
import { unknownMessage } from './suggest.ts';

type Path = readonly PropertyKey[];
type ZodIssue = z.core.$ZodIssue;

/** An error at a JSON pointer. */
export function fault(code: string, path: string, message: string): Issue {
  return { severity: 'error', code, path, message };
}

/** A member that the object at `path` does not have; `known` are those it has, by name. */
export function unknownMember(
  name: string,
  path: Path,
  known: ReadonlyMap<string, { readonly label?: string | undefined }>,
): Issue {
  const candidates = [...known].map(([name, { label }]) => ({ name, label }));
  const message = unknownMessage('member', name, candidates);
  return fault('unknown-member', pointer([...path, name]), message);
}

/**
 * What `schema` refuses of the value at `path`. The value is read once more for it, since only a
 * reading that keeps inputs can tell a missing member from a wrong one.
 */
export function issuesOf(value: unknown, schema: z.ZodType, path: Path): Issue[] {
  const { error } = schema.safeParse(value, { reportInput: true });
  const known = error === undefined ? NO_NAMES : namesIn(schema);
  return (error?.issues ?? []).flatMap((issue) => toIssues(issue, path, known));
}

const NO_NAMES: ReadonlyMap<string, object> = new Map();

/** Names of members that an object of `schema`, or of one of its choices, may have. */
function namesIn(schema: unknown): ReadonlyMap<string, object> {
  if (schema instanceof z.ZodOptional) return namesIn(schema.unwrap());
  if (schema instanceof z.ZodUnion) {
    return new Map(schema.options.flatMap((option) => [...namesIn(option)]));
  }
  if (schema instanceof z.ZodObject) return new Map(Object.entries(schema.shape));
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) {
    return new Map(schema.keyType.options.map((name) => [String(name), {}]));
  }
  return NO_NAMES;
}

function toIssues(issue: ZodIssue, outer: Path, known: ReadonlyMap<string, object>): Issue[] {
  const path = [...outer, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => unknownMember(name, path, known));
  }
  if (issue.code === 'invalid_union') {
    const inner = closest(issue.errors);
    if (inner === undefined) return [fault('type', pointer(path), 'has the wrong type')];
    return inner.flatMap((one) => toIssues(one, path, known));
  }
  if (issue.code === 'invalid_key') {
    const [first] = issue.issues;
    return [fault('unknown-member', pointer(path), first?.message ?? 'unknown member')];
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
    const codes = issue.values.map(String);
    const candidates = codes.map((name) => ({ name, label: labelOf(name) }));
    return unknownMessage('code', issue.input, candidates);
  }
  if (issue.code === 'too_small' && issue.origin === 'array')
    return 'is empty; leave it out instead';
  return issue.message;
}

function isMissing(issue: ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.input === undefined;
}
