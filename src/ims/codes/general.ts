// Short codes of the rows, one set per list a member may choose from. Their displays, definitions
// and standard codes live in the CodeSystem and ConceptMaps under profiles/, nowhere else.
import { codeSet } from './code-set.ts';

/** Answers to a question; a missing answer says nothing and is never a "no". */
export const answers = codeSet('answer', 'Answer', [
  'yes',
  'no',
  'unknown',
  'not-asked',
  'declined',
  'not-applicable',
]);
export type Answer = (typeof answers.codes)[number];

/** How marked a sign is; `present` is found and not graded. */
export const grades = codeSet('grade', 'Grade of a sign', [
  'absent',
  'present',
  'mild',
  'moderate',
  'severe',
  'not-tested',
]);

/** Side of a site; both sides are two sites. */
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

export const origins = codeSet('origin', 'How the record came to be', [
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

/** Scores go from 0 to 10, as the numeric rating scale and its like do; another scale has its own. */
export const SCORED = {
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
