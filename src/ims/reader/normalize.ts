// Checks and normalises a record member by member. Visits only the members that are present, which
// takes about half as long as parsing with the zod schema of the whole record; a test compares the two.
import type { z } from 'zod';
import { memoize } from '../../memoize.ts';
import { sorterOf } from '../schema/canonical-order.ts';
import type { Group, Leaf, List, Member, ObjectValues } from '../schema/members.ts';
import {
  EMPTY_MESSAGE,
  isInstant,
  isKey,
  isPartialDate,
  isPlain,
  MAX_ENTRIES,
  TOO_MANY_MESSAGE,
} from '../schema/values.ts';
import { isObjectValues } from '../schema/walk.ts';
import type { IssueList } from './issue-list.ts';
import { addSchemaIssues, addUnknownMember } from './zod-issues.ts';

/**
 * The normal form of an object of `group`. Adds issues for unknown members, missing ones and invalid
 * values; with any of these the result must not be used.
 */
export function normalize(value: unknown, group: Group, issues: IssueList): unknown {
  return normalizeGroup(value, group, { path: [], issues });
}

/** The current position; `path` is reused. */
interface Cursor {
  readonly path: (string | number)[];
  readonly issues: IssueList;
}

type Normalizer = (value: unknown, cursor: Cursor) => unknown;

interface MemberPlan {
  readonly name: string;
  /** Undefined for the general members. */
  readonly label: string | undefined;
  /** Position in the normal form. */
  readonly rank: number;
  readonly normalize: Normalizer;
}

interface GroupPlan {
  readonly members: ReadonlyMap<string, MemberPlan>;
  readonly required: readonly string[];
}

const planOf = memoize(({ schema, members }: Group): GroupPlan => {
  const schemas = Object.entries((schema as z.ZodObject).shape);
  const plans = schemas.map(([name, memberSchema], rank): [string, MemberPlan] => {
    const member = members[name];
    const normalize = normalizerOf(member, memberSchema as z.ZodType);
    return [name, { name, label: member?.label, rank, normalize }];
  });
  const required = schemas.map(([name]) => name).filter((name) => isRequired(members[name]));
  return { members: new Map(plans), required };
});

function isRequired(member: Member | undefined): boolean {
  return member?.need === 'required';
}

function normalizerOf(member: Member | undefined, schema: z.ZodType): Normalizer {
  if (member?.kind === 'group') return (value, cursor) => normalizeGroup(value, member, cursor);
  if (member?.kind === 'list') {
    const sort = sorterOf(member);
    return (value, cursor) => sort(normalizeEntries(value, member, cursor));
  }
  const isNormal = member === undefined ? undefined : normalFormTestOf(member);
  if (isNormal === undefined) return (value, cursor) => normalizeLeaf(value, schema, cursor);
  return (value, cursor) => {
    if (!isNormal(value)) return normalizeLeaf(value, schema, cursor);
    return Array.isArray(value) ? [...value] : value;
  };
}

/**
 * A fast test that is true for most values in normal form, so that only the others are parsed by the
 * schema. Undefined for kinds without such a test.
 */
function normalFormTestOf(leaf: Leaf): ((value: unknown) => boolean) | undefined {
  switch (leaf.kind) {
    case 'code':
    case 'unit':
    case 'codes': {
      const codes = new Set<string>(leaf.kind === 'unit' ? leaf.units : leaf.set.codes);
      const isCode = (value: string) => codes.has(value);
      return leaf.kind === 'codes' ? sortedSetTest(isCode) : stringTest(isCode);
    }
    case 'text':
    case 'id':
      return stringTest(isPlain);
    case 'ids':
      return sortedSetTest(isPlain);
    case 'key':
    case 'keyOf':
      return stringTest(isKey);
    case 'keys':
      return sortedSetTest(isKey);
    case 'instant':
      return stringTest(isInstant);
    case 'date':
    case 'day':
      return stringTest(isPartialDate);
    default:
      return undefined;
  }
}

function stringTest(test: (value: string) => boolean): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && test(value);
}

/** True for a sorted list of strings that pass `test`, without duplicates. */
function sortedSetTest(test: (value: string) => boolean): (value: unknown) => boolean {
  const isEntry = stringTest(test);
  return (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_ENTRIES &&
    value.every((entry, index) => isEntry(entry) && (index === 0 || value[index - 1] < entry));
}

function normalizeGroup(value: unknown, group: Group, cursor: Cursor): ObjectValues | undefined {
  const { path, issues } = cursor;
  if (!isObjectValues(value)) {
    issues.addError('type', path, 'must be an object');
    return undefined;
  }
  const plan = planOf(group);
  for (const name of plan.required) {
    if (value[name] === undefined) issues.addError('required', [...path, name], 'is required');
  }
  const object: Record<string, unknown> = {};
  for (const { name, normalize } of presentMembers(value, plan, cursor)) {
    path.push(name);
    object[name] = normalize(value[name], cursor);
    path.pop();
  }
  return object;
}

/** The members with a value, by rank. Reports unknown members. */
function presentMembers(value: ObjectValues, { members }: GroupPlan, cursor: Cursor): MemberPlan[] {
  const present: MemberPlan[] = [];
  let isSorted = true;
  for (const name of Object.keys(value)) {
    const member = members.get(name);
    if (member === undefined) {
      addUnknownMember(name, members, cursor);
    } else if (value[name] !== undefined) {
      isSorted &&= (present.at(-1)?.rank ?? -1) < member.rank;
      present.push(member);
    }
  }
  return isSorted ? present : present.sort((a, b) => a.rank - b.rank);
}

function normalizeEntries(value: unknown, { of: group }: List, cursor: Cursor): unknown[] {
  const { path, issues } = cursor;
  if (!Array.isArray(value)) {
    issues.addError('type', path, 'must be an array');
    return [];
  }
  if (value.length === 0) issues.addError('empty', path, EMPTY_MESSAGE);
  if (value.length > MAX_ENTRIES) {
    issues.addError('range', path, TOO_MANY_MESSAGE);
    return [];
  }
  return value.map((entry: unknown, index) => {
    path.push(index);
    const normal = normalizeGroup(entry, group, cursor) ?? {};
    path.pop();
    return normal;
  });
}

function normalizeLeaf(value: unknown, schema: z.ZodType, cursor: Cursor): unknown {
  // Checked before parsing, which would create an issue for each entry.
  if (sizeOf(value) > MAX_ENTRIES) {
    cursor.issues.addError('range', cursor.path, TOO_MANY_MESSAGE);
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  addSchemaIssues(value, schema, cursor);
  return undefined;
}

/** The number of entries of an array or of members of an object; 0 for other values. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return isObjectValues(value) ? Object.keys(value).length : 0;
}
