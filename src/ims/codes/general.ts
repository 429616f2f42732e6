// Code sets that several parts of a record use. Displays, definitions and standard codes are in the
// CodeSystem and the ConceptMaps under profiles/.
import { codeSet } from './code-set.ts';

/** Answers to a question. A missing answer means "unknown", not "no". */
export const answers = codeSet('answer', 'Answer', [
  'yes',
  'no',
  'unknown',
  'not-asked',
  'declined',
  'not-applicable',
]);
export type Answer = (typeof answers.codes)[number];

/** Grade of a sign; `present` is a sign without a grade. */
export const grades = codeSet('grade', 'Grade of a sign', [
  'absent',
  'present',
  'mild',
  'moderate',
  'severe',
  'not-tested',
]);

/** Side of a site. A finding on both sides is charted as two sites. */
export const sides = codeSet('side', 'Side', ['left', 'right', 'midline']);

const segmentCodes = <L extends string>(letter: L, count: number) =>
  Array.from({ length: count }, (_, index) => `segment-${letter}${index + 1}` as const);

/** Spinal segments C1 to S5, as levels of nerve roots and not as vertebrae. */
export const segments = codeSet('segment', 'Spinal segment', [
  ...segmentCodes('c', 8),
  ...segmentCodes('t', 12),
  ...segmentCodes('l', 5),
  ...segmentCodes('s', 5),
]);

export const recordStatuses = codeSet('record-status', 'Status of the record', [
  'draft',
  'final',
  'amended',
  'entered-in-error',
]);

export const recordOrigins = codeSet('origin', 'Origin of the record', [
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

export const painMechanisms = codeSet('pain-mechanism', 'Pain mechanism', [
  'pain-mechanism-nociceptive',
  'pain-mechanism-inflammatory',
  'pain-mechanism-neuropathic',
  'pain-mechanism-mixed',
  'pain-mechanism-undetermined',
  'other',
]);

export const painScales = codeSet('pain-scale', 'Pain scale', ['nrs', 'vas', 'faces', 'other']);

/** A score must be from 0 to 10, except on a scale that is charted as `other`. */
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

export const needlingMoments = codeSet('moment', 'Relative to the needling of the visit', [
  'before',
  'after',
  'later',
]);

export const tissues = codeSet('tissue', 'Tissue', ['muscle', 'tendon']);
