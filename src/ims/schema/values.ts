// Schemas of single values (text, ids, dates, numbers). Values are normalised when read, never later.
import { z } from 'zod';

/** Most entries of a list: far more than any visit needs, few enough to be read quickly. */
export const MAX_ENTRIES = 1_000;

/** Message for an empty text, list or object. */
export const EMPTY_MESSAGE = 'must not be empty; omit the member instead';

/** Message for more than MAX_ENTRIES entries. */
export const TOO_MANY_MESSAGE = 'must have at most 1,000 entries';

/** Longest text; longer ones belong in documents. */
export const MAX_TEXT = 100_000;

// Control characters (Unicode class Cc) other than tab, line feed and carriage return.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the rule rejects exactly these
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the rule rejects exactly these
const ANY_CONTROL = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is NFC
const ASCII = /^[\u0000-\u007f]*$/;

/** ASCII without control characters, as most text is. */
const PRINTABLE = /^[\t\n\r -~]*$/;

/**
 * Combining marks in a row: as many as Unicode's Stream-Safe Text Format allows
 * (https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format). Normalisation sorts each run of
 * them in quadratic time: 100,000 marks took 6 s.
 */
const MAX_MARKS = 30;
const MARKS = /\p{M}+/gu;

/** What is wrong with free text, except for its length; undefined if nothing is. */
function faultOfText(value: string): string | undefined {
  if (PRINTABLE.test(value)) return undefined;
  if (!value.isWellFormed()) return 'must not contain a lone surrogate (half a character)';
  if (CONTROL.test(value)) return 'must not contain control characters';
  for (const [run] of value.matchAll(MARKS)) {
    if (run.length > MAX_MARKS) return `must have at most ${MAX_MARKS} combining marks in a row`;
  }
  return undefined;
}

/** Free text: trimmed, NFC, line breaks as `\n`; no lone surrogate, no control character. */
export const textSchema = z
  .string()
  .check((text) => {
    const message = faultOfText(text.value);
    // Ends the checks: such a text must not be normalised.
    if (message !== undefined) {
      text.issues.push({ code: 'custom', input: text.value, message, continue: false });
    }
  })
  .overwrite(cleanText)
  .min(1, EMPTY_MESSAGE)
  // Checked after normalisation: NFC lengthens some scripts, and its result must be valid again.
  .max(MAX_TEXT, 'must be at most 100,000 characters long');

/** Trimmed, NFC, line breaks as `\n`. */
export function cleanText(value: string): string {
  const trimmed = value.trim();
  const lines = trimmed.includes('\r') ? trimmed.replace(/\r\n?/g, '\n') : trimmed;
  return ASCII.test(lines) ? lines : lines.normalize('NFC');
}

/** An id assigned elsewhere (record, patient, episode …): 1-200 characters, stored unchanged. */
export const idSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(200, 'must be at most 200 characters long')
  .refine((value) => value.isWellFormed(), 'must not contain a lone surrogate (half a character)')
  .refine((value) => !ANY_CONTROL.test(value), 'must not contain control characters');

const KEY = /^[A-Za-z0-9.-]{1,36}$/;

/** Largest document, in characters of base64. */
const MAX_DATA = 15_000_000;

/** A media type without parameters (RFC 6838). */
export const mediaSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/,
    'must be a media type such as application/pdf',
  );

/** The content of a file in base64, without white space. */
export const dataSchema = z
  .string()
  .max(MAX_DATA, 'must be at most 15 million characters long')
  .refine(isBase64, 'must be base64 without white space');

/** A SHA-256 digest in hexadecimal. */
export const digestSchema = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, 'must be a SHA-256 of 64 hexadecimal digits');

function isBase64(value: string): boolean {
  return value.length > 0 && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value);
}

/** A key: identifies an item across all revisions and becomes part of identifiers. */
export const keySchema = z
  .string()
  .regex(KEY, 'must be a key: 1 to 36 characters of A-Z a-z 0-9 - .');

/** True for a key. */
export function isKey(value: string): boolean {
  return KEY.test(value);
}

