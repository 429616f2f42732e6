import { spanOf } from '../../fhir/dates.ts';
import { memoize } from '../../memoize.ts';
import type { Json } from '../json.ts';

/** What is wrong with a primitive, and which kind of fault that is. */
export interface PrimitiveFault {
  readonly kind: 'type' | 'format' | 'calendar' | 'empty' | 'length';
  readonly message: string;
  readonly severity?: 'warning';
}

/** R4: strings have at most 1 MB. */
const LONGEST = 1_048_576;

const YEAR = '(?:\\d(?:\\d(?:\\d[1-9]|[1-9]0)|[1-9]00)|[1-9]000)';
const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?';
const ZONE = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))';

/**
 * The form of each type that is a string in JSON: https://hl7.org/fhir/R4/datatypes.html#primitive
 * For strings R4 publishes `[ \r\n\t\S]+`, which refuses a non-breaking space, so French text; HL7's
 * validator takes any character, and so do we.
 */
const FORMS: Readonly<Record<string, RegExp | 'any'>> = {
  string: 'any',
  markdown: 'any',
  xhtml: 'any',
  code: /^\S+( \S+)*$/,
  id: /^[A-Za-z0-9\-.]{1,64}$/,
  uri: /^\S+$/,
  url: /^\S+$/,
  // Absolute, or a fragment that names what is contained.
  canonical: /^(#\S*|[A-Za-z][A-Za-z0-9+.-]*:\S+)$/,
  oid: /^urn:oid:[0-2](\.(0|[1-9]\d*))+$/,
  uuid: /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  date: new RegExp(`^${YEAR}(?:-${MONTH}(?:-${DAY})?)?$`),
  dateTime: new RegExp(`^${YEAR}(?:-${MONTH}(?:-${DAY}(?:T${TIME}${ZONE})?)?)?$`),
  instant: new RegExp(`^${YEAR}-${MONTH}-${DAY}T${TIME}${ZONE}$`),
  time: new RegExp(`^${TIME}$`),
};

/** The least and the largest value of each type that is a whole number. */
const WHOLE: Readonly<Record<string, readonly [number, number]>> = {
  integer: [-2_147_483_648, 2_147_483_647],
  unsignedInt: [0, 2_147_483_647],
  positiveInt: [1, 2_147_483_647],
};

const DATED = new Set(['date', 'dateTime', 'instant']);

/** Says what is wrong with a value as a primitive of one type; undefined when nothing is. */
export type PrimitiveCheck = (value: Json) => PrimitiveFault | undefined;

/** The check of a type. */
export const primitiveCheckOf = memoize((type: string): PrimitiveCheck => {
  const form = type === 'base64Binary' ? isBase64 : FORMS[type];
  if (form !== undefined) {
    const hasForm = form instanceof RegExp ? (text: string) => form.test(text) : form;
    const asked = {
      type,
      isDated: DATED.has(type),
      hasForm: hasForm === 'any' ? undefined : hasForm,
    };
    return (value) => textFault(value, asked);
  }
  if (type === 'boolean') {
    return (value) =>
      typeof value === 'boolean' ? undefined : wrong('type', 'must be true or false');
  }
  const [least, largest] = WHOLE[type] ?? [];
  return (value) => {
    if (typeof value !== 'number') return wrong('type', 'must be a number');
    if (least === undefined || largest === undefined) return undefined;
    const isWhole = Number.isInteger(value) && value >= least && value <= largest;
    return isWhole ? undefined : wrong('format', `must be a whole number from ${least} on`);
  };
});

interface TextType {
  readonly type: string;
  readonly hasForm: ((text: string) => boolean) | undefined;
  readonly isDated: boolean;
}

function textFault(value: Json, { type, hasForm, isDated }: TextType): PrimitiveFault | undefined {
  if (typeof value !== 'string') return wrong('type', 'must be a string');
  if (value === '') return wrong('empty', 'must not be an empty string');
  if (value.length > LONGEST && type !== 'base64Binary') {
    return wrong('length', 'is longer than 1 MB');
  }
  if (hasForm?.(value) === false) {
    const message = type === 'base64Binary' ? 'is no base64' : `has not the form of ${type}`;
    return wrong('format', message);
  }
  if (isDated && mayLackDay(value) && spanOf(value) === undefined) {
    return wrong('calendar', 'is a day that no calendar has');
  }
  if (!hasBlankText(value)) return undefined;
  return { ...wrong('empty', 'should hold more than white space'), severity: 'warning' };
}

/** Every month has its first 28 days. */
function mayLackDay(dated: string): boolean {
  return dated.length >= 10 && dated.slice(8, 10) > '28';
}

function hasBlankText(value: string): boolean {
  return value.charCodeAt(0) <= 32 && value.trim() === '';
}

function isBase64(value: string): boolean {
  // Long data is the rule here, and seldom broken into lines.
  const plain = BASE64.test(value) ? value : value.replace(/\s+/g, '');
  return plain.length % 4 === 0 && (plain === value || BASE64.test(plain));
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

function wrong(kind: PrimitiveFault['kind'], message: string): PrimitiveFault {
  return { kind, message };
}
