// Calculates with civil dates (`YYYY-MM-DD`, without time and zone). Never uses the current date.
import { defined } from '../../defined.ts';
import { memoizeLast } from '../../memoize.ts';
import type { DateValue } from '../schema/members.ts';
import type { ImsRecord } from '../schema/record.ts';
import { daysInMonth } from '../schema/values.ts';

/** The last possible day of a partial date: the last day of the month, or 31 December. */
export function lastDay(partial: string): string {
  const { year, month = 12, day } = partsOfDate(partial);
  return formatCivilDate(year, month, day ?? daysInMonth(year, month));
}

/** The first possible day of a partial date. */
export function firstDay(partial: string): string {
  const { year, month = 1, day = 1 } = partsOfDate(partial);
  return formatCivilDate(year, month, day);
}

/** The last possible day of a `date` member; undefined for a date in words only. */
export function lastDayOf(value: DateValue): string | undefined {
  const known = typeof value === 'string' ? value : (value.date ?? value.latestDate);
  return known === undefined ? undefined : lastDay(known);
}

/** The first possible day of a `date` member; undefined for a date in words, even if its latest day is known. */
export function firstDayOf(value: DateValue): string | undefined {
  const known = typeof value === 'string' ? value : value.date;
  return known === undefined ? undefined : firstDay(known);
}

/** The same day of the month `months` later, or the last day of a shorter month. */
export function addMonths(date: string, months: number): string {
  const { year, month = 1, day = 1 } = partsOfDate(date);
  const count = year * 12 + month - 1 + months;
  const later = { year: Math.floor(count / 12), month: (count % 12) + 1 };
  return formatCivilDate(
    later.year,
    later.month,
    Math.min(day, daysInMonth(later.year, later.month)),
  );
}

/** The date `days` later. */
export function addDays(date: string, days: number): string {
  const { year, month = 1, day = 1 } = partsOfDate(date);
  const later = new Date(0);
  // Date.UTC would read the year 26 as 1926.
  later.setUTCFullYear(year, month - 1, day + days);
  return formatCivilDate(later.getUTCFullYear(), later.getUTCMonth() + 1, later.getUTCDate());
}

/** True for a date with year, month and day. */
export function isFullDate(partial: string): boolean {
  return partial.length === 10;
}

/** The calendar day of `instant` in an IANA time zone. */
export function civilDate(instant: string, timeZone: string): string {
  // The formatter gives month/day/year. Splitting that takes half the time of formatToParts.
  const [month = 1, day = 1, year = 0] = formatterOf(timeZone)
    .format(new Date(instant))
    .split('/')
    .map(Number);
  return formatCivilDate(year, month, day);
}

// In an object, because memoizeLast does not keep undefined.
const memoizedVisitDate = memoizeLast((record: ImsRecord) => ({ date: deriveVisitDate(record) }));

/** The date of the visit in the clinic's time zone; undefined if the day is not known. */
export function visitDate(record: ImsRecord): string | undefined {
  return memoizedVisitDate(record).date;
}

function deriveVisitDate({ visit, clinic }: ImsRecord): string | undefined {
  if (visit?.startAt !== undefined && clinic !== undefined) {
    return civilDate(visit.startAt, clinic.timeZone);
  }
  return visit?.date !== undefined && isFullDate(visit.date) ? visit.date : undefined;
}

function partsOfDate(partial: string): { year: number; month?: number; day?: number } {
  const [year = 0, month, day] = partial.split('-').map(Number);
  return { year, ...defined({ month, day }) };
}

/** Formats a date, at most 9999-12-31: with four-digit years, dates compare as text. */
function formatCivilDate(year: number, month: number, day: number): string {
  if (year > 9999) return '9999-12-31';
  const digits = (value: number, count: number) => String(value).padStart(count, '0');
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

// Creating a formatter takes about 50 microseconds, using it 1 microsecond. The limit keeps hostile input
// from filling the memory, because every zone name has many spellings.
const MAX_FORMATTERS = 100;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const existing = formatters.get(timeZone);
  if (existing !== undefined) return existing;
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  const formatter = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}
