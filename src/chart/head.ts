// Whose chart it is, of which visit, and in which record it stands: the head and foot of every page.
import type { ImsRecord } from '../ims/schema/record.ts';
import { renderInstant } from './values.ts';

/** "Maren Okafor, born 1979-04-02", and "2026-10-14 09:30 -07:00 · Harbour Physio · record V1 …". */
export function headOf(record: ImsRecord): { who: string; visit: string } {
  const { patient, visit, contacts = [], clinic, recordId, revision } = record;
  const { name, birthDate } = patient;
  const parts = [name?.given, name?.family].filter((part) => part !== undefined);
  const called = name?.text ?? (parts.length === 0 ? `Patient ${patient.id}` : parts.join(' '));
  const at = visit?.startAt ?? contacts[0]?.at;
  const when = at === undefined ? visit?.date : renderInstant(at);
  const known = [when, clinic?.name, `record ${recordId}, revision ${revision}`];
  return {
    who: birthDate === undefined ? called : `${called}, born ${birthDate}`,
    visit: known.filter((part) => part !== undefined).join(' · '),
  };
}
