// The order of visits, which decides whose content shared resources have. A partial date counts as its
// last day; ties are resolved by the time of recording, then by record id.

import type { ImsRecord } from '../schema/record.ts';
import { daysInMonth } from '../schema/values.ts';

/** Text that sorts by visit time; a record without a visit or contact sorts by time of recording. */
export function visitOrder({ visit, contacts, recordedAt, recordId }: ImsRecord): string {
  const [contact] = contacts ?? [];
  const contactDate = typeof contact?.date === 'string' ? contact.date : undefined;
  const when =
    visit?.startAt ?? endOf(visit?.date) ?? contact?.at ?? endOf(contactDate) ?? recordedAt;
  return [sortable(when), sortable(recordedAt), recordId].join(' ');
}

/** An instant as text that sorts: milliseconds since the year -29719; ISO text fails after 9999. */
export function sortable(instant: string): string {
  return String(Date.parse(instant) + 1e15).padStart(17, '0');
}

function endOf(date: string | undefined): string | undefined {
  if (date === undefined) return undefined;
  const [year = '', month = '12', day] = date.split('-');
  const last = day ?? String(daysInMonth(Number(year), Number(month))).padStart(2, '0');
  return `${year}-${month}-${last}T23:59:59.999Z`;
}
