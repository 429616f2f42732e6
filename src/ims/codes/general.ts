// General code sets. Displays, definitions and standard codes are defined only in the CodeSystem and the
// ConceptMaps under profiles/.
import { codeSet } from './code-set.ts';

/** Answers to a question; a missing answer is unknown and does not mean "no". */
export const answers = codeSet('answer', 'Answer', [
  'yes',
  'no',
  'unknown',
  'not-asked',
  'declined',
  'not-applicable',
]);
export type Answer = (typeof answers.codes)[number];

/** Grade of a sign; `present` means found but not graded. */
export const grades = codeSet('grade', 'Grade of a sign', [
  'absent',
  'present',
  'mild',
  'moderate',
  'severe',
  'not-tested',
]);

/** Side of a site; a finding on both sides is two sites. */
export const sides = codeSet('side', 'Side', ['left', 'right', 'midline']);

const level = <P extends string>(part: P, last: number) =>
  Array.from({ length: last }, (_, index) => `segment-${part}${index + 1}` as const);

/** Spinal segments C1 to S5: nerve-root levels, not bones. */
export const segments = codeSet('segment', 'Spinal segment', [
  ...level('c', 8),
  ...level('t', 12),
  ...level('l', 5),
  ...level('s', 5),
]);

export const recordStatuses = codeSet('record-status', 'Status of the record', [
  'draft',
  'final',
  'amended',
  'entered-in-error',
]);

export const origins = codeSet('origin', 'Origin of the record', [
  'point-of-care',
  'transcribed',
  'migrated',
]);

export const genders = codeSet('gender', 'Administrative gender', [
  'male',
  'female',
  'other',
  'unknown',
]);

export const mechanisms = codeSet('pain-mechanism', 'Pain mechanism', [
  'pain-mechanism-nociceptive',
  'pain-mechanism-inflammatory',
  'pain-mechanism-neuropathic',
  'pain-mechanism-mixed',
  'pain-mechanism-undetermined',
  'other',
]);

export const painScales = codeSet('pain-scale', 'Pain scale', ['nrs', 'vas', 'faces', 'other']);

/** Scores range from 0 to 10, except on a scale that is charted as `other`. */
export const SCORE_RULES = {
  within: [{ member: 'value', from: 0, to: 10, unless: ['scale', 'other'] }],
} as const;

export const painContexts = codeSet('pain-context', 'What the pain score is about', [
  'pain-current',
  'pain-rest',
  'pain-activity',
  'pain-night',
  'pain-worst',
  'pain-best',
  'pain-average',
  'pain-past-week',
]);

export const moments = codeSet('moment', 'Relative to the needling of the visit', [
  'before',
  'after',
  'later',
]);

export const tissues = codeSet('tissue', 'Tissue', ['muscle', 'tendon']);
