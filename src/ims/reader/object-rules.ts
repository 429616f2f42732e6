// The rules that the schema defines across the members of one object: required members with their
// wording, mutually exclusive members, order of times, limits, unique entries, `other` with its text.
// Checks the record as it was sent, not its normal form: issues then have the sender's indices, and a
// member with an invalid value does not count as missing.
import { memoize } from '../../memoize.ts';
import type { Bounds, Group, Member, ObjectValues } from '../schema/members.ts';
import { EMPTY_MESSAGE, isInstant, MAX_ENTRIES } from '../schema/values.ts';
import {
  eachObject,
  hasValueOrWording,
  hasWording,
  isObjectValues,
  type Path,
} from '../schema/walk.ts';
import type { IssueList } from './issue-list.ts';

/** Adds an issue for each violation in any object of a record. */
export function checkObjectRules(value: ObjectValues, issues: IssueList): void {
  eachObject(value, (object, group, path) => {
    const context = { path, issues, plan: planOf(group) };
    checkRequired(object, context);
    if (group.general) checkGeneralMembers(object, group, context);
    checkGroupRules(object, group, context);
    checkUniqueEntries(object, context);
    for (const name of context.plan.localMembers) checkMap(object, name, context);
    checkNotEmpty(object, context);
  });
}

interface ObjectContext {
  readonly path: Path;
  readonly issues: IssueList;
  readonly plan: Plan;
}

/** The rules of one group, derived from its members once. */
interface Plan {
  /** Members for which a value or the chart's wording is required. */
  readonly requiredOrAsWritten: readonly string[];
  /** Coded members that allow `other`, which needs text. */
  readonly withOther: readonly string[];
  /** Lists identified by another member than `key`. Keys are unique in the whole record. */
  readonly identifiedLists: readonly { readonly name: string; readonly by: string }[];
  readonly localMembers: readonly string[];
  /** True if a rule requires some member, so an empty object is reported by that rule. */
  readonly requiresMember: boolean;
}

const planOf = memoize(({ members, rules }: Group): Plan => {
  const entries = Object.entries(members);
  const namesOf = (test: (member: Member) => boolean) =>
    entries.flatMap(([name, member]) => (test(member) ? [name] : []));
  return {
    requiredOrAsWritten: namesOf(({ need }) => need === 'required-or-as-written'),
    withOther: namesOf(
      (member) =>
        (member.kind === 'code' || member.kind === 'codes') && member.set.codes.includes('other'),
    ),
    identifiedLists: entries.flatMap(([name, member]) =>
      member.kind === 'list' && member.by !== undefined && member.by !== 'key'
        ? [{ name, by: member.by }]
        : [],
    ),
    localMembers: namesOf(({ kind }) => kind === 'local'),
    requiresMember:
      rules.exactlyOne !== undefined ||
      rules.atLeastOne !== undefined ||
      entries.some(([, { need }]) => need !== 'optional'),
  };
});

function checkRequired(object: ObjectValues, { path, issues, plan }: ObjectContext): void {
  for (const name of plan.requiredOrAsWritten) {
    if (hasValueOrWording(object, name)) continue;
    const message = "is required, or give the chart's own words in asWritten";
    issues.addError('required', [...path, name], message);
  }
}

function checkGeneralMembers(object: ObjectValues, group: Group, context: ObjectContext): void {
  if (object.text === undefined) checkOther(object, context);
  checkAbsent(object, group, context);
  checkMap(object, 'asWritten', context);
  checkMap(object, 'absent', context);
}

function checkOther(object: ObjectValues, { path, issues, plan }: ObjectContext): void {
  for (const name of plan.withOther) {
    const value = object[name];
    const isOther = value === 'other' || (Array.isArray(value) && value.includes('other'));
    if (!isOther || hasWording(object, name)) continue;
    const message = "is other, so text is required, or the chart's own words in asWritten";
    issues.addError('other-without-text', [...path, name], message);
  }
}

