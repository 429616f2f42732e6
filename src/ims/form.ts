// Rules of form that the tree of members declares, checked in every object alike: what is needed,
// what excludes each other, order of times, names of words as written, `other` with its words.
// Takes the record as it came, before any cleaning: positions are the sender's, and a value that
// its schema refuses still stands, so nothing is called missing that is only faulty.
import type { Issue } from '../errors.ts';
import type { Code, Codes, Group, List, LocalMember, Member } from './members.ts';
import { pointer } from './pointer.ts';
import { isInstant } from './values.ts';
import {
  eachObject,
  hasWords,
  isValues,
  membersWhere,
  type Path,
  stands,
  type Values,
} from './walk.ts';

/** Every breach of form that the tree of members declares. */
export function checkForm(value: Values): Issue[] {
  const issues: Issue[] = [];
  eachObject(value, (object, group, path) => {
    const place = { path, issues };
    checkNeeded(object, group, place);
    checkOther(object, group, place);
    checkAbsent(object, group, place);
    checkRules(object, group, place);
    checkNamesOfEntries(object, group, place);
    checkMaps(object, group, place);
    checkEmpty(object, group, place);
  });
  return issues;
}

interface Place {
  readonly path: Path;
  readonly issues: Issue[];
}

const neededByWords = membersWhere((member): member is Member => member.need === 'words');
const needed = membersWhere((member): member is Member => member.need !== 'may');

/** Members that may say `other`, which says nothing without words. */
const mayBeOther = membersWhere(
  (member): member is Code | Codes =>
    (member.kind === 'code' || member.kind === 'codes') && member.set.codes.includes('other'),
);

/** Lists named otherwise than by key; keys are checked over the whole record. */
const namedLists = membersWhere(
  (member): member is List & { by: string } =>
    member.kind === 'list' && member.by !== undefined && member.by !== 'key',
);

const locals = membersWhere((member): member is LocalMember => member.kind === 'local');

function checkNeeded(object: Values, group: Group, { path, issues }: Place): void {
  for (const [name] of neededByWords(group)) {
    if (stands(object, name)) continue;
    add(issues, 'required', [...path, name], 'is missing; its words in asWritten would do');
  }
}

function checkOther(object: Values, group: Group, { path, issues }: Place): void {
  if (!group.general || object.text !== undefined) return;
  for (const [name] of mayBeOther(group)) {
    const chosen = object[name];
    const isOther = chosen === 'other' || (Array.isArray(chosen) && chosen.includes('other'));
    if (!isOther || hasWords(object, name)) continue;
    add(issues, 'other-without-text', [...path, name], 'is "other" and needs text');
  }
}

function checkAbsent(object: Values, group: Group, { path, issues }: Place): void {
  if (!group.general || !isValues(object.absent)) return;
  for (const name of Object.keys(object.absent)) {
    if (!Object.hasOwn(group.members, name) || object[name] === undefined) continue;
    const message = 'says why a value is missing that stands there';
    add(issues, 'absent-but-there', [...path, 'absent', name], message);
  }
}

function checkRules(object: Values, { rules }: Group, { path, issues }: Place): void {
  for (const names of rules.exactlyOne ?? []) {
    const standing = names.filter((name) => stands(object, name));
    if (standing.length !== 1) {
      add(issues, 'exactly-one', path, `needs exactly one of ${names.join(', ')}`);
    }
  }
  for (const [first, last] of rules.inOrder ?? []) {
    if (isBefore(object[last], object[first])) {
      add(issues, 'time-order', [...path, last], `is before ${first}`);
    }
  }
}

function isBefore(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  return isInstant(one) && isInstant(other) && Date.parse(one) < Date.parse(other);
}

function checkNamesOfEntries(object: Values, group: Group, { path, issues }: Place): void {
  for (const [list, { by }] of namedLists(group)) {
    const entries = object[list];
    if (!Array.isArray(entries)) continue;
    const names = new Set<unknown>();
    entries.forEach((entry: unknown, index) => {
      const name = isValues(entry) ? entry[by] : undefined;
      if (name !== undefined && names.has(name)) {
        add(issues, 'name-twice', [...path, list, index, by], 'stands twice in this list');
      }
      names.add(name);
    });
  }
}

/** zod passes over a member called `__proto__` of a map; everything unknown is refused here. */
function checkMaps(object: Values, group: Group, place: Place): void {
  for (const [name] of locals(group)) checkMap(object, name, place);
  if (!group.general) return;
  checkMap(object, 'asWritten', place);
  checkMap(object, 'absent', place);
}

function checkMap(object: Values, name: string, { path, issues }: Place): void {
  const map = object[name];
  if (!isValues(map) || !Object.hasOwn(map, '__proto__')) return;
  add(issues, 'unknown-member', [...path, name, '__proto__'], 'is no member');
}

/** An object without members says nothing, like an empty text or list. */
function checkEmpty(object: Values, group: Group, { path, issues }: Place): void {
  if (needed(group).length > 0 || group.rules.exactlyOne !== undefined) return;
  for (const name in object) if (object[name] !== undefined) return;
  add(issues, 'empty', path, 'is empty; leave it out instead');
}

function add(issues: Issue[], code: string, path: Path, message: string): void {
  issues.push({ severity: 'error', code, path: pointer(path), message });
}
