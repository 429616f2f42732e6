// Maps one value of a record to a FHIR value[x] and back, for answers of a response and for extensions.
// Reading accepts the types that servers convert values to: CodeableConcept for Coding, decimal for integer,
// Period for dateTime.
import type { CodeableConcept, Coding, Period, Quantity } from '@medplum/fhirtypes';
import { type Issue, warningIssue } from '../../errors.ts';
import { UCUM } from '../../fhir/canonical.ts';
import type { Answer } from '../../ims/codes/general.ts';
import type { CodeMember, CodesMember, Leaf, NumberMember } from '../../ims/schema/members.ts';
import { isInstant, isPartialDate } from '../../ims/schema/values.ts';
import { answerCoding, readAnswer } from '../../terminology/answers.ts';
import { coding } from '../../terminology/codes.ts';
import { readCode } from '../../terminology/read.ts';

/** The value[x] of an answer or extension. */
export interface FhirValue {
  valueString?: string;
  valueUri?: string;
  valueCode?: string;
  valueDate?: string;
  valueDateTime?: string;
  valueInstant?: string;
  valueInteger?: number;
  valuePositiveInt?: number;
  valueUnsignedInt?: number;
  valueDecimal?: number;
  valueQuantity?: Quantity;
  valueCoding?: Coding;
  valueCodeableConcept?: CodeableConcept;
  valuePeriod?: Period;
}

/** A single value of a record: the content of one answer or extension. */
export type Scalar = string | number;

/** Writes one value of `leaf`; for a member with several values it is called with each of them. */
export function writeLeaf(leaf: Leaf, value: Scalar): FhirValue {
  switch (leaf.kind) {
    case 'code':
    case 'codes':
      return { valueCoding: codingOf(leaf, String(value)) };
    case 'number':
      return numberValue(Number(value), unitOf(leaf));
    case 'count':
      return { valueInteger: Number(value) };
    case 'instant':
      return { valueDateTime: String(value) };
    case 'date':
    case 'day':
      return { valueDate: String(value) };
    case 'uri':
      return { valueUri: String(value) };
    default:
      return { valueString: String(value) };
  }
}

/**
 * The UCUM unit to write with a number. `{score}` and `{count}` are annotations that UCUM ignores and
 * validators warn of, so such a number is written without a unit.
 */
export function unitOf({ unit }: NumberMember): string | undefined {
  return unit?.startsWith('{') ? undefined : unit;
}

function numberValue(value: number, unit: string | undefined): FhirValue {
  return unit === undefined
    ? { valueDecimal: value }
    : { valueQuantity: { value, unit, system: UCUM, code: unit } };
}

function codingOf(leaf: CodeMember | CodesMember, value: string): Coding {
  return leaf.set.name === 'answer' ? answerCoding(value as Answer) : coding(value);
}

/** Context of reading an element: its FHIRPath, and the list to which issues are added. */
export interface ReadContext {
  readonly path: string;
  readonly issues: Issue[];
}

/** Reads one value of `leaf`; undefined, with an issue, where the element has no valid value for it. */
export function readLeaf(
  leaf: Leaf,
  element: FhirValue,
  { path, issues }: ReadContext,
): Scalar | undefined {
  const value = parseLeaf(leaf, element);
  if (value === undefined) {
    const isCode = leaf.kind === 'code' || leaf.kind === 'codes';
    const message = isCode ? 'has an unrecognised code' : `is not a valid ${leaf.kind}`;
    issues.push(warningIssue('value', path, message));
  }
  return value;
}

function parseLeaf(leaf: Leaf, element: FhirValue): Scalar | undefined {
  switch (leaf.kind) {
    case 'code':
    case 'codes':
      return readCoded(leaf, element);
    case 'number':
      return readNumber(element, leaf.unit);
    case 'count':
      return readNumber(element, undefined);
    case 'instant':
      return stringIf(stringOf(element), isInstant);
    case 'date':
    case 'day':
      return stringIf(stringOf(element), isPartialDate);
    default:
      return stringOf(element);
  }
}

function readCoded(leaf: CodeMember | CodesMember, element: FhirValue): string | undefined {
  const codings = element.valueCodeableConcept?.coding ?? [codingIn(element)];
  if (leaf.set.name === 'answer') return readAnswer({ coding: codings });
  return readCode({ coding: codings }, leaf.set.codes);
}

function codingIn({ valueCoding, valueCode }: FhirValue): Coding {
  return valueCoding ?? (valueCode === undefined ? {} : { code: valueCode });
}

/** A number; undefined for a quantity in another unit than `unit`. */
function readNumber(element: FhirValue, unit: string | undefined): number | undefined {
  const quantity = element.valueQuantity;
  if (quantity !== undefined) {
    const received = quantity.code ?? quantity.unit;
    const isOtherUnit = unit !== undefined && received !== undefined && received !== unit;
    return isOtherUnit ? undefined : quantity.value;
  }
  return (
    element.valueDecimal ??
    element.valueInteger ??
    element.valuePositiveInt ??
    element.valueUnsignedInt
  );
}

function stringOf(element: FhirValue): string | undefined {
  return (
    element.valueString ??
    element.valueDateTime ??
    element.valueDate ??
    element.valueInstant ??
    element.valueUri ??
    element.valueCode ??
    element.valuePeriod?.start
  );
}

function stringIf(value: string | undefined, test: (value: string) => boolean): string | undefined {
  return value !== undefined && test(value) ? value : undefined;
}
