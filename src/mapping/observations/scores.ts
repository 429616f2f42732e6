// A09, A14, A19, A22, A41, A43, A45: what the patient tells in numbers, and what the clinician
// concludes from it.
import type { CodeableConcept } from '@medplum/fhirtypes';
import type { Names } from '../../chart/names.ts';
import { renderCode, renderObject } from '../../chart/words.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { DateValue, General, Members } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { coding } from '../../terminology/codes.ts';
import { concept, ownConcept } from '../../terminology/concepts.ts';
import type { ObservationDraft } from './observation.ts';
import { draftsOf, itemQuestionsOf, questionsOf, type SharedParts } from './rows.ts';

type Assessment = NonNullable<ImsRecord['assessment']>;
type Pain = NonNullable<Assessment['pain']>[number];
type Score = NonNullable<Assessment['scores']>[number];

const { mechanisms, pain, scores, segments, suitability, changes } = definition.members;

const MECHANISM = itemQuestionsOf(mechanisms.of, [
  {
    part: 'mech',
    code: 'pain-mechanism',
    member: 'mechanism',
    about: { components: 'pain-mechanism-part' },
  },
]);
const SEGMENT = itemQuestionsOf(segments.of, [
  { part: 'segment', code: 'segment-involved', member: 'segment', about: { side: 'site-side' } },
]);
const PAIN = itemQuestionsOf(pain.of, [
  {
    part: 'pain',
    code: 'pain-score',
    member: 'value',
    about: { moment: 'moment', scale: 'pain-scale', periodDays: 'pain-period' },
  },
]);
const SCORE = itemQuestionsOf(scores.of, [
  {
    part: 'score',
    code: 'function-score',
    member: 'score',
    about: { max: 'highest-score', part: 'score-part' },
  },
]);
const SUITABILITY = itemQuestionsOf(suitability.of, [
  {
    part: 'suitable',
    code: 'ims-suitability',
    member: 'decision',
    about: { sites: 'suitability-site', deferUntil: 'deferred-until', decidedBy: 'decided-by' },
  },
]);
const CHANGE = itemQuestionsOf(changes.of, [
  {
    part: 'change',
    code: 'interval-change',
    member: 'change',
    beside: { percent: 'change-percent', reliefLasted: 'relief-lasted' },
    about: { since: 'change-since' },
  },
]);
const HOME = questionsOf(definition, [
  { part: 'homework', code: 'home-programme', member: 'homeProgramme' },
]);

/** What the clinician finds behind the complaint. */
export const FOUND_QUESTIONS = [...MECHANISM, ...SEGMENT];
/** What is decided, and what has changed. */
export const CONCLUDED_QUESTIONS = [...SUITABILITY, ...CHANGE, ...HOME];

/** What is told and concluded, in the order of the assessment. */
export function scoreDrafts(assessment: Assessment, names: Names): ObservationDraft[] {
  const found = (key: string): SharedParts => ({
    key,
    names,
    profile: 'ims-sign',
    category: 'exam',
  });
  const told = (key: string): SharedParts => ({
    key,
    names,
    profile: 'ims-progress',
    category: 'survey',
  });
  return [
    ...(assessment.mechanisms ?? []).flatMap((one) => draftsOf(MECHANISM, one, found(one.key))),
    ...(assessment.pain ?? []).flatMap((one) => painSigns(one, names)),
    ...(assessment.scores ?? []).flatMap((one) => scoreSigns(one, names)),
    ...(assessment.segments ?? []).flatMap((one) => draftsOf(SEGMENT, one, found(one.key))),
    ...(assessment.suitability ?? []).flatMap((one) => draftsOf(SUITABILITY, one, told(one.key))),
    ...(assessment.changes ?? []).flatMap((one) => draftsOf(CHANGE, one, told(one.key))),
    ...draftsOf(HOME, assessment, told('all')),
  ];
}

/** A14, R09. LOINC has a term for some kinds of score on some scales only; the map knows which. */
function painSigns(one: Pain, names: Names): ObservationDraft[] {
  const { key, context, scale, site, at } = one;
  return draftsOf(PAIN, one, {
    key,
    names,
    profile: 'ims-pain-score',
    category: 'survey',
    says: sayItem({ ...one, site: undefined }, names),
    code:
      context === undefined
        ? inWords('pain-score', one, 'context')
        : concept(context, { beside: scale }),
    ...(site === undefined ? {} : { place: site }),
    ...(at === undefined ? {} : { effective: at }),
  });
}

/** A19. A part of a scale, or a share of its points, is not the score that LOINC names. */
function scoreSigns(one: Score, names: Names): ObservationDraft[] {
  const { key, instrument, part, unit, date } = one;
  const isWhole = part === undefined && unit !== '%';
  const named = instrument === undefined || instrument === 'other' ? undefined : instrument;
  const words = inWords('function-score', one, 'instrument');
  const own = named === undefined ? words : ownConcept(named);
  return draftsOf(SCORE, one, {
    key,
    names,
    profile: 'ims-function-score',
    category: 'survey',
    label: named === undefined ? (words.text ?? '') : renderCode(named),
    said: ['instrument'],
    code: named !== undefined && isWhole ? concept(named) : own,
    ...effectiveOf(date),
  });
}

/** A question that only the chart's own words name. */
export function inWords(code: string, holder: General, member: string): CodeableConcept {
  const text = holder.asWritten?.[member] ?? holder.text ?? renderCode(code);
  return { coding: [coding(code)], text };
}

const ITEM: Members = { item: pain.of };

/** A pain as a reader is told of it, whole. */
function sayItem(item: object, names: Names): string {
  return renderObject({ item }, ITEM, names)
    .map((line) => line.trim())
    .join('\n');
}

/** A date of its own: as far as it is one; told in words only, the time is not known. */
export function effectiveOf(date: DateValue | undefined): { effective?: string | undefined } {
  if (date === undefined) return {};
  return { effective: typeof date === 'string' ? date : date.date };
}
