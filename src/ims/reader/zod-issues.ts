// Reports zod's issues as issues of this project: a code, a JSON pointer, and a message without the value.
import { z } from 'zod';
import codeSystem from '../../../profiles/fsh-generated/resources/CodeSystem-ims.json' with {
  type: 'json',
};
import { EMPTY_MESSAGE } from '../schema/values.ts';
import type { IssueList } from './issue-list.ts';
import { unknownMessage } from './suggest.ts';

type ZodIssue = z.core.$ZodIssue;

/** A value in the document that is being read, and the list of issues to report to. */
export interface Position {
  readonly path: readonly PropertyKey[];
  readonly issues: IssueList;
}

/** The members that an object may have, by name. */
type KnownMembers = ReadonlyMap<string, { readonly label?: string | undefined }>;

/** Reports a member that the object at `position` may not have. */
export function addUnknownMember(name: string, known: KnownMembers, position: Position): void {
  const candidates = [...known].map(([name, { label }]) => ({ name, label }));
  const message = unknownMessage('member', name, candidates);
  position.issues.addError('unknown-member', [...position.path, name], message);
}

/**
 * Reports why `schema` rejects a value. Parses the value once more, because only issues with their input
 * show whether a member is missing or has the wrong type.
 */
export function addSchemaIssues(value: unknown, schema: z.ZodType, position: Position): void {
  const { error } = schema.safeParse(value, { reportInput: true });
  if (error === undefined) return;
  const known = membersOf(schema);
  for (const issue of error.issues) addIssue(issue, known, position);
}

const NO_MEMBERS: KnownMembers = new Map();

/** The members that an object of `schema`, or of one of its options, may have. */
function membersOf(schema: unknown): KnownMembers {
  if (schema instanceof z.ZodOptional) return membersOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) {
    return new Map(schema.options.flatMap((option) => [...membersOf(option)]));
  }
  if (schema instanceof z.ZodObject) return new Map(Object.entries(schema.shape));
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) {
    return new Map(schema.keyType.options.map((name) => [String(name), {}]));
  }
  return NO_MEMBERS;
}

function addIssue(issue: ZodIssue, known: KnownMembers, outer: Position): void {
  const { issues } = outer;
  const position = { path: [...outer.path, ...issue.path], issues };
  if (issue.code === 'unrecognized_keys') {
    for (const name of issue.keys) addUnknownMember(name, known, position);
  } else if (issue.code === 'invalid_union') {
    addUnionIssues(issue.errors, known, position);
  } else if (issue.code === 'invalid_key') {
    const message = issue.issues[0]?.message ?? 'unknown member';
    issues.addError('unknown-member', position.path, message);
  } else {
    issues.addError(codeOf(issue), position.path, messageOf(issue));
  }
}

/** Reports the issues of the option whose type matches; if none does, the types of all options. */
function addUnionIssues(
  options: readonly ZodIssue[][],
  known: KnownMembers,
  position: Position,
): void {
  const mismatches = options.map((option) => option.find(isTypeMismatch));
  const matching = options[mismatches.indexOf(undefined)];
  if (matching === undefined) {
    const types = mismatches.flatMap((issue) => (issue ? [typeName(issue.expected)] : []));
    position.issues.addError('type', position.path, `must be ${types.join(' or ')}`);
    return;
  }
  for (const issue of matching) addIssue(issue, known, position);
}

type TypeIssue = Extract<ZodIssue, { code: 'invalid_type' }>;

/** True if the type of the value itself is wrong, not that of something inside it. */
function isTypeMismatch(issue: ZodIssue): issue is TypeIssue {
  return issue.code === 'invalid_type' && issue.path.length === 0;
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
  if (isMissing(issue)) return 'is required';
  if (issue.code === 'invalid_type') return `must be ${typeName(issue.expected)}`;
  if (issue.code === 'invalid_value') {
    const codes = issue.values.map(String);
    const candidates = codes.map((name) => ({ name, label: labelOf(name) }));
    return unknownMessage('code', issue.input, candidates);
  }
  if (issue.code === 'too_small' && issue.origin === 'array') return EMPTY_MESSAGE;
  return issue.message;
}

// Read from the generated code system: src/terminology is above this folder and must not be imported here.
const labels: ReadonlyMap<string, string> = new Map(
  codeSystem.concept.map(({ code, display }) => [code, display]),
);

/** The label of a code; undefined for a unit and for a code that the profiles do not have yet. */
export function labelOf(code: string): string | undefined {
  return labels.get(code);
}

function isMissing(issue: ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.input === undefined;
}

/** How messages name one of zod's types. */
function typeName(expected: string): string {
  return TYPE_NAMES[expected] ?? `of the type ${expected}`;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'a boolean',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
};
