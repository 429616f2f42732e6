// Rules of form over a whole record: keys once and resolved, people who are named are there, a
// visit holds something. Form only: no clinical rule ever refuses a record.
import type { Issue } from '../errors.ts';
import type { Group, Member } from './members.ts';
import { pointer } from './pointer.ts';
import { record } from './record.ts';

type Path = readonly (string | number)[];
type Values = Readonly<Record<string, unknown>>;

/** Sections of which a visit holds at least one. */
const SECTIONS = ['assessment', 'screening', 'session', 'consents', 'events'] as const;

/** Every breach of form that only the whole record shows. */
export function checkWhole(value: Values): Issue[] {
  const found: Found = { keys: new Map(), keyUses: [], idUses: [], issues: [] };
  collect(value, record, { path: [], found });
  for (const { name, path } of found.keyUses) {
    if (!found.keys.has(name))
      add(found.issues, 'unknown-key', path, 'names no item of this record');
  }
  checkPractitioners(value, found);
  checkSections(value, found.issues);
  checkScreeningBasis(value, found.issues);
  return found.issues;
}

interface Use {
  readonly name: string;
  readonly path: Path;
}

interface Found {
  readonly keys: Map<string, Path>;
  readonly keyUses: Use[];
  readonly idUses: Use[];
  readonly issues: Issue[];
}

interface Place {
  readonly path: Path;
  readonly found: Found;
}

function collect(value: Values, group: Group, { path, found }: Place): void {
  for (const [name, member] of Object.entries(group.members)) {
    if (value[name] !== undefined) {
      collectMember(value[name], member, { path: [...path, name], found });
    }
  }
  if (!group.general) return;
  const { complaintKeys, baseline } = value;
  if (Array.isArray(complaintKeys)) useKeys(complaintKeys, [...path, 'complaintKeys'], found);
  if (typeof baseline === 'string') useKeys([baseline], [...path, 'baseline'], found);
}

function collectMember(value: unknown, member: Member, { path, found }: Place): void {
  if (member.kind === 'group' && isValues(value)) collect(value, member, { path, found });
  if (member.kind === 'list' && Array.isArray(value)) {
    value.forEach((entry, index) => {
      if (isValues(entry)) collect(entry, member.of, { path: [...path, index], found });
    });
  }
  if (member.kind === 'keyOf') useKeys([value], path, found);
  if (member.kind === 'keys' && Array.isArray(value)) useKeys(value, path, found);
  if (member.kind === 'ids' && Array.isArray(value)) {
    value.forEach((name, index) => {
      if (typeof name === 'string') found.idUses.push({ name, path: [...path, index] });
    });
  }
  const isPerson = path.at(-1) === 'decidedBy' || path.at(-1) === 'author';
  if (member.kind === 'id' && isPerson && typeof value === 'string') {
    found.idUses.push({ name: value, path });
  }
  if (member.kind === 'key' && typeof value === 'string') defineKey(value, path, found);
}

function defineKey(name: string, path: Path, found: Found): void {
  const first = found.keys.get(name);
  if (first === undefined) found.keys.set(name, path);
  else add(found.issues, 'key-twice', path, `is used already at ${pointer(first)}`);
}

function useKeys(names: readonly unknown[], path: Path, found: Found): void {
  names.forEach((name, index) => {
    if (typeof name !== 'string') return;
    found.keyUses.push({ name, path: names.length === 1 ? path : [...path, index] });
  });
}

function checkPractitioners(value: Values, found: Found): void {
  const listed = Array.isArray(value.practitioners) ? value.practitioners : [];
  const known = new Set(listed.map((one: unknown) => (isValues(one) ? one.id : undefined)));
  for (const { name, path } of found.idUses) {
    if (known.has(name)) continue;
    add(found.issues, 'unknown-practitioner', path, 'names nobody listed in practitioners');
  }
}

function checkSections(value: Values, issues: Issue[]): void {
  if (value.status === 'entered-in-error') return;
  if (value.visit === undefined) add(issues, 'required', ['visit'], 'is missing');
  if (value.clinic === undefined) add(issues, 'required', ['clinic'], 'is missing');
  if (SECTIONS.every((name) => value[name] === undefined)) {
    add(issues, 'empty-visit', [], `holds none of ${SECTIONS.join(', ')}`);
  }
}

/** P06: a session rests on this record's screening, on another record's, or says there is none. */
function checkScreeningBasis(value: Values, issues: Issue[]): void {
  const session = value.session;
  const screening = isValues(session) ? session.screening : undefined;
  if (!isValues(screening)) return;
  const { basis, recordId } = screening;
  const path = ['session', 'screening'];
  if (basis === 'other-record' && recordId === undefined) {
    add(issues, 'required', [...path, 'recordId'], 'is missing: which record holds the screening?');
  }
  if (basis !== 'other-record' && basis !== undefined && recordId !== undefined) {
    add(
      issues,
      'contradiction',
      [...path, 'recordId'],
      'stands beside a basis that is no other record',
    );
  }
  if (basis === 'this-record' && value.screening === undefined) {
    add(issues, 'contradiction', [...path, 'basis'], 'says this record, which holds no screening');
  }
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function add(issues: Issue[], code: string, path: Path, message: string): void {
  issues.push({ severity: 'error', code, path: pointer(path), message });
}
