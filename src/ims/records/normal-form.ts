// Decides whether two records are equal. Sets are sorted when read, instants are compared as times
// without their offset, and numbers by value.
import type { Member, Members, ObjectValues } from '../schema/members.ts';
import { record as definition, type ImsRecord } from '../schema/record.ts';

/** A record in normal form, as text: equal texts are equal records. */
export function normalForm(record: ImsRecord): string {
  return JSON.stringify(normalObject(record, definition.members));
}

/** True for records with the same content. */
export function isSameRecord(a: ImsRecord, b: ImsRecord): boolean {
  return normalForm(a) === normalForm(b);
}

function normalObject(values: ObjectValues, members: Members): ObjectValues {
  const entries = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, unknown] => [name, normalMember(value, name, members[name])])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** The value of one member in normal form. */
export function normalMember(value: unknown, name: string, member: Member | undefined): unknown {
  // General members have no definition; `askedAt` is the only instant among them.
  if (member === undefined) return name === 'askedAt' ? normalInstant(value) : value;
  if (member.kind === 'group') return normalObject(value as ObjectValues, member.members);
  if (member.kind === 'list') return normalList(value as ObjectValues[], member.of.members);
  return member.kind === 'instant' ? normalInstant(value) : value;
}

function normalList(entries: readonly ObjectValues[], members: Members): string[] {
  return entries.map((entry) => JSON.stringify(normalObject(entry, members))).sort();
}

function normalInstant(value: unknown): string {
  return new Date(String(value)).toISOString();
}
