// Rules of form that the tree of members declares, checked in every object alike: what is needed,
// what excludes each other, order of times, names of words as written, `other` with its words.
// Takes the record as it came, before any cleaning: positions are the sender's, and a value that
// its schema refuses still stands, so nothing is called missing that is only faulty.
import { memoize } from '../../memoize.ts';
import type { Bounds, Group, Member, ObjectValues } from '../schema/members.ts';
import { isInstant, MAX_ENTRIES } from '../schema/values.ts';
import {
  eachObject,
  hasValueOrWording,
  hasWording,
  isObjectValues,
  type Path,
} from '../schema/walk.ts';
import type { IssueList } from './issue-list.ts';
import { pointer } from './pointer.ts';

/** Adds every breach of form that the tree of members declares. */
export function checkObjectRules(value: ObjectValues, issues: IssueList): void {
  eachObject(value, (object, group, path) => {
    const place = { path, issues, plan: planOf(group) };
    checkNeeded(object, place);
    if (group.general) checkGeneral(object, group, place);
    checkRules(object, group, place);
    checkNamesOfEntries(object, place);
    for (const name of place.plan.locals) checkMap(object, name, place);
    checkEmpty(object, place);
  });
}

interface Place {
  readonly path: Path;
  readonly issues: IssueList;
  readonly plan: Plan;
}

/** What one group declares, read off its members once. */
interface Plan {
  /** Members that must stand, though words alone will do. */
  readonly neededByWords: readonly string[];
  /** Members that may say `other`, which says nothing without words. */
  readonly mayBeOther: readonly string[];
  /** Lists named otherwise than by key; keys are checked over the whole record. */
  readonly namedLists: readonly { readonly name: string; readonly by: string }[];
  readonly locals: readonly string[];
  /** True where some member must stand, so that an empty object is told of already. */
  readonly needsMore: boolean;
}

const planOf = memoize(({ members, rules }: Group): Plan => {
  const named = Object.entries(members);
  const namesOf = (test: (member: Member) => boolean) =>
    named.flatMap(([name, member]) => (test(member) ? [name] : []));
  return {
    neededByWords: namesOf(({ need }) => need === 'required-or-as-written'),
    mayBeOther: namesOf(
      (member) =>
        (member.kind === 'code' || member.kind === 'codes') && member.set.codes.includes('other'),
    ),
    namedLists: named.flatMap(([name, member]) =>
      member.kind === 'list' && member.by !== undefined && member.by !== 'key'
        ? [{ name, by: member.by }]
        : [],
    ),
    locals: namesOf(({ kind }) => kind === 'local'),
    needsMore:
      rules.exactlyOne !== undefined ||
      rules.atLeastOne !== undefined ||
      named.some(([, { need }]) => need !== 'optional'),
  };
});

function checkNeeded(object: ObjectValues, { path, issues, plan }: Place): void {
  for (const name of plan.neededByWords) {
    if (hasValueOrWording(object, name)) continue;
    add(issues, 'required', [...path, name], 'is missing; its words in asWritten would do');
  }
}

function checkGeneral(object: ObjectValues, group: Group, place: Place): void {
  if (object.text === undefined) checkOther(object, place);
  if (object.absent !== undefined) checkAbsent(object, group, place);
  checkMap(object, 'asWritten', place);
  checkMap(object, 'absent', place);
}

function checkOther(object: ObjectValues, { path, issues, plan }: Place): void {
  for (const name of plan.mayBeOther) {
    const chosen = object[name];
    const isOther = chosen === 'other' || (Array.isArray(chosen) && chosen.includes('other'));
    if (!isOther || hasWording(object, name)) continue;
    add(issues, 'other-without-text', [...path, name], 'is "other" and needs text');
  }
}

function checkAbsent(object: ObjectValues, { members }: Group, { path, issues }: Place): void {
  if (!isObjectValues(object.absent)) return;
  for (const name of Object.keys(object.absent)) {
    if (!Object.hasOwn(members, name) || object[name] === undefined) continue;
    const message = 'says why a value is missing that stands there';
    add(issues, 'absent-but-there', [...path, 'absent', name], message);
  }
}

function checkRules(object: ObjectValues, { rules }: Group, { path, issues }: Place): void {
  for (const names of rules.exactlyOne ?? []) {
    const standing = names.filter((name) => hasValueOrWording(object, name));
    if (standing.length !== 1) {
      add(issues, 'exactly-one', path, `needs exactly one of ${names.join(', ')}`);
    }
  }
  for (const names of rules.atLeastOne ?? []) {
    if (names.some((name) => hasValueOrWording(object, name))) continue;
    add(issues, 'required', path, `needs one of ${names.join(', ')}`);
  }
  for (const [first, last] of rules.inOrder ?? []) {
    if (isBefore(object[last], object[first])) {
      add(issues, 'time-order', [...path, last], `is before ${first}`);
    }
  }
  for (const bounds of rules.within ?? []) {
    if (!isBeyond(object, bounds)) continue;
    add(issues, 'range', [...path, bounds.member], sayBounds(bounds));
  }
}

/** "must lie between 0 and 10 unless scale is other". */
function sayBounds({ from, to, while: held, unless }: Bounds): string {
  const says = `must lie between ${from} and ${to}`;
  if (held !== undefined) return `${says} while ${held.join(' is ')}`;
  return unless === undefined ? says : `${says} unless ${unless.join(' is ')}`;
}

/** True for a number, or an end of a range, out of bounds that hold for it. */
export function isBeyond(object: ObjectValues, bounds: Bounds): boolean {
  const { member, from, to, while: held, unless } = bounds;
  if (held !== undefined && object[held[0]] !== held[1]) return false;
  if (unless !== undefined && object[unless[0]] === unless[1]) return false;
  const value = object[member];
  const ends = isObjectValues(value) ? [value.low, value.high] : [value];
  return ends.some((end) => typeof end === 'number' && (end < from || end > to));
}

function isBefore(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  return isInstant(one) && isInstant(other) && Date.parse(one) < Date.parse(other);
}

function checkNamesOfEntries(object: ObjectValues, { path, issues, plan }: Place): void {
  for (const { name: list, by } of plan.namedLists) {
    const entries = object[list];
    if (!Array.isArray(entries) || entries.length > MAX_ENTRIES) continue;
    const names = new Set<unknown>();
    entries.forEach((entry: unknown, index) => {
      const name = isObjectValues(entry) ? entry[by] : undefined;
      if (name !== undefined && names.has(name)) {
        add(issues, 'name-twice', [...path, list, index, by], 'stands twice in this list');
      }
      names.add(name);
    });
  }
}

/** Maps say something, and hold nothing unknown: zod passes over a member called `__proto__`. */
function checkMap(object: ObjectValues, name: string, { path, issues }: Place): void {
  const map = object[name];
  if (!isObjectValues(map)) return;
  if (Object.keys(map).length === 0) add(issues, 'empty', [...path, name], EMPTY);
  if (!Object.hasOwn(map, '__proto__')) return;
  add(issues, 'unknown-member', [...path, name, '__proto__'], 'is not known here');
}

const EMPTY = 'is empty; leave it out instead';

/** An object without members says nothing, like an empty text or list. */
function checkEmpty(object: ObjectValues, { path, issues, plan }: Place): void {
  if (plan.needsMore) return;
  for (const name in object) if (object[name] !== undefined) return;
  add(issues, 'empty', path, EMPTY);
}

function add(issues: IssueList, code: string, path: Path, message: string): void {
  issues.add({ severity: 'error', code, path: pointer(path), message });
}
