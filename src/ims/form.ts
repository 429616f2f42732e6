// Rules of form that the tree of members declares, checked in every object alike: what is needed,
// what excludes each other, order of times, names of words as written, `other` with its words.
import type { Issue } from '../errors.ts';
import type { Group, Member } from './members.ts';
import { pointer } from './pointer.ts';
import { record } from './record.ts';

type Path = readonly (string | number)[];
type Values = Readonly<Record<string, unknown>>;

/** Every breach of form in a record that its schemas let pass. */
export function checkForm(value: Values): Issue[] {
  const issues: Issue[] = [];
  checkGroup(value, record, { path: [], issues });
  return issues;
}

interface Place {
  readonly path: Path;
  readonly issues: Issue[];
}

function checkGroup(value: Values, group: Group, place: Place): void {
  checkNeeded(value, group, place);
  checkRules(value, group, place);
  for (const [name, member] of Object.entries(group.members)) {
    if (value[name] === undefined) continue;
    checkMember(value[name], member, { ...place, path: [...place.path, name] });
  }
}

function checkMember(value: unknown, member: Member, place: Place): void {
  if (member.kind === 'group' && isValues(value)) checkGroup(value, member, place);
  if (member.kind === 'list' && Array.isArray(value)) checkEntries(value, member, place);
}

function checkEntries(entries: unknown[], list: Member & { kind: 'list' }, place: Place): void {
  const names = new Set<unknown>();
  entries.forEach((entry, index) => {
    if (!isValues(entry)) return;
    const path = [...place.path, index];
    checkGroup(entry, list.of, { ...place, path });
    // Keys are checked over the whole record; other names within their own list.
    if (list.by === undefined || list.by === 'key') return;
    const name = entry[list.by];
    if (names.has(name))
      add(place.issues, 'name-twice', [...path, list.by], 'stands twice in this list');
    names.add(name);
  });
}

function checkNeeded(value: Values, group: Group, { path, issues }: Place): void {
  for (const [name, member] of Object.entries(group.members)) {
    if (member.need === 'words' && !stands(value, name)) {
      add(issues, 'required', [...path, name], 'is missing; its words in asWritten would do');
    }
    if (group.general && (member.kind === 'code' || member.kind === 'codes')) {
      const chosen = [value[name]].flat();
      if (chosen.includes('other') && value.text === undefined && !hasWords(value, name)) {
        add(issues, 'other-without-text', [...path, name], 'is "other" and needs text');
      }
    }
    if (value[name] !== undefined && isValues(value.absent) && name in value.absent) {
      add(
        issues,
        'absent-but-there',
        [...path, 'absent', name],
        'says why a value is missing that stands there',
      );
    }
  }
}

function checkRules(value: Values, group: Group, { path, issues }: Place): void {
  for (const names of group.rules.exactlyOne ?? []) {
    const standing = names.filter((name) => stands(value, name));
    if (standing.length !== 1) {
      add(issues, 'exactly-one', path, `needs exactly one of ${names.join(', ')}`);
    }
  }
  for (const [first, last] of group.rules.inOrder ?? []) {
    const [start, end] = [value[first], value[last]];
    if (
      typeof start === 'string' &&
      typeof end === 'string' &&
      Date.parse(end) < Date.parse(start)
    ) {
      add(issues, 'time-order', [...path, last], `is before ${first}`);
    }
  }
}

function stands(value: Values, name: string): boolean {
  return value[name] !== undefined || hasWords(value, name);
}

function hasWords(value: Values, name: string): boolean {
  return isValues(value.asWritten) && value.asWritten[name] !== undefined;
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function add(issues: Issue[], code: string, path: Path, message: string): void {
  issues.push({ severity: 'error', code, path: pointer(path), message });
}