/** True for text or an id that needs no normalisation: printable ASCII, trimmed. */
export function isPlain(value: string): boolean {
  return value.length <= 200 && /^[!-~](?:[ -~]*[!-~])?$/.test(value);
}

/** An absolute URI without spaces. */
export const uriSchema = z
  .string()
  .max(300, 'must be at most 300 characters long')
  .regex(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\p{Cc}\p{Cs}]+$/u, 'must be an absolute URI');

/** A date-time with seconds and offset. */
export const instantSchema = z
  .string()
  .refine(
    isInstant,
    'must be an RFC 3339 date-time with seconds and offset (2026-03-02T09:30:00-08:00)',
  );

/** A date as precise as known: `2026`, `2026-03`, `2026-03-02`. */
export const partialDateSchema = z
  .string()
  .refine(isPartialDate, 'must be an existing date: 2026, 2026-03 or 2026-03-02');

const knownZones = new Set<string>();

/** An IANA time zone that this runtime supports. */
export const zoneSchema = z
  .string()
  .refine(isZone, 'must be an IANA time zone such as America/Vancouver');

function isZone(value: string): boolean {
  if (knownZones.has(value)) return true;
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
  } catch {
    return false;
  }
  // The limit keeps hostile input from filling the memory: a zone has many spellings.
  if (knownZones.size < 600) knownZones.add(value);
  return true;
}

/** A date, or the chart's wording with the date or the latest possible date. */
export const dateSchema = z.union([
  partialDateSchema,
  z.strictObject({
    dateText: textSchema,
    date: partialDateSchema.optional(),
    latestDate: partialDateSchema.optional(),
  }),
]);

/** A FHIR positiveInt. */
export const positiveSchema = z
  .number()
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(2_147_483_647, 'must be at most 2147483647');

interface NumberBounds {
  readonly whole: boolean | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** A finite number with at most six decimals; `-0` is read as `0`. */
function plainNumber({ whole, min, max }: NumberBounds) {
  let schema = z
    .number()
    .refine((value) => Math.abs(value) < 1e9, 'must be less than 1,000,000,000 in magnitude')
    .refine(hasSixDecimals, 'must have at most six decimals');
  if (whole === true) schema = schema.refine(Number.isInteger, 'must be a whole number');
  if (min !== undefined) schema = schema.min(min, `must be at least ${min}`);
  if (max !== undefined) schema = schema.max(max, `must be at most ${max}`);
  return schema.overwrite((value) => (value === 0 ? 0 : value));
}

function hasSixDecimals(value: number): boolean {
  return Number.isInteger(value) || Number(value.toFixed(6)) === value;
}

/** A number without unit and limits, for clinic-specific data. */
const scalarSchema = plainNumber({ whole: undefined, min: undefined, max: undefined });

/** Clinic-specific data by URI: text, numbers without unit, true or false. */
export const extrasSchema = z
  .record(
    uriSchema,
    z.union([textSchema, scalarSchema, z.boolean()], 'must be a text, a number or a boolean'),
  )
  .refine((extras) => Object.keys(extras).length <= MAX_ENTRIES, TOO_MANY_MESSAGE);

/** A number within limits, or `{ low, high }` where the chart gives a range. */
export function numberSchema(bounds: NumberBounds): z.ZodType {
  const number = plainNumber(bounds);
  const range = z
    .strictObject({ low: number.optional(), high: number.optional() })
    .refine((value) => value.low !== undefined || value.high !== undefined, 'requires low or high')
    .refine(
      (value) => value.low === undefined || value.high === undefined || value.low <= value.high,
      'high must be at least low',
    );
  return z.union([number, range]);
}

const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

/** True for an existing date-time with seconds and offset. */
export function isInstant(value: string): boolean {
  const match = INSTANT.exec(value);
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** True for an existing `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export function isPartialDate(value: string): boolean {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(value);
  if (match === null) return false;
  return isDay(Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1));
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= daysInMonth(year, month);
}

/** Days of a month of the Gregorian calendar; `month` counts from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
