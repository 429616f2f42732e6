// Which of two visits is later: decides who may change what they share. A partial date counts as its
// last day; ties are broken by when the record was written, then by its id.

import type { ImsRecord } from '../schema/record.ts';
import { daysInMonth } from '../schema/values.ts';

/** Text that sorts by visit time. A record without a visit sorts by when it was written. */
export function visitOrder({ visit, contacts, recordedAt, recordId }: ImsRecord): string {
  const [contact] = contacts ?? [];
  const said = typeof contact?.date === 'string' ? contact.date : undefined;
  const when = visit?.startAt ?? endOf(visit?.date) ?? contact?.at ?? endOf(said) ?? recordedAt;
  return [sortable(when), sortable(recordedAt), recordId].join(' ');
}

/** A moment as text that sorts: milliseconds since the year -29719, for ISO text does not past 9999. */
export function sortable(instant: string): string {
  return String(Date.parse(instant) + 1e15).padStart(17, '0');
}

function endOf(date: string | undefined): string | undefined {
  if (date === undefined) return undefined;
  const [year = '', month = '12', day] = date.split('-');
  const last = day ?? String(daysInMonth(Number(year), Number(month))).padStart(2, '0');
  return `${year}-${month}-${last}T23:59:59.999Z`;
}
