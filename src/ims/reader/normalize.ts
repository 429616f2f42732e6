// Cleaning along the tree of members: only what stands is looked at, so that a record costs what it
// holds and not what it could hold. Gives what the whole schema would give in about half the time;
// a test holds the two against each other.
import type { z } from 'zod';
import { memoize } from '../../memoize.ts';
import { sorterOf } from '../schema/canonical-order.ts';
import type { Group, Leaf, List, Member, ObjectValues } from '../schema/members.ts';
import { isInstant, isKey, isPartialDate, isPlain, MAX_ENTRIES } from '../schema/values.ts';
import { isObjectValues } from '../schema/walk.ts';
import type { IssueList } from './issue-list.ts';
import { pointer } from './pointer.ts';
import { fault, issuesOf, unknownMember } from './zod-issues.ts';

/**
 * Cleans an object of `group` and adds issues for unknown members, missing ones and wrong values. The
 * result is of use only where no issue was added.
 */
export function normalize(value: unknown, group: Group, issues: IssueList): unknown {
  return cleanGroup(value, group, { path: [], issues });
}

interface Place {
  readonly path: (string | number)[];
  readonly issues: IssueList;
}

/** How one member is cleaned. */
interface Step {
  readonly name: string;
  /** Undefined for the members that every object may have. */
  readonly label: string | undefined;
  /** Its place in a clean object, whatever order it came in. */
  readonly rank: number;
  readonly clean: (value: unknown, place: Place) => unknown;
}

interface Plan {
  readonly steps: ReadonlyMap<string, Step>;
  readonly needed: readonly string[];
}

const planOf = memoize((group: Group): Plan => {
  const schemas = Object.entries((group.schema as z.ZodObject).shape);
  const steps = schemas.map(([name, schema], rank): [string, Step] => [
    name,
    {
      name,
      label: group.members[name]?.label,
      rank,
      clean: cleanerOf(group.members[name], schema as z.ZodType),
    },
  ]);
  const needed = schemas.map(([name]) => name).filter((name) => isNeeded(group, name));
  return { steps: new Map(steps), needed };
});

function isNeeded({ members }: Group, name: string): boolean {
  return members[name]?.need === 'required';
}

function cleanerOf(member: Member | undefined, schema: z.ZodType): Step['clean'] {
  if (member?.kind === 'group') return (value, place) => cleanGroup(value, member, place);
  if (member?.kind === 'list') {
    const sort = sorterOf(member);
    return (value, place) => sort(cleanEntries(value, member, place));
  }
  const isClean = member === undefined ? undefined : shortcutOf(member);
  if (isClean === undefined) return (value, place) => cleanLeaf(value, schema, place);
  return (value, place) => {
    if (!isClean(value)) return cleanLeaf(value, schema, place);
    return Array.isArray(value) ? [...value] : value;
  };
}

/** What shows at once that most values of a leaf are clean; the others are left to its schema. */
function shortcutOf(leaf: Leaf): ((value: unknown) => boolean) | undefined {
  switch (leaf.kind) {
    case 'code':
    case 'unit':
    case 'codes': {
      const codes = new Set<string>(leaf.kind === 'unit' ? leaf.units : leaf.set.codes);
      const isCode = (value: string) => codes.has(value);
      return leaf.kind === 'codes' ? setOf(isCode) : textOf(isCode);
    }
    case 'text':
    case 'id':
      return textOf(isPlain);
    case 'ids':
      return setOf(isPlain);
    case 'key':
    case 'keyOf':
      return textOf(isKey);
    case 'keys':
      return setOf(isKey);
    case 'instant':
      return textOf(isInstant);
    case 'date':
    case 'day':
      return textOf(isPartialDate);
    default:
      return undefined;
  }
}

function textOf(isClean: (value: string) => boolean): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && isClean(value);
}

/** True for a list of clean entries, each once, that is sorted already. */
function setOf(isClean: (value: string) => boolean): (value: unknown) => boolean {
  const isEntry = textOf(isClean);
  return (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_ENTRIES &&
    value.every((entry, index) => isEntry(entry) && (index === 0 || value[index - 1] < entry));
}

function cleanGroup(value: unknown, group: Group, place: Place): ObjectValues | undefined {
  const { path, issues } = place;
  if (!isObjectValues(value)) {
    issues.add(fault('type', pointer(path), 'must be object'));
    return undefined;
  }
  const plan = planOf(group);
  for (const name of plan.needed) {
    if (value[name] !== undefined) continue;
    issues.add(fault('required', pointer([...path, name]), 'is missing'));
  }
  const object: Record<string, unknown> = {};
  for (const { name, clean } of standing(value, plan, place)) {
    path.push(name);
    object[name] = clean(value[name], place);
    path.pop();
  }
  return object;
}

/** The members that stand, in the order of a clean object; unknown ones are told. */
function standing(value: ObjectValues, { steps }: Plan, { path, issues }: Place): Step[] {
  const found: Step[] = [];
  let isSorted = true;
  for (const name of Object.keys(value)) {
    const step = steps.get(name);
    if (step === undefined) {
      issues.add(unknownMember(name, path, steps));
    } else if (value[name] !== undefined) {
      isSorted &&= (found.at(-1)?.rank ?? -1) < step.rank;
      found.push(step);
    }
  }
  return isSorted ? found : found.sort((a, b) => a.rank - b.rank);
}

function cleanEntries(value: unknown, { of }: List, place: Place): unknown[] {
  const { path, issues } = place;
  if (!Array.isArray(value)) {
    issues.add(fault('type', pointer(path), 'must be array'));
    return [];
  }
  if (value.length === 0) issues.add(fault('empty', pointer(path), EMPTY));
  if (value.length > MAX_ENTRIES) {
    issues.add(fault('range', pointer(path), TOO_MANY));
    return [];
  }
  return value.map((entry: unknown, index) => {
    path.push(index);
    const cleaned = cleanGroup(entry, of, place) ?? {};
    path.pop();
    return cleaned;
  });
}

const EMPTY = 'is empty; leave it out instead';
const TOO_MANY = `must have at most ${MAX_ENTRIES} entries`;

function cleanLeaf(value: unknown, schema: z.ZodType, { path, issues }: Place): unknown {
  // Before its schema reads it: that would make an issue for each entry.
  if (sizeOf(value) > MAX_ENTRIES) {
    issues.add(fault('range', pointer(path), TOO_MANY));
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of issuesOf(value, schema, path)) issues.add(issue);
  return undefined;
}

/** Entries of a list, members of an object; 0 for anything else. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return isObjectValues(value) ? Object.keys(value).length : 0;
}