function checkAbsent(object: ObjectValues, { members }: Group, context: ObjectContext): void {
  const { path, issues } = context;
  const { absent } = object;
  if (!isObjectValues(absent)) return;
  for (const name of Object.keys(absent)) {
    if (!Object.hasOwn(members, name) || object[name] === undefined) continue;
    const message = 'is not allowed: the member has a value';
    issues.addError('absent-but-there', [...path, 'absent', name], message);
  }
}

function checkGroupRules(
  object: ObjectValues,
  { rules }: Group,
  { path, issues }: ObjectContext,
): void {
  for (const names of rules.exactlyOne ?? []) {
    const present = names.filter((name) => hasValueOrWording(object, name));
    if (present.length === 1) continue;
    issues.addError('exactly-one', path, `must have exactly one of: ${names.join(', ')}`);
  }
  for (const names of rules.atLeastOne ?? []) {
    if (names.some((name) => hasValueOrWording(object, name))) continue;
    issues.addError('required', path, `must have at least one of: ${names.join(', ')}`);
  }
  for (const [first, last] of rules.inOrder ?? []) {
    if (!isBefore(object[last], object[first])) continue;
    issues.addError('time-order', [...path, last], `must not be before ${first}`);
  }
  for (const bounds of rules.within ?? []) {
    if (!isOutOfBounds(object, bounds)) continue;
    issues.addError('range', [...path, bounds.member], boundsMessage(bounds));
  }
}

/** "must be from 0 to 10 unless scale is other". */
function boundsMessage({ from, to, while: condition, unless }: Bounds): string {
  const limits = `must be from ${from} to ${to}`;
  if (condition !== undefined) return `${limits} if ${condition.join(' is ')}`;
  return unless === undefined ? limits : `${limits} unless ${unless.join(' is ')}`;
}

/** True for a number, or an end of a range, outside limits that apply to the object. */
export function isOutOfBounds(object: ObjectValues, bounds: Bounds): boolean {
  const { member, from, to, while: condition, unless } = bounds;
  if (condition !== undefined && object[condition[0]] !== condition[1]) return false;
  if (unless !== undefined && object[unless[0]] === unless[1]) return false;
  const value = object[member];
  const ends = isObjectValues(value) ? [value.low, value.high] : [value];
  return ends.some((end) => typeof end === 'number' && (end < from || end > to));
}

function isBefore(first: unknown, second: unknown): boolean {
  if (typeof first !== 'string' || typeof second !== 'string') return false;
  return isInstant(first) && isInstant(second) && Date.parse(first) < Date.parse(second);
}

function checkUniqueEntries(object: ObjectValues, { path, issues, plan }: ObjectContext): void {
  for (const { name, by } of plan.identifiedLists) {
    const entries = object[name];
    if (!Array.isArray(entries) || entries.length > MAX_ENTRIES) continue;
    const ids = new Set<unknown>();
    entries.forEach((entry: unknown, index) => {
      const id = isObjectValues(entry) ? entry[by] : undefined;
      if (id !== undefined && ids.has(id)) {
        issues.addError('name-twice', [...path, name, index, by], 'must not appear twice');
      }
      ids.add(id);
    });
  }
}

/** Rejects empty maps, and the member `__proto__`, which zod ignores. */
function checkMap(object: ObjectValues, name: string, { path, issues }: ObjectContext): void {
  const map = object[name];
  if (!isObjectValues(map)) return;
  if (Object.keys(map).length === 0) issues.addError('empty', [...path, name], EMPTY_MESSAGE);
  if (!Object.hasOwn(map, '__proto__')) return;
  issues.addError('unknown-member', [...path, name, '__proto__'], 'unknown member');
}

function checkNotEmpty(object: ObjectValues, { path, issues, plan }: ObjectContext): void {
  if (plan.requiresMember) return;
  for (const name in object) if (object[name] !== undefined) return;
  issues.addError('empty', path, EMPTY_MESSAGE);
}
