// Sorts records by time of the visit. Shared resources have the content of the latest visit. A partial
// date sorts as its last day; equal times are ordered by time of recording, then by record id.
import { memoizeLast } from '../../memoize.ts';
import type { ImsRecord } from '../schema/record.ts';
import { daysInMonth } from '../schema/values.ts';

/** The sort key of a record. A record without the time of a visit or contact sorts by `recordedAt`. */
export const visitOrder = memoizeLast((record: ImsRecord): string => {
  const { visit, contacts, recordedAt, recordId } = record;
  const [contact] = contacts ?? [];
  const contactDate = typeof contact?.date === 'string' ? contact.date : undefined;
  const time =
    visit?.startAt ?? endOfDay(visit?.date) ?? contact?.at ?? endOfDay(contactDate) ?? recordedAt;
  return [sortableInstant(time), sortableInstant(recordedAt), recordId].join(' ');
});

/** Milliseconds with a fixed number of digits. ISO text would sort wrongly after the year 9999. */
export function sortableInstant(instant: string): string {
  return String(Date.parse(instant) + 1e15).padStart(17, '0');
}

function endOfDay(date: string | undefined): string | undefined {
  if (date === undefined) return undefined;
  const [year = '', month = '12', day] = date.split('-');
  const last = day ?? String(daysInMonth(Number(year), Number(month))).padStart(2, '0');
  return `${year}-${month}-${last}T23:59:59.999Z`;
}
