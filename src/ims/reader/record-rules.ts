// The rules that the schema does not express: keys are unique, references can be resolved, a visit has
// content, documents have their SHA-256. Clinical rules are not among them: they never reject a record.
// Checks the record as it was sent, like object-rules.ts.
import { createHash } from 'node:crypto';
import { memoize } from '../../memoize.ts';
import type { Group, KeySetMember, List, ObjectValues, TextMember } from '../schema/members.ts';
import { pointer } from '../schema/pointer.ts';
import { MAX_ENTRIES } from '../schema/values.ts';
import { eachObject, isObjectValues, membersWhere, type Path } from '../schema/walk.ts';
import type { IssueList } from './issue-list.ts';

/** The sections of a record; each record has at least one. */
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

/** Adds an issue for each violation. */
export function checkRecordRules(record: ObjectValues, issues: IssueList): void {
  const names = collectNames(record, issues);
  checkItemReferences(record, names, issues);
  checkPractitionerReferences(record, names, issues);
  checkIdentifiers(record, issues);
  if (record.recordId === '.' || record.recordId === '..') {
    issues.addError('format', ['recordId'], 'must not be . or .., which are path steps in a URL');
  }
  checkSections(record, issues);
  checkScreeningBasis(record, issues);
  checkDigests(record, issues);
}

interface Reference {
  /** Key of an item or id of a practitioner. */
  readonly id: string;
  readonly path: Path;
}

/** The keys of all items, and all references to items and practitioners. */
interface Names {
  readonly keys: Map<string, Path>;
  readonly itemReferences: Reference[];
  readonly practitionerReferences: Reference[];
}

function collectNames(record: ObjectValues, issues: IssueList): Names {
  const keys = new Map<string, Path>();
  const lowerCaseKeys = new Map<string, Path>();
  const itemReferences: Reference[] = [];
  const practitionerReferences: Reference[] = [];
  const addKey = (key: unknown, path: Path): void => {
    if (typeof key !== 'string') return;
    // Servers may compare identifiers without case, so `a` and `A` count as the same key.
    const lowerCase = key.toLowerCase();
    const first = lowerCaseKeys.get(lowerCase);
    keys.set(key, path);
    if (first === undefined) lowerCaseKeys.set(lowerCase, path);
    else issues.addError('key-twice', path, `must be unique; also used at ${pointer(first)}`);
  };
  eachObject(record, (object, group, path) => {
    for (const [name, { kind }] of namingMembers(group)) {
      const value = object[name];
      if (value === undefined) continue;
      if (kind === 'key') addKey(value, [...path, name]);
      else if (kind === 'keyOf' || kind === 'keys') {
        // Next to a recordId, a key is that of an item of the other record.
        if (object.recordId === undefined) addReferences(value, [...path, name], itemReferences);
      } else if (kind === 'ids' || PRACTITIONER_MEMBERS.has(name)) {
        addReferences(value, [...path, name], practitionerReferences);
      }
    }
    if (!group.general) return;
    addReferences(object.complaintKeys, [...path, 'complaintKeys'], itemReferences);
    addReferences(object.baseline, [...path, 'baseline'], itemReferences);
  });
  return { keys, itemReferences, practitionerReferences };
}

/** Members with a key, with keys of other items, or with ids (of practitioners, among others). */
const namingMembers = memoize((group: Group) =>
  membersWhere(group, (member): member is TextMember | KeySetMember =>
    ['key', 'keyOf', 'keys', 'id', 'ids'].includes(member.kind),
  ),
);

/** Members with the id of one practitioner. */
const PRACTITIONER_MEMBERS: ReadonlySet<string> = new Set(['decidedBy', 'author']);

function addReferences(value: unknown, path: Path, references: Reference[]): void {
  if (typeof value === 'string') references.push({ id: value, path });
  if (!Array.isArray(value) || value.length > MAX_ENTRIES) return;
  value.forEach((id: unknown, index) => {
    if (typeof id === 'string') references.push({ id, path: [...path, index] });
  });
}

function checkItemReferences(
  record: ObjectValues,
  { keys, itemReferences }: Names,
  issues: IssueList,
): void {
  const unresolved = itemReferences.filter(({ id }) => !canBeReferenced(keys.get(id)));
  // If items could not be read, their keys are unknown.
  if (unresolved.length === 0 || hasMalformedItems(record)) return;
  for (const { path } of unresolved) {
    if (DOCUMENT_MEMBERS.has(path.at(-1) ?? '')) {
      issues.addWarning('unknown-key', path, 'references a document that is not in this record');
    } else {
      issues.addError('unknown-key', path, 'references an item that is not in this record');
    }
  }
}

/** References to documents only warn: a server without files must not cost the structured record. */
const DOCUMENT_MEMBERS: ReadonlySet<string | number> = new Set(['documentKey', 'drawing']);

/** Injuries of staff never leave the clinic, so nothing may reference them. */
function canBeReferenced(path: Path | undefined): boolean {
  return path !== undefined && path[0] !== 'staffEvents';
}

/** True if a member for items with keys is not an object or a list of objects, anywhere. */
function hasMalformedItems(record: ObjectValues): boolean {
  let isMalformed = false;
  eachObject(record, (object, group) => {
    isMalformed ||= membersWithKeys(group).some(([name, { kind }]) => {
      const value = object[name];
      if (value === undefined) return false;
      if (kind === 'group') return !isObjectValues(value);
      return !Array.isArray(value) || !value.every(isObjectValues);
    });
  });
  return isMalformed;
}

