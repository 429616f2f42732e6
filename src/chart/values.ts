// Renders single values as text: codes, numbers with units, dates and times.
import type { Leaf } from '../ims/schema/members.ts';
import { display, isCode } from '../terminology/codes.ts';

/** The display of a code; for a code without a display, such as `not-done`, its words: "Not done". */
export function renderCode(code: string): string {
  if (isCode(code)) return display(code);
  return /^[a-z]+(-[a-z]+)*$/.test(code) ? upperFirst(code.replaceAll('-', ' ')) : code;
}

/** The level of a segment code: "C5" for `segment-c5`. */
export function renderSegment(code: string): string {
  return code.replace('segment-', '').toUpperCase();
}

/** Renders a value: displays of codes, ranges as "3 to 5", numbers with their unit. */
export function renderLeaf(leaf: Leaf, value: unknown): string {
  switch (leaf.kind) {
    case 'code':
      return renderCodeOf(leaf.set.name, String(value));
    case 'codes':
      return joinEntries((value as string[]).map((code) => renderCodeOf(leaf.set.name, code)));
    case 'keys':
    case 'ids':
      return joinEntries(value as string[]);
    case 'number':
      // Kelvin is used for temperature differences only, and clinicians read those in °C.
      return renderAmount(value, leaf.unit === 'K' ? 'Cel' : leaf.unit);
    case 'date':
      return renderDate(value);
    case 'instant':
      return renderInstant(String(value));
    case 'local':
      return Object.entries(value as Record<string, unknown>)
        .map(([name, scalar]) => `${name} = ${String(scalar)}`)
        .join('; ');
    default:
      return String(value);
  }
}

function renderCodeOf(set: string, code: string): string {
  return set === 'segment' ? renderSegment(code) : renderCode(code);
}

/** Joins entries with commas, or with semicolons when an entry contains a comma. */
export function joinEntries(entries: readonly string[]): string {
  return entries.join(entries.some((entry) => entry.includes(',')) ? '; ' : ', ');
}

/** A Map and not an object, because a clinic's unit may be any text, even `constructor`. */
const UNITS: ReadonlyMap<string, readonly [singular: string, plural: string]> = new Map(
  Object.entries({
    s: ['second', 'seconds'],
    h: ['hour', 'hours'],
    d: ['day', 'days'],
    wk: ['week', 'weeks'],
    mo: ['month', 'months'],
    a: ['year', 'years'],
    deg: ['degree', 'degrees'],
    Cel: ['°C', '°C'],
    '[degF]': ['°F', '°F'],
    'mm[Hg]': ['mmHg', 'mmHg'],
    '/min': ['per minute', 'per minute'],
  } satisfies Readonly<Record<string, readonly [string, string]>>),
);

/** Renders a number or range with its UCUM unit: "6 to 7 of 10", "at least 3", "2 days". */
export function renderAmount(value: unknown, unit: string | undefined): string {
  const number = renderNumber(value);
  if (unit === undefined || unit === '{count}' || unit === '1') return number;
  if (unit === '{score}') return `${number} of 10`;
  const [singular, plural] = UNITS.get(unit) ?? [unit, unit];
  return `${number} ${value === 1 ? singular : plural}`;
}

function renderNumber(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { low, high } = value as { low?: number; high?: number };
  if (low === undefined) return `at most ${high}`;
  return high === undefined ? `at least ${low}` : `${low} to ${high}`;
}

function renderDate(value: unknown): string {
  if (typeof value === 'string') return value;
  const { dateText, date, latestDate } = value as Record<string, string | undefined>;
  const dates = [date, latestDate === undefined ? undefined : `at the latest ${latestDate}`];
  const inBrackets = dates.filter((part) => part !== undefined).join(', ');
  return inBrackets === '' ? String(dateText) : `${dateText} (${inBrackets})`;
}

/** "2026-10-14 09:30 -07:00": the local time and offset as written; seconds are omitted when 0. */
export function renderInstant(instant: string): string {
  const [day = '', clock = ''] = instant.split('T');
  const time = /^[\d:.]+/.exec(clock)?.[0] ?? clock;
  const offset = clock.slice(time.length);
  return `${day} ${time.replace(/:00(\.0+)?$/, '')} ${offset === 'Z' ? 'UTC' : offset}`;
}

/**
 * Lower-cases the first letter, for use within a sentence. A text with a second capital letter and the
 * name Achilles stay unchanged: they are proper names or abbreviations.
 */
export function lowerFirst(text: string): string {
  const isCommonNoun = /^[A-Z][a-z][^A-Z]*$/.test(text) && !text.startsWith('Achilles');
  return isCommonNoun ? (text[0] ?? '').toLowerCase() + text.slice(1) : text;
}

function upperFirst(text: string): string {
  return (text[0] ?? '').toUpperCase() + text.slice(1);
}
