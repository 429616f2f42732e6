// What one member of a record says, as an Observation or a component of one holds it: a coded value, a
// number with its unit, a date, words, or the reason why there is none. Written, never read back.
import type { CodeableConcept, Observation, Quantity, Range } from '@medplum/fhirtypes';
import { renderCode } from '../../chart/words.ts';
import { UCUM } from '../../fhir/canonical.ts';
import { type Answer, answers } from '../../ims/codes/general.ts';
import {
  type AbsentReason,
  absentReasons,
  type DateValue,
  type General,
  type Leaf,
  type NumberValue,
} from '../../ims/schema/members.ts';
import { answerCoding, dataAbsentReason, notSaid } from '../../terminology/answers.ts';
import { display } from '../../terminology/codes.ts';
import { concept } from '../../terminology/concepts.ts';
import { UCUM_UNITS, unitText } from '../../terminology/units.ts';
import { AS_WRITTEN_URL } from '../codec/response.ts';

/** A value, or the reason why there is none. */
export type Value = Pick<
  Observation,
  | 'valueQuantity'
  | 'valueRange'
  | 'valueCodeableConcept'
  | 'valueDateTime'
  | 'valueString'
  | 'dataAbsentReason'
>;

/** An object of a record with its general members. */
export type Holder = Readonly<Record<string, unknown>> & General;

/**
 * What `holder` says for its member `name`: the value, else the chart's own words, else the reason
 * why it is missing; undefined where it says nothing. A code that is itself such a reason (`unknown`,
 * `not-tested`) is one, so that nobody finds it among the values.
 */
export function memberValue(holder: Holder, name: string, leaf: Leaf): Value | undefined {
  if (holder[name] === undefined) return missingValue(holder, name);
  return withWords(chartedValue(holder, name, leaf), holder.asWritten?.[name]);
}

function chartedValue(holder: Holder, name: string, leaf: Leaf): Value {
  const value = holder[name];
  switch (leaf.kind) {
    case 'code':
      return leaf.set.name === answers.name
        ? answeredValue(holder, name, value as Answer)
        : codedValue(holder, name, value as string);
    case 'codes':
      return { valueCodeableConcept: conceptOfAll(holder, name, value as readonly string[]) };
    case 'number':
      return leaf.unit === 'K'
        ? quantityValue(value as NumberValue, 'K', unitText('Cel'))
        : quantityValue(value as NumberValue, leaf.unit ?? unitOf(holder));
    case 'date':
      return dateValue(value as DateValue);
    case 'instant':
    case 'day':
      return { valueDateTime: String(value) };
    default:
      return { valueString: String(value) };
  }
}

/** The unit that stands in a member of its own, as charted. */
function unitOf({ unit }: Holder): string | undefined {
  return typeof unit === 'string' ? unit : undefined;
}

function codedValue(holder: Holder, name: string, code: string): Value {
  const reason = absentReasons.codes.find((one) => one === code);
  if (reason !== undefined) return absentValue(reason);
  const words = holder.asWritten?.[name] ?? (code === 'other' ? holder.text : undefined);
  return {
    valueCodeableConcept: words === undefined ? concept(code) : concept(code, { text: words }),
  };
}

/** One code as it is; of several only the words, for codings of one concept mean one thing. */
function conceptOfAll(holder: General, name: string, codes: readonly string[]): CodeableConcept {
  const text = holder.asWritten?.[name];
  const [only, ...more] = codes;
  if (only !== undefined && more.length === 0) return concept(only, { text });
  return { text: text ?? codes.map((code) => renderCode(code)).join(', ') };
}

/** An answer: yes and no are values, everything else is a reason why there is none. */
export function answerValue(
  holder: General,
  member: string,
  answer: Answer | undefined,
): Value | undefined {
  return answer === undefined
    ? missingValue(holder, member)
    : withWords(answeredValue(holder, member, answer), holder.asWritten?.[member]);
}

function answeredValue(holder: General, member: string, answer: Answer): Value {
  if (answer !== 'yes' && answer !== 'no') return absentValue(answer);
  const text = holder.asWritten?.[member] ?? renderCode(answer);
  return { valueCodeableConcept: { coding: [answerCoding(answer)], text } };
}

/** The chart's own words on the element that has the value. */
function withWords(value: Value, words: string | undefined): Value {
  if (words === undefined) return value;
  const extension = [{ url: AS_WRITTEN_URL, valueString: words }];
  const { valueQuantity, valueRange, valueCodeableConcept } = value;
  if (valueQuantity !== undefined) return { valueQuantity: { extension, ...valueQuantity } };
  if (valueRange !== undefined) return { valueRange: { extension, ...valueRange } };
  return valueCodeableConcept === undefined
    ? value
    : { valueCodeableConcept: { extension, ...valueCodeableConcept } };
}

/**
 * A number or range; a unit is coded where it is UCUM, else it stands as charted. `shown` is what a
 * reader sees for it: a difference in kelvin is read in °C, a temperature in kelvin is not.
 */
export function quantityValue(value: NumberValue, unit?: string, shown?: string): Value {
  const quantity = (amount: number): Quantity => ({ value: amount, ...quantityUnit(unit, shown) });
  if (typeof value === 'number') return { valueQuantity: quantity(value) };
  const range: Range = {
    ...(value.low === undefined ? {} : { low: quantity(value.low) }),
    ...(value.high === undefined ? {} : { high: quantity(value.high) }),
  };
  return { valueRange: range };
}

function quantityUnit(unit: string | undefined, shown: string | undefined): Quantity {
  if (unit === undefined) return {};
  if (!UCUM_UNITS.has(unit)) return { unit };
  return { unit: shown ?? unitText(unit), system: UCUM, code: unit };
}

/** A date as far as it is one; a date told in words is those words. */
function dateValue(value: DateValue): Value {
  if (typeof value === 'string') return { valueDateTime: value };
  return value.date === undefined ? { valueString: value.dateText } : { valueDateTime: value.date };
}

/** The chart's own words in place of a value, or the reason why it is missing; else undefined. */
export function missingValue(holder: General, member: string): Value | undefined {
  const words = holder.asWritten?.[member];
  if (words !== undefined) return withWords({ valueCodeableConcept: { text: words } }, words);
  const reason = holder.absent?.[member];
  return reason === undefined ? undefined : absentValue(reason);
}

/** No value, and why. */
export function absentValue(reason: AbsentReason): Value {
  return { dataAbsentReason: { coding: [dataAbsentReason(reason)], text: display(reason) } };
}

/** No value, and the chart does not say why. */
export function notSaidValue(): Value {
  return { dataAbsentReason: { coding: [notSaid], text: 'Not said' } };
}
