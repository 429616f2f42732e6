// Sorts records by time of the visit. Shared resources have the content of the latest visit. A partial
// date sorts as its last day; equal times are ordered by time of recording, then by record id.
import { memoizeLast } from '../../memoize.ts';
import type { DateValue } from '../schema/members.ts';
import type { ImsRecord } from '../schema/record.ts';
import { lastDayOf } from './dates.ts';

/** The sort key of a record. A record without the time of a visit or contact sorts by `recordedAt`. */
export const visitOrder = memoizeLast((record: ImsRecord): string => {
  const { visit, contacts, recordedAt, recordId } = record;
  const [contact] = contacts ?? [];
  const time =
    visit?.startAt ?? endOfDay(visit?.date) ?? contact?.at ?? endOfDay(contact?.date) ?? recordedAt;
  return [sortableInstant(time), sortableInstant(recordedAt), recordId].join(' ');
});

/** Milliseconds with a fixed number of digits. ISO text would sort wrongly after the year 9999. */
export function sortableInstant(instant: string): string {
  return String(Date.parse(instant) + 1e15).padStart(17, '0');
}

function endOfDay(date: DateValue | undefined): string | undefined {
  const day = date === undefined ? undefined : lastDayOf(date);
  return day === undefined ? undefined : `${day}T23:59:59.999Z`;
}
