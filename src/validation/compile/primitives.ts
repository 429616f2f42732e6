// Checks the values of primitive datatypes, such as dates and URIs.
import { timeSpanOf } from '../../fhir/dates.ts';
import { memoize } from '../../memoize.ts';
import type { Json } from '../json.ts';

/** Why a primitive value is invalid. */
export interface PrimitiveFault {
  readonly kind: 'type' | 'format' | 'calendar' | 'empty' | 'length';
  readonly message: string;
  readonly severity?: 'warning';
}

/** R4: strings are at most 1 MB long. */
const MAX_LENGTH = 1_048_576;

const YEAR = '(?:\\d(?:\\d(?:\\d[1-9]|[1-9]0)|[1-9]00)|[1-9]000)';
const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?';
const ZONE = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))';

/**
 * The format of each type that is a string in JSON: https://hl7.org/fhir/R4/datatypes.html#primitive
 * For strings R4 publishes `[ \r\n\t\S]+`, which rejects the non-breaking space of French text. HL7's
 * validator accepts any character, and so does this one.
 */
const FORMATS: Readonly<Record<string, RegExp | 'any'>> = {
  string: 'any',
  markdown: 'any',
  xhtml: 'any',
  code: /^\S+( \S+)*$/,
  id: /^[A-Za-z0-9\-.]{1,64}$/,
  uri: /^\S+$/,
  url: /^\S+$/,
  // Absolute, or the id of a contained resource as a fragment.
  canonical: /^(#\S*|[A-Za-z][A-Za-z0-9+.-]*:\S+)$/,
  oid: /^urn:oid:[0-2](\.(0|[1-9]\d*))+$/,
  uuid: /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  date: new RegExp(`^${YEAR}(?:-${MONTH}(?:-${DAY})?)?$`),
  dateTime: new RegExp(`^${YEAR}(?:-${MONTH}(?:-${DAY}(?:T${TIME}${ZONE})?)?)?$`),
  instant: new RegExp(`^${YEAR}-${MONTH}-${DAY}T${TIME}${ZONE}$`),
  time: new RegExp(`^${TIME}$`),
};

/** The smallest and largest value of each integer type. */
const INTEGER_RANGES: Readonly<Record<string, readonly [number, number]>> = {
  integer: [-2_147_483_648, 2_147_483_647],
  unsignedInt: [0, 2_147_483_647],
  positiveInt: [1, 2_147_483_647],
};

const DATE_TYPES = new Set(['date', 'dateTime', 'instant']);

/** Checks a value of one primitive type; undefined when it is valid. */
export type PrimitiveCheck = (value: Json) => PrimitiveFault | undefined;

/** The check for a type. */
export const primitiveCheckOf = memoize((type: string): PrimitiveCheck => {
  const format = type === 'base64Binary' ? isBase64 : FORMATS[type];
  if (format !== undefined) {
    const hasFormat = format instanceof RegExp ? (text: string) => format.test(text) : format;
    const stringType = {
      type,
      isDate: DATE_TYPES.has(type),
      hasFormat: hasFormat === 'any' ? undefined : hasFormat,
    };
    return (value) => stringFault(value, stringType);
  }
  if (type === 'boolean') {
    return (value) => (typeof value === 'boolean' ? undefined : fault('type', 'must be a boolean'));
  }
  const [least, largest] = INTEGER_RANGES[type] ?? [];
  return (value) => {
    if (typeof value !== 'number') return fault('type', 'must be a number');
    if (least === undefined || largest === undefined) return undefined;
    const isInRange = Number.isInteger(value) && value >= least && value <= largest;
    return isInRange
      ? undefined
      : fault('format', `must be an integer from ${least} to ${largest}`);
  };
});

/** A primitive type whose values are JSON strings. */
interface StringType {
  readonly type: string;
  /** Undefined where any text is allowed. */
  readonly hasFormat: ((text: string) => boolean) | undefined;
  readonly isDate: boolean;
}

function stringFault(
  value: Json,
  { type, hasFormat, isDate }: StringType,
): PrimitiveFault | undefined {
  if (typeof value !== 'string') return fault('type', 'must be a string');
  if (value === '') return fault('empty', 'must not be an empty string');
  if (value.length > MAX_LENGTH && type !== 'base64Binary') {
    return fault('length', 'must be at most 1 MB long');
  }
  if (hasFormat?.(value) === false) return fault('format', `is not a valid FHIR ${type}`);
  if (isDate && mayBeInvalidDay(value) && timeSpanOf(value) === undefined) {
    return fault('calendar', 'is not an existing calendar date');
  }
  if (!isBlank(value)) return undefined;
  return { ...fault('empty', 'should not consist of white space only'), severity: 'warning' };
}

/** Only days after the 28th need a look at the calendar. */
function mayBeInvalidDay(date: string): boolean {
  return date.length >= 10 && date.slice(8, 10) > '28';
}

function isBlank(value: string): boolean {
  return value.charCodeAt(0) <= 32 && value.trim() === '';
}

function isBase64(value: string): boolean {
  // White space is removed only where needed: the data is often long and rarely broken into lines.
  const compact = BASE64.test(value) ? value : value.replace(/\s+/g, '');
  return compact.length % 4 === 0 && (compact === value || BASE64.test(compact));
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

function fault(kind: PrimitiveFault['kind'], message: string): PrimitiveFault {
  return { kind, message };
}
