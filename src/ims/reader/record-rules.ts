// Rules of form over a whole record: keys once and resolved, people who are named are there, a
// visit holds something. Form only: no clinical rule ever refuses a record. Takes the record as it
// came, like form.ts.
import { memoize } from '../../memoize.ts';
import type { Group, KeySetMember, List, ObjectValues, TextMember } from '../schema/members.ts';
import { MAX_ENTRIES } from '../schema/values.ts';
import { eachObject, isObjectValues, membersWhere, type Path } from '../schema/walk.ts';
import type { IssueList } from './issue-list.ts';
import { pointer } from './pointer.ts';

/** Sections of which a visit holds at least one. */
const SECTIONS = [
  'assessment',
  'screening',
  'session',
  'consents',
  'refusals',
  'events',
  'contacts',
  'documents',
  'notes',
] as const;

/** Adds every breach of form that only the whole record shows. */
export function checkRecordRules(value: ObjectValues, issues: IssueList): void {
  const found: Found = {
    keys: new Map(),
    folded: new Map(),
    keyUses: [],
    personUses: [],
    issues,
  };
  eachObject(value, (object, group, path) => {
    collectNames(object, group, { path, found });
    if (group.general) collectGeneral(object, { path, found });
  });
  checkKeys(value, found);
  checkPractitioners(value, found);
  checkIdentifiers(value, found.issues);
  if (value.recordId === '.' || value.recordId === '..') {
    add(found.issues, 'format', ['recordId'], 'is a step of a path, which no URL can hold');
  }
  checkSections(value, found.issues);
  checkScreeningBasis(value, found.issues);
}

interface Use {
  readonly name: string;
  readonly path: Path;
}

interface Found {
  readonly keys: Map<string, Path>;
  /** The same in lower case. */
  readonly folded: Map<string, Path>;
  readonly keyUses: Use[];
  readonly personUses: Use[];
  readonly issues: IssueList;
}

interface Place {
  readonly path: Path;
  readonly found: Found;
}

/**
 * Members that name an item of the record or a practitioner. A key beside a `recordId` is one of that
 * record, which is not at hand.
 */
const naming = memoize((group: Group) =>
  membersWhere(
    group,
    (member): member is TextMember | KeySetMember =>
      member.kind === 'key' ||
      member.kind === 'keyOf' ||
      member.kind === 'keys' ||
      member.kind === 'id' ||
      member.kind === 'ids',
  ),
);

function collectNames(object: ObjectValues, group: Group, { path, found }: Place): void {
  for (const [name, { kind }] of naming(group)) {
    const value = object[name];
    if (value === undefined) continue;
    if (kind === 'key') defineKey(value, [...path, name], found);
    else if (kind === 'keyOf' || kind === 'keys') {
      if (object.recordId === undefined) use(value, [...path, name], found.keyUses);
    } else if (kind === 'ids' || isPerson(name)) use(value, [...path, name], found.personUses);
  }
}

/** The names of members that hold one practitioner's id. */
function isPerson(name: string): boolean {
  return name === 'decidedBy' || name === 'author';
}

function collectGeneral({ complaintKeys, baseline }: ObjectValues, { path, found }: Place): void {
  if (complaintKeys !== undefined) use(complaintKeys, [...path, 'complaintKeys'], found.keyUses);
  if (baseline !== undefined) use(baseline, [...path, 'baseline'], found.keyUses);
}

function defineKey(name: unknown, path: Path, found: Found): void {
  if (typeof name !== 'string') return;
  // Servers may compare identifiers without case, so `a` and `A` are one key to them.
  const folded = name.toLowerCase();
  const first = found.folded.get(folded);
  found.keys.set(name, path);
  if (first === undefined) found.folded.set(folded, path);
  else add(found.issues, 'key-twice', path, `is used already at ${pointer(first)}`);
}

function use(value: unknown, path: Path, uses: Use[]): void {
  if (typeof value === 'string') uses.push({ name: value, path });
  if (!Array.isArray(value) || value.length > MAX_ENTRIES) return;
  value.forEach((name: unknown, index) => {
    if (typeof name === 'string') uses.push({ name, path: [...path, index] });
  });
}

/** Members that hold items with keys. */
const holdingKeys = memoize((group: Group) =>
  membersWhere(
    group,
    (member): member is Group | List =>
      (member.kind === 'group' && holdsKeys(member)) ||
      (member.kind === 'list' && holdsKeys(member.of)),
  ),
);

function holdsKeys({ members }: Group): boolean {
  return Object.values(members).some(
    (member) =>
      member.kind === 'key' ||
      (member.kind === 'group' && holdsKeys(member)) ||
      (member.kind === 'list' && holdsKeys(member.of)),
  );
}

