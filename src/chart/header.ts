// Page header and footer of a chart: which patient, which visit, which record.
import type { ImsRecord } from '../ims/schema/record.ts';
import { renderInstant } from './values.ts';

/** "Maren Okafor, born 1979-04-02", and "2026-10-14 09:30 -07:00 · Harbour Physio · record V1 …". */
export function headerOf(record: ImsRecord): { patient: string; visit: string } {
  const { patient, visit, contacts = [], clinic, recordId, revision } = record;
  const { name, birthDate } = patient;
  const nameParts = [name?.given, name?.family].filter((part) => part !== undefined);
  const joinedName = nameParts.length === 0 ? `Patient ${patient.id}` : nameParts.join(' ');
  const fullName = name?.text ?? joinedName;
  const startAt = visit?.startAt ?? contacts[0]?.at;
  const when = startAt === undefined ? visit?.date : renderInstant(startAt);
  const visitParts = [when, clinic?.name, `record ${recordId}, revision ${revision}`];
  return {
    patient: birthDate === undefined ? fullName : `${fullName}, born ${birthDate}`,
    visit: visitParts.filter((part) => part !== undefined).join(' · '),
  };
}
