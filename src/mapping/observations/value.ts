// One member of a record as the value of an Observation or of a component: a coded value, a number with
// its unit, a date, text, or the reason why it is missing. Write-only: records are read from responses.
import type { CodeableConcept, Observation, Quantity, Range } from '@medplum/fhirtypes';
import { renderCode } from '../../chart/values.ts';
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
import { answerCoding, dataAbsentReason, NOT_RECORDED } from '../../terminology/answers.ts';
import { display } from '../../terminology/codes.ts';
import { concept } from '../../terminology/concepts.ts';
import { UCUM_UNITS, unitText } from '../../terminology/units.ts';
import { AS_WRITTEN_URL } from '../codec/response.ts';

/** A value, or the reason why there is none. */
export type ObservationValue = Pick<
  Observation,
  | 'valueQuantity'
  | 'valueRange'
  | 'valueCodeableConcept'
  | 'valueDateTime'
  | 'valueString'
  | 'dataAbsentReason'
>;

/** An object of a record with its general members. */
export type RecordObject = Readonly<Record<string, unknown>> & General;

/**
 * The value of the member `name`; otherwise the chart's wording; otherwise the reason why it is missing.
 * A code for such a reason (`unknown`, `not-tested`) becomes a dataAbsentReason, so that a search for
 * values does not match it.
 */
export function memberValue(
  object: RecordObject,
  name: string,
  leaf: Leaf,
): ObservationValue | undefined {
  if (object[name] === undefined) return missingValue(object, name);
  return withChartWords(chartedValue(object, name, leaf), object.asWritten?.[name]);
}

function chartedValue(object: RecordObject, name: string, leaf: Leaf): ObservationValue {
  const value = object[name];
  switch (leaf.kind) {
    case 'code':
      return leaf.set.name === answers.name
        ? answeredValue(object, name, value as Answer)
        : codedValue(object, name, value as string);
    case 'codes':
      return { valueCodeableConcept: conceptOfCodes(object, name, value as readonly string[]) };
    case 'number':
      return leaf.unit === 'K'
        ? quantityValue(value as NumberValue, 'K', unitText('Cel'))
        : quantityValue(value as NumberValue, leaf.unit ?? unitOf(object));
    case 'date':
      return dateValue(value as DateValue);
    case 'instant':
    case 'day':
      return { valueDateTime: String(value) };
    default:
      return { valueString: String(value) };
  }
}

/** The unit in the member `unit` of the object, as charted. */
function unitOf({ unit }: RecordObject): string | undefined {
  return typeof unit === 'string' ? unit : undefined;
}

function codedValue(object: RecordObject, name: string, code: string): ObservationValue {
  const reason = absentReasons.codes.find((absent) => absent === code);
  if (reason !== undefined) return absentValue(reason);
  const text = object.asWritten?.[name] ?? (code === 'other' ? object.text : undefined);
  return {
    valueCodeableConcept: text === undefined ? concept(code) : concept(code, { text }),
  };
}

/** A single code with its codings; several codes as text only, because codings of one concept are synonyms. */
function conceptOfCodes(object: General, name: string, codes: readonly string[]): CodeableConcept {
  const text = object.asWritten?.[name];
  const [first, ...others] = codes;
  if (first !== undefined && others.length === 0) return concept(first, { text });
  return { text: text ?? codes.map((code) => renderCode(code)).join(', ') };
}

/** An answer: yes and no are values, all other answers are reasons why the value is missing. */
export function answerValue(
  object: General,
  member: string,
  answer: Answer | undefined,
): ObservationValue | undefined {
  return answer === undefined
    ? missingValue(object, member)
    : withChartWords(answeredValue(object, member, answer), object.asWritten?.[member]);
}

function answeredValue(object: General, member: string, answer: Answer): ObservationValue {
  if (answer !== 'yes' && answer !== 'no') return absentValue(answer);
  const text = object.asWritten?.[member] ?? renderCode(answer);
  return { valueCodeableConcept: { coding: [answerCoding(answer)], text } };
}

/** The value with the chart's own words as an extension. */
function withChartWords(value: ObservationValue, words: string | undefined): ObservationValue {
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
 * A number or range. The unit is coded if it is UCUM, otherwise text as charted. `printedUnit` replaces the
 * printed unit: a difference in kelvin is printed in °C, a temperature in kelvin is not.
 */
export function quantityValue(
  value: NumberValue,
  unit?: string,
  printedUnit?: string,
): ObservationValue {
  const quantity = (amount: number): Quantity => ({
    value: amount,
    ...quantityUnit(unit, printedUnit),
  });
  if (typeof value === 'number') return { valueQuantity: quantity(value) };
  const range: Range = {
    ...(value.low === undefined ? {} : { low: quantity(value.low) }),
    ...(value.high === undefined ? {} : { high: quantity(value.high) }),
  };
  return { valueRange: range };
}

function quantityUnit(unit: string | undefined, printedUnit: string | undefined): Quantity {
  if (unit === undefined) return {};
  if (!UCUM_UNITS.has(unit)) return { unit };
  return { unit: printedUnit ?? unitText(unit), system: UCUM, code: unit };
}

/** A date to the precision charted; a date in words as text. */
function dateValue(value: DateValue): ObservationValue {
  if (typeof value === 'string') return { valueDateTime: value };
  return value.date === undefined ? { valueString: value.dateText } : { valueDateTime: value.date };
}

/** In place of a value: the chart's wording, or the reason why it is missing; undefined without both. */
export function missingValue(object: General, member: string): ObservationValue | undefined {
  const text = object.asWritten?.[member];
  if (text !== undefined) return withChartWords({ valueCodeableConcept: { text } }, text);
  const reason = object.absent?.[member];
  return reason === undefined ? undefined : absentValue(reason);
}

function absentValue(reason: AbsentReason): ObservationValue {
  return { dataAbsentReason: { coding: [dataAbsentReason(reason)], text: display(reason) } };
}

/** No value, and the chart gives no reason. */
export function notRecordedValue(): ObservationValue {
  return { dataAbsentReason: { coding: [NOT_RECORDED], text: 'Not recorded' } };
}