/** True where something stands for items with keys that is no object or no list of objects. */
function isTorn(object: ObjectValues, group: Group): boolean {
  return holdingKeys(group).some(([name, { kind }]) => {
    const value = object[name];
    if (value === undefined) return false;
    if (kind === 'group') return !isObjectValues(value);
    return !Array.isArray(value) || !value.every(isObjectValues);
  });
}

function checkKeys(value: ObjectValues, { keys, keyUses, issues }: Found): void {
  const unknown = keyUses.filter(({ name }) => !isNameable(keys.get(name)));
  if (unknown.length === 0 || isAnywhereTorn(value)) return;
  for (const { path } of unknown) {
    if (DOCUMENT_MEMBERS.has(path.at(-1) ?? '')) {
      const message = 'names a document that is not in this record';
      issues.add({ severity: 'warning', code: 'unknown-key', path: pointer(path), message });
    } else add(issues, 'unknown-key', path, 'names no item of this record');
  }
}

/** Members that name a document: a server that takes no files must not cost the structured record. */
const DOCUMENT_MEMBERS: ReadonlySet<string | number> = new Set(['documentKey', 'drawing']);

/** Injuries of staff never leave the clinic, so nothing that does may name one. */
function isNameable(path: Path | undefined): boolean {
  return path !== undefined && path[0] !== 'staffEvents';
}

/** True where items with keys could not be looked at: nobody knows then which keys there are. */
function isAnywhereTorn(value: ObjectValues): boolean {
  let torn = false;
  eachObject(value, (object, group) => {
    torn ||= isTorn(object, group);
  });
  return torn;
}

function checkPractitioners({ practitioners = [] }: ObjectValues, found: Found): void {
  if (!Array.isArray(practitioners)) return;
  const known = new Set(
    practitioners.map((one: unknown) => (isObjectValues(one) ? one.id : undefined)),
  );
  for (const { name, path } of found.personUses) {
    if (known.has(name)) continue;
    add(found.issues, 'unknown-practitioner', path, 'names nobody listed in practitioners');
  }
}

/** Naming systems that only this program writes: given from outside they would name somebody else. */
const OWN_SYSTEMS = 'https://ims-fhir.org/';

function checkIdentifiers(value: ObjectValues, issues: IssueList): void {
  const people = [['patient', value.patient], ...entriesOf(value.practitioners)] as const;
  for (const [path, person] of people) {
    const identifiers = isObjectValues(person) ? person.identifiers : undefined;
    if (!Array.isArray(identifiers)) continue;
    identifiers.forEach((one: unknown, index) => {
      const system = isObjectValues(one) && typeof one.system === 'string' ? one.system : '';
      const isOurs = system.startsWith(OWN_SYSTEMS) || system.startsWith(`${value.source}#`);
      if (!isOurs) return;
      const message = 'is a naming system that only ims-fhir writes';
      add(
        issues,
        'reserved',
        [...String(path).split('/'), 'identifiers', index, 'system'],
        message,
      );
    });
  }
}

function entriesOf(list: unknown): (readonly [string, unknown])[] {
  return Array.isArray(list)
    ? list.map((one, index) => [`practitioners/${index}`, one] as const)
    : [];
}

function checkSections(value: ObjectValues, issues: IssueList): void {
  if (value.status === 'entered-in-error') return;
  if (value.kind === 'contact') checkContact(value, issues);
  else if (value.visit === undefined) add(issues, 'required', ['visit'], 'is missing');
  if (value.clinic === undefined) add(issues, 'required', ['clinic'], 'is missing');
  if (SECTIONS.every((name) => value[name] === undefined)) {
    add(issues, 'empty-visit', [], `holds none of ${SECTIONS.join(', ')}`);
  }
}

/** R16: a contact without a visit is exactly one contact, and nothing was needled. */
function checkContact(value: ObjectValues, issues: IssueList): void {
  const { contacts } = value;
  if (!Array.isArray(contacts) || contacts.length !== 1) {
    add(issues, 'exactly-one', ['contacts'], 'a record of kind contact holds exactly one');
  }
  for (const name of ['visit', 'session'] as const) {
    if (value[name] !== undefined)
      add(
        issues,
        'contradiction',
        [name],
        'may not stand in a contact, which is no visit and has no needling',
      );
  }
}

/** P06: a session rests on this record's screening, on another record's, or says there is none. */
function checkScreeningBasis(value: ObjectValues, issues: IssueList): void {
  const session = value.session;
  const screening = isObjectValues(session) ? session.screening : undefined;
  if (!isObjectValues(screening)) return;
  const { basis, recordId } = screening;
  const path = ['session', 'screening'];
  if (basis === 'other-record' && recordId === undefined) {
    add(issues, 'required', [...path, 'recordId'], 'is missing: which record holds the screening?');
  }
  if (recordId !== undefined && recordId === value.recordId) {
    add(issues, 'contradiction', [...path, 'recordId'], 'names this record itself');
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

function add(issues: IssueList, code: string, path: Path, message: string): void {
  issues.add({ severity: 'error', code, path: pointer(path), message });
}
