// Answers, and reasons why a value is missing, as FHIR writes them, and back.
import type { CodeableConcept, Coding, ConceptMap } from '@medplum/fhirtypes';
import toAbsentReason from '../../profiles/fsh-generated/resources/ConceptMap-ims-to-data-absent-reason.json' with {
  type: 'json',
};
import { AdapterError } from '../errors.ts';
import { CompiledMap } from './concept-map.ts';
import { snomedCoding } from './concepts.ts';
import { readCode } from './read.ts';

const ANSWERS = ['yes', 'no', 'unknown', 'not-asked', 'declined', 'not-applicable'] as const;
const ABSENT_REASONS = [
  'unknown',
  'not-asked',
  'declined',
  'not-tested',
  'not-applicable',
  'pending',
] as const;

/** The answer to a question. A missing answer is none of these, and never a no. */
export type Answer = (typeof ANSWERS)[number];

/** Why a value is missing. */
export type AbsentReason = (typeof ABSENT_REASONS)[number];

const absentReasons = new CompiledMap(toAbsentReason as ConceptMap);

/** An answer as a coding: SNOMED CT for yes and no, HL7's data-absent-reason for the others. */
export function answerCoding(answer: Answer): Coding {
  return answer === 'yes' || answer === 'no'
    ? known(snomedCoding(answer))
    : dataAbsentReason(answer);
}

/** The answer that a coding stands for, in our codes, SNOMED CT, LOINC or data-absent-reason. */
export function readAnswer(value: CodeableConcept | Coding | undefined): Answer | undefined {
  const code = readCode(value, ANSWERS);
  return ANSWERS.find((answer) => answer === code);
}

/** Why a value is missing, as a coding of HL7's data-absent-reason. */
export function dataAbsentReason(reason: AbsentReason): Coding {
  return known(absentReasons.find(reason));
}

/** The reason that a coding, or a bare code of data-absent-reason, stands for. */
export function readDataAbsentReason(
  value: CodeableConcept | Coding | string | undefined,
): AbsentReason | undefined {
  const coded = typeof value === 'string' ? absentReasonCoding(value) : value;
  const code = readCode(coded, ABSENT_REASONS);
  return ABSENT_REASONS.find((reason) => reason === code);
}

function absentReasonCoding(code: string): Coding | undefined {
  const system = toAbsentReason.group[0]?.target;
  return system === undefined ? undefined : { system, code };
}

function known(coding: Coding | undefined): Coding {
  if (coding === undefined) {
    throw new AdapterError('internal', 'A concept map lacks an answer or a reason.');
  }
  return coding;
}
