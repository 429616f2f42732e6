// One value of a record <-> one FHIR value[x]. The same codec serves answers of a response and
// extensions; reading takes what servers make of a value (CodeableConcept for Coding, decimal for
// integer, Period for dateTime) and says what it cannot take.
import type { CodeableConcept, Coding, Period, Quantity } from '@medplum/fhirtypes';
import { UCUM } from '../../fhir/canonical.ts';
import type { Answer } from '../../ims/codes/general.ts';
import type { Code, Codes, Leaf, NumberMember } from '../../ims/schema/members.ts';
import { isInstant, isPartialDate } from '../../ims/schema/values.ts';
import { answerCoding, readAnswer } from '../../terminology/answers.ts';
import { coding } from '../../terminology/codes.ts';
import { readCode } from '../../terminology/read.ts';

/** The part of an answer or extension that holds a value. */
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

/** Scalar of a record: what one answer or extension holds. */
export type Scalar = string | number;

/** Writes one scalar of `leaf`; a set writes each of its members. */
export function writeLeaf(leaf: Leaf, value: Scalar): FhirValue {
  switch (leaf.kind) {
    case 'code':
    case 'codes':
      return { valueCoding: codingOf(leaf, String(value)) };
    case 'number':
      return numberOf(Number(value), unitOf(leaf));
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
 * The unit that is written with a number. `{score}` and `{count}` are annotations: UCUM ignores them,
 * and validators warn of each, so such a number stands plain.
 */
export function unitOf({ unit }: NumberMember): string | undefined {
  return unit?.startsWith('{') ? undefined : unit;
}

function numberOf(value: number, unit: string | undefined): FhirValue {
  return unit === undefined
    ? { valueDecimal: value }
    : { valueQuantity: { value, unit, system: UCUM, code: unit } };
}

function codingOf(leaf: Code | Codes, value: string): Coding {
  return leaf.set.name === 'answer' ? answerCoding(value as Answer) : coding(value);
}

/** Reads one scalar of `leaf`, or undefined where the value is none that the leaf may hold. */
export function readLeaf(leaf: Leaf, from: FhirValue): Scalar | undefined {
  switch (leaf.kind) {
    case 'code':
    case 'codes':
      return readCoded(leaf, from);
    case 'number':
      return readNumber(from, leaf.unit);
    case 'count':
      return readNumber(from, undefined);
    case 'instant':
      return accept(stringOf(from), isInstant);
    case 'date':
    case 'day':
      return accept(stringOf(from), isPartialDate);
    default:
      return stringOf(from);
  }
}

function readCoded(leaf: Code | Codes, from: FhirValue): string | undefined {
  const codings = from.valueCodeableConcept?.coding ?? [codingIn(from)];
  if (leaf.set.name === 'answer') return readAnswer({ coding: codings });
  return readCode({ coding: codings }, leaf.set.codes);
}

function codingIn({ valueCoding, valueCode }: FhirValue): Coding {
  return valueCoding ?? (valueCode === undefined ? {} : { code: valueCode });
}

/** A number; with `unit`, only where the quantity is in that unit or says none. */
function readNumber(from: FhirValue, unit: string | undefined): number | undefined {
  const quantity = from.valueQuantity;
  if (quantity !== undefined) {
    const said = quantity.code ?? quantity.unit;
    return unit === undefined || said === undefined || said === unit ? quantity.value : undefined;
  }
  return from.valueDecimal ?? from.valueInteger ?? from.valuePositiveInt ?? from.valueUnsignedInt;
}

function stringOf(from: FhirValue): string | undefined {
  return (
    from.valueString ??
    from.valueDateTime ??
    from.valueDate ??
    from.valueInstant ??
    from.valueUri ??
    from.valueCode ??
    from.valuePeriod?.start
  );
}

function accept(value: string | undefined, test: (value: string) => boolean): string | undefined {
  return value !== undefined && test(value) ? value : undefined;
}