/** Groups and lists with items that have keys, at any depth. */
const membersWithKeys = memoize((group: Group) =>
  membersWhere(
    group,
    (member): member is Group | List =>
      (member.kind === 'group' && hasKeys(member)) ||
      (member.kind === 'list' && hasKeys(member.of)),
  ),
);

function hasKeys(group: Group): boolean {
  const hasOwnKey = Object.values(group.members).some(({ kind }) => kind === 'key');
  return hasOwnKey || membersWithKeys(group).length > 0;
}

function checkPractitionerReferences(
  { practitioners = [] }: ObjectValues,
  { practitionerReferences }: Names,
  issues: IssueList,
): void {
  if (!Array.isArray(practitioners)) return;
  const ids = new Set(
    practitioners.map((person: unknown) => (isObjectValues(person) ? person.id : undefined)),
  );
  for (const { id, path } of practitionerReferences) {
    if (ids.has(id)) continue;
    issues.addError('unknown-practitioner', path, 'references a practitioner who is not listed');
  }
}

/** Identifier systems of ims-fhir. Identifiers from outside in them could be those of other people. */
const OWN_SYSTEMS = 'https://ims-fhir.org/';

function checkIdentifiers(record: ObjectValues, issues: IssueList): void {
  const { patient, practitioners, source } = record;
  const people: [Path, unknown][] = [[['patient'], patient]];
  if (Array.isArray(practitioners)) {
    for (const [index, person] of practitioners.entries()) {
      people.push([['practitioners', index], person]);
    }
  }
  for (const [path, person] of people) {
    const identifiers = isObjectValues(person) ? person.identifiers : undefined;
    if (!Array.isArray(identifiers)) continue;
    for (const [index, identifier] of identifiers.entries()) {
      const system: unknown = isObjectValues(identifier) ? identifier.system : undefined;
      if (typeof system !== 'string') continue;
      if (!system.startsWith(OWN_SYSTEMS) && !system.startsWith(`${source}#`)) continue;
      const message = 'must not be an identifier system that only ims-fhir assigns';
      issues.addError('reserved', [...path, 'identifiers', index, 'system'], message);
    }
  }
}

function checkSections(record: ObjectValues, issues: IssueList): void {
  if (record.status === 'entered-in-error') return;
  if (record.kind === 'contact') checkContact(record, issues);
  else if (record.visit === undefined) issues.addError('required', ['visit'], 'is required');
  if (record.clinic === undefined) issues.addError('required', ['clinic'], 'is required');
  if (SECTIONS.every((name) => record[name] === undefined)) {
    issues.addError('empty-visit', [], `must have at least one of: ${SECTIONS.join(', ')}`);
  }
}

/** R16: a contact without a visit is exactly one contact, without needling. */
function checkContact(record: ObjectValues, issues: IssueList): void {
  const { contacts } = record;
  if (!Array.isArray(contacts) || contacts.length !== 1) {
    const message = 'must have exactly one entry in a record of kind contact';
    issues.addError('exactly-one', ['contacts'], message);
  }
  for (const name of ['visit', 'session']) {
    if (record[name] === undefined) continue;
    issues.addError('contradiction', [name], 'is not allowed in a record of kind contact');
  }
}

/** P06: a session is based on the screening in this record, on that in another record, or on none. */
function checkScreeningBasis(record: ObjectValues, issues: IssueList): void {
  const screening = isObjectValues(record.session) ? record.session.screening : undefined;
  if (!isObjectValues(screening)) return;
  const { basis, recordId } = screening;
  const basisPath = ['session', 'screening', 'basis'];
  const idPath = ['session', 'screening', 'recordId'];
  if (basis === 'other-record' && recordId === undefined) {
    issues.addError('required', idPath, 'is required if basis is other-record');
  }
  if (recordId !== undefined && recordId === record.recordId) {
    issues.addError('contradiction', idPath, 'must not be the id of this record');
  }
  if (basis !== 'other-record' && basis !== undefined && recordId !== undefined) {
    issues.addError('contradiction', idPath, 'is not allowed unless basis is other-record');
  }
  if (basis === 'this-record' && record.screening === undefined) {
    const message = 'must not be this-record: this record has no screening';
    issues.addError('contradiction', basisPath, message);
  }
}

/**
 * Warns of each document whose content has another SHA-256 than the record gives. Not an error: a file
 * that is damaged for good, such as an old scan, must not cause its visit to be rejected, and a server
 * that changed the content must not prevent the record from being read back.
 */
function checkDigests({ documents }: ObjectValues, issues: IssueList): void {
  if (!Array.isArray(documents) || documents.length > MAX_ENTRIES) return;
  documents.forEach((document: unknown, index) => {
    if (!isObjectValues(document) || !isMismatch(document)) return;
    const message = 'must be the SHA-256 of the content; one of the two is damaged';
    issues.addWarning('digest', ['documents', index, 'sha256'], message);
  });
}

/** False for invalid base64 and invalid digests, which their own schemas reject. */
function isMismatch({ data, sha256 }: ObjectValues): boolean {
  if (typeof data !== 'string' || typeof sha256 !== 'string') return false;
  const bytes = Buffer.from(data, 'base64');
  return createHash('sha256').update(bytes).digest('hex') !== sha256.toLowerCase();
}
