// Values of a record's leaves: what each kind may hold, cleaned when read and never afterwards.
import { z } from 'zod';

/** Entries a list may hold: far more than any visit, few enough to be read in no time. */
export const MAX_ENTRIES = 1_000;

/** Text longer than this is refused; a whole chart goes into documents. */
export const MAX_TEXT = 100_000;

// Control characters (Unicode class Cc) other than tab, line feed and carriage return.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the rule refuses
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the rule refuses
const ANY_CONTROL = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII needs no normalisation
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

/** What is wrong with free text, its length apart. */
function faultOfText(value: string): string | undefined {
  if (PRINTABLE.test(value)) return undefined;
  if (!value.isWellFormed()) return 'holds half a character (a lone surrogate)';
  if (CONTROL.test(value)) return 'holds a control character';
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
  .min(1, 'is empty; leave the member out instead')
  // Measured when clean: NFC makes some scripts longer, and a clean text must be readable again.
  .max(MAX_TEXT, 'is longer than 100,000 characters');

/** Trimmed, NFC, line breaks as `\n`. */
export function cleanText(value: string): string {
  const trimmed = value.trim();
  const lines = trimmed.includes('\r') ? trimmed.replace(/\r\n?/g, '\n') : trimmed;
  return ASCII.test(lines) ? lines : lines.normalize('NFC');
}

/** A name given outside (record, patient, episode …): 1-200 characters, kept as it is. */
export const idSchema = z
  .string()
  .min(1, 'is empty')
  .max(200, 'is longer than 200 characters')
  .refine((value) => value.isWellFormed(), 'holds half a character (a lone surrogate)')
  .refine((value) => !ANY_CONTROL.test(value), 'holds a control character');

const KEY = /^[A-Za-z0-9.-]{1,36}$/;

/** Documents larger than this are refused: 15 MB of base64. */
const MAX_DATA = 15_000_000;

/** A media type without parameters (RFC 6838). */
export const mediaSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/,
    'is no media type',
  );

/** The bytes of a file as base64, without white space. */
export const dataSchema = z
  .string()
  .max(MAX_DATA, 'is longer than 15 million characters')
  .refine(isBase64, 'is no base64');

/** A SHA-256 as people write it. */
export const digestSchema = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, 'is no SHA-256: 64 hexadecimal digits');

function isBase64(value: string): boolean {
  return value.length > 0 && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value);
}

/** A key: names an item over all revisions and becomes part of identifiers. */
export const keySchema = z.string().regex(KEY, 'is no key: 1 to 36 of A-Z a-z 0-9 - .');

/** True for a key. */
export function isKey(value: string): boolean {
  return KEY.test(value);
}

/** True for text or an id that is clean as it stands: printable ASCII without blanks around it. */
export function isPlain(value: string): boolean {
  return value.length <= 200 && /^[!-~](?:[ -~]*[!-~])?$/.test(value);
}

/** An absolute URI without spaces. */
export const uriSchema = z
  .string()
  .max(300, 'is longer than 300 characters')
  .regex(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\p{Cc}\p{Cs}]+$/u, 'is no absolute URI');

/** A moment: date, time with seconds, offset. */
export const instantSchema = z
  .string()
  .refine(
    isInstant,
    'is no moment: needs a real date, seconds and an offset (2026-03-02T09:30:00-08:00)',
  );

/** A date as precise as known: `2026`, `2026-03`, `2026-03-02`. */
export const partialDateSchema = z
  .string()
  .refine(isPartialDate, 'is no date: 2026, 2026-03 or 2026-03-02, and it must exist');

const knownZones = new Set<string>();

/** An IANA time zone this runtime knows. */
export const zoneSchema = z
  .string()
  .refine(isZone, 'is no IANA time zone such as America/Vancouver');

function isZone(value: string): boolean {
  if (knownZones.has(value)) return true;
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
  } catch {
    return false;
  }
  // A clinic's records name one zone; the bound keeps hostile input from filling memory.
  if (knownZones.size < 600) knownZones.add(value);
  return true;
}

/** A date, or the chart's words for it with the date, or the latest possible one, beside. */
export const dateSchema = z.union([
  partialDateSchema,
  z.strictObject({
    dateText: textSchema,
    date: partialDateSchema.optional(),
    latestDate: partialDateSchema.optional(),
  }),
]);

/** A whole number as FHIR's positiveInt holds it. */
export const positiveSchema = z
  .number()
  .int('is not a whole number')
  .min(1, 'is below 1')
  .max(2_147_483_647, 'is above 2147483647');

interface NumberBounds {
  readonly whole: boolean | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** A number the record may hold: finite, at most six decimals, and `-0` read as `0`. */
function plainNumber({ whole, min, max }: NumberBounds) {
  let schema = z
    .number()
    .refine((value) => Math.abs(value) < 1e9, 'is too large')
    .refine(hasSixDecimals, 'has more than six decimals');
  if (whole === true) schema = schema.refine(Number.isInteger, 'is not a whole number');
  if (min !== undefined) schema = schema.min(min, `is below ${min}`);
  if (max !== undefined) schema = schema.max(max, `is above ${max}`);
  return schema.overwrite((value) => (value === 0 ? 0 : value));
}

function hasSixDecimals(value: number): boolean {
  return Number.isInteger(value) || Number(value.toFixed(6)) === value;
}

const scalarSchema = plainNumber({ whole: undefined, min: undefined, max: undefined });

/** A clinic's own extras by URI: texts, numbers without a unit and without bounds, yes or no. */
export const extrasSchema = z
  .record(
    uriSchema,
    z.union([textSchema, scalarSchema, z.boolean()], 'is no text, number or yes/no'),
  )
  .refine(
    (extras) => Object.keys(extras).length <= MAX_ENTRIES,
    `must have at most ${MAX_ENTRIES} entries`,
  );

/** A number within bounds, or `{ low, high }` where the chart gives a range. */
export function numberSchema(bounds: NumberBounds): z.ZodType {
  const one = plainNumber(bounds);
  const range = z
    .strictObject({ low: one.optional(), high: one.optional() })
    .refine(
      (value) => value.low !== undefined || value.high !== undefined,
      'holds neither low nor high',
    )
    .refine(
      (value) => value.low === undefined || value.high === undefined || value.low <= value.high,
      'high is below low',
    );
  return z.union([one, range]);
}

const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

/** True for a real moment with seconds and offset. */
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
