// Single values in words: codes, numbers with their units, dates, moments. Knows no object.
import type { Leaf } from '../ims/members.ts';
import { display, isCode } from '../terminology/codes.ts';

/** A code as a clinician would say it; codes of other systems (`not-done`) in plain words. */
export function sayCode(code: string): string {
  if (isCode(code)) return display(code);
  return /^[a-z]+(-[a-z]+)*$/.test(code) ? upperFirst(code.replaceAll('-', ' ')) : code;
}

/** A segment by its level: `segment-c5` is C5. */
export function saySegment(code: string): string {
  return code.replace('segment-', '').toUpperCase();
}

/** One value in words: codes by display, ranges as "3 to 5", units behind. */
export function sayLeaf(leaf: Leaf, value: unknown): string {
  switch (leaf.kind) {
    case 'code':
      return sayCodeOf(leaf.set.name, String(value));
    case 'codes':
      return joined((value as string[]).map((code) => sayCodeOf(leaf.set.name, code)));
    case 'keys':
    case 'ids':
      return joined(value as string[]);
    case 'number':
      // In kelvin we hold differences of temperature only, and they are read in degrees.
      return sayAmount(value, leaf.unit === 'K' ? 'Cel' : leaf.unit);
    case 'date':
      return sayDate(value);
    case 'instant':
      return sayInstant(String(value));
    case 'local':
      return Object.entries(value as Record<string, unknown>)
        .map(([name, scalar]) => `${name} = ${String(scalar)}`)
        .join('; ');
    default:
      return String(value);
  }
}

function sayCodeOf(set: string, code: string): string {
  return set === 'segment' ? saySegment(code) : sayCode(code);
}

/** Entries in one line; a comma inside one of them must not look like the end of it. */
export function joined(entries: readonly string[]): string {
  return entries.join(entries.some((entry) => entry.includes(',')) ? '; ' : ', ');
}

/** A chart's own unit may be any word, `constructor` among them: hence a map. */
const UNITS: ReadonlyMap<string, readonly [one: string, many: string]> = new Map(
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

/** A number or range with its UCUM unit: "6 to 7 of 10", "at least 3", "2 days". */
export function sayAmount(value: unknown, unit: string | undefined): string {
  const number = sayNumber(value);
  if (unit === undefined || unit === '{count}' || unit === '1') return number;
  if (unit === '{score}') return `${number} of 10`;
  const [one, many] = UNITS.get(unit) ?? [unit, unit];
  return `${number} ${value === 1 ? one : many}`;
}

function sayNumber(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { low, high } = value as { low?: number; high?: number };
  if (low === undefined) return `at most ${high}`;
  return high === undefined ? `at least ${low}` : `${low} to ${high}`;
}

function sayDate(value: unknown): string {
  if (typeof value === 'string') return value;
  const { dateText, date, latestDate } = value as Record<string, string | undefined>;
  const known = [date, latestDate === undefined ? undefined : `at the latest ${latestDate}`];
  const beside = known.filter((part) => part !== undefined).join(', ');
  return beside === '' ? String(dateText) : `${dateText} (${beside})`;
}

/** "2026-10-14 09:30 -07:00": the clock as written with its offset; seconds where there are any. */
export function sayInstant(instant: string): string {
  const [day = '', clock = ''] = instant.split('T');
  const time = /^[\d:.]+/.exec(clock)?.[0] ?? clock;
  const offset = clock.slice(time.length);
  return `${day} ${time.replace(/:00(\.0+)?$/, '')} ${offset === 'Z' ? 'UTC' : offset}`;
}

/**
 * The first letter small, for the middle of a sentence. Names of scales, payers and persons keep
 * theirs: they hold a second capital, or are the one tendon that is called after somebody.
 */
export function lowerFirst(text: string): string {
  const isPlain = /^[A-Z][a-z][^A-Z]*$/.test(text) && !text.startsWith('Achilles');
  return isPlain ? (text[0] ?? '').toLowerCase() + text.slice(1) : text;
}

function upperFirst(text: string): string {
  return (text[0] ?? '').toUpperCase() + text.slice(1);
}
