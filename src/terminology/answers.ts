// Answers and reasons for missing values as FHIR codings, and back.
import type { CodeableConcept, Coding, ConceptMap } from '@medplum/fhirtypes';
import toAbsentReason from '../../profiles/fsh-generated/resources/ConceptMap-ims-to-data-absent-reason.json' with {
  type: 'json',
};
import { AdapterError } from '../errors.ts';
import { type Answer, answers } from '../ims/codes/general.ts';
import { type AbsentReason, absentReasons } from '../ims/schema/members.ts';
import { CompiledMap } from './concept-map.ts';
import { snomedCoding } from './concepts.ts';
import { readCode } from './read.ts';

const toHl7 = new CompiledMap(toAbsentReason as ConceptMap);

/** An answer as a coding: SNOMED CT for yes and no, HL7's data-absent-reason for the others. */
export function answerCoding(answer: Answer): Coding {
  return answer === 'yes' || answer === 'no'
    ? required(snomedCoding(answer))
    : dataAbsentReason(answer);
}

/** The answer that a coding of IMS, SNOMED CT, LOINC or data-absent-reason means. */
export function readAnswer(value: CodeableConcept | Coding | undefined): Answer | undefined {
  const code = readCode(value, answers.codes);
  return answers.codes.find((answer) => answer === code);
}

/** The reason why a value is missing as a coding of HL7's data-absent-reason. */
export function dataAbsentReason(reason: AbsentReason): Coding {
  return required(toHl7.find(reason));
}

/**
 * The reason for a value on which the chart is silent: HL7's `unknown`, which does not claim that
 * anybody was asked.
 */
export const NOT_RECORDED: Coding = Object.freeze({
  ...dataAbsentReason('unknown'),
  code: 'unknown',
  display: 'Unknown',
});

/** The reason that a coding, or a bare code of data-absent-reason, means. */
export function readDataAbsentReason(
  value: CodeableConcept | Coding | string | undefined,
): AbsentReason | undefined {
  const coded = typeof value === 'string' ? absentReasonCoding(value) : value;
  const code = readCode(coded, absentReasons.codes);
  return absentReasons.codes.find((reason) => reason === code);
}

function absentReasonCoding(code: string): Coding | undefined {
  const system = toAbsentReason.group[0]?.target;
  return system === undefined ? undefined : { system, code };
}

function required(coding: Coding | undefined): Coding {
  if (coding === undefined) {
    throw new AdapterError('internal', 'A ConceptMap has no target for an answer or reason.');
  }
  return coding;
}
