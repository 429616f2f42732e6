// Civil dates (`YYYY-MM-DD`, no clock, no zone) and the day of a visit. Pure: no "today" in here.
import { memoizeLast } from '../../memoize.ts';
import type { DateValue } from '../schema/members.ts';
import type { ImsRecord } from '../schema/record.ts';
import { daysInMonth } from '../schema/values.ts';

/** The last day a date as precise as known may mean: a month's last day, a year's 31 December. */
export function lastDay(partial: string): string {
  const { year, month = 12, day } = partsOf(partial);
  return civil(year, month, day ?? daysInMonth(year, month));
}

/** The first day a date as precise as known may mean. */
export function firstDay(partial: string): string {
  const { year, month = 1, day = 1 } = partsOf(partial);
  return civil(year, month, day);
}

/** The last day a date of the record may mean; undefined where words alone say when. */
export function lastDayOf(value: DateValue): string | undefined {
  const known = typeof value === 'string' ? value : (value.date ?? value.latestDate);
  return known === undefined ? undefined : lastDay(known);
}

/** The first day a date of the record may mean; undefined where only a latest day is known. */
export function firstDayOf(value: DateValue): string | undefined {
  const known = typeof value === 'string' ? value : value.date;
  return known === undefined ? undefined : firstDay(known);
}

/** The same day of the month `months` later, or that month's last day where it has no such day. */
export function addMonths(date: string, months: number): string {
  const { year, month = 1, day = 1 } = partsOf(date);
  const count = year * 12 + month - 1 + months;
  const later = { year: Math.floor(count / 12), month: (count % 12) + 1 };
  return civil(later.year, later.month, Math.min(day, daysInMonth(later.year, later.month)));
}

/** The day `days` later. */
export function addDays(date: string, days: number): string {
  const { year, month = 1, day = 1 } = partsOf(date);
  const later = new Date(0);
  // Not Date.UTC, which takes the year 26 for 1926.
  later.setUTCFullYear(year, month - 1, day + days);
  return civil(later.getUTCFullYear(), later.getUTCMonth() + 1, later.getUTCDate());
}

/** True for a date with its day. */
export function isFullDate(partial: string): boolean {
  return partial.length === 10;
}

/** The calendar day on which `instant` falls in an IANA time zone. */
export function civilDate(instant: string, timeZone: string): string {
  // The formatter's locale writes month/day/year, which is read in half the time of its parts.
  const [month = 1, day = 1, year = 0] = formatterOf(timeZone)
    .format(new Date(instant))
    .split('/')
    .map(Number);
  return civil(year, month, day);
}

const reckoned = memoizeLast((record: ImsRecord) => ({ day: reckonedDate(record) }));

/** The day of the visit in the clinic's zone; undefined where the chart has no full date. */
export function visitDate(record: ImsRecord): string | undefined {
  return reckoned(record).day;
}

function reckonedDate({ visit, clinic }: ImsRecord): string | undefined {
  if (visit?.startAt !== undefined && clinic !== undefined) {
    return civilDate(visit.startAt, clinic.timeZone);
  }
  return visit?.date !== undefined && isFullDate(visit.date) ? visit.date : undefined;
}

function partsOf(partial: string): { year: number; month?: number; day?: number } {
  const [year = 0, month, day] = partial.split('-').map(Number);
  return {
    year,
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  };
}

/** Written with four digits of year, so that dates compare as text; past 9999 is its last day. */
function civil(year: number, month: number, day: number): string {
  if (year > 9999) return '9999-12-31';
  const digits = (value: number, count: number) => String(value).padStart(count, '0');
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

// A formatter takes some 50 microseconds to make, one call 1; a process meets few zones. The bound
// keeps hostile input (a zone has many spellings) from filling memory.
const MAX_FORMATTERS = 100;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}
