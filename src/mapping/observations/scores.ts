// Observations of the patient's scores and of the clinician's conclusions (dictionary rows A09, A14, A19,
// A22, A41, A43, A45).
import type { Names } from '../../chart/names.ts';
import { renderObject } from '../../chart/render-object.ts';
import { renderCode } from '../../chart/values.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { Members } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept, ownConcept } from '../../terminology/concepts.ts';
import { draftsOf, type SharedDraft } from './drafts.ts';
import { codeInChartWords, effectiveOf, type ObservationDraft } from './observation.ts';
import { itemQuestionsOf, questionsOf } from './questions.ts';

type Assessment = NonNullable<ImsRecord['assessment']>;
type Pain = NonNullable<Assessment['pain']>[number];
type Score = NonNullable<Assessment['scores']>[number];

const { mechanisms, pain, scores, segments, suitability, changes } = definition.members;

const MECHANISM = itemQuestionsOf(mechanisms.of, [
  {
    part: 'mech',
    code: 'pain-mechanism',
    member: 'mechanism',
    qualifiers: { components: 'pain-mechanism-part' },
  },
]);
const SEGMENT = itemQuestionsOf(segments.of, [
  {
    part: 'segment',
    code: 'segment-involved',
    member: 'segment',
    qualifiers: { side: 'site-side' },
  },
]);
const PAIN = itemQuestionsOf(pain.of, [
  {
    part: 'pain',
    code: 'pain-score',
    member: 'value',
    qualifiers: { moment: 'moment', scale: 'pain-scale', periodDays: 'pain-period' },
  },
]);
const SCORE = itemQuestionsOf(scores.of, [
  {
    part: 'score',
    code: 'function-score',
    member: 'score',
    qualifiers: { max: 'highest-score', part: 'score-part' },
  },
]);
const SUITABILITY = itemQuestionsOf(suitability.of, [
  {
    part: 'suitable',
    code: 'ims-suitability',
    member: 'decision',
    qualifiers: {
      sites: 'suitability-site',
      deferUntil: 'deferred-until',
      decidedBy: 'decided-by',
    },
  },
]);
const CHANGE = itemQuestionsOf(changes.of, [
  {
    part: 'change',
    code: 'interval-change',
    member: 'change',
    details: { percent: 'change-percent', reliefLasted: 'relief-lasted' },
    qualifiers: { since: 'change-since' },
  },
]);
const HOME_PROGRAMME = questionsOf(definition, [
  { part: 'homework', code: 'home-programme', member: 'homeProgramme' },
]);

/** Questions about the cause of the complaint. */
export const CAUSE_QUESTIONS = [...MECHANISM, ...SEGMENT];
/** Questions about decisions and changes. */
export const PROGRESS_QUESTIONS = [...SUITABILITY, ...CHANGE, ...HOME_PROGRAMME];

/** Observations of scores and conclusions, in the order of the assessment. */
export function scoreDrafts(assessment: Assessment, keyNames: Names): ObservationDraft[] {
  const cause = (key: string): SharedDraft => ({
    key,
    keyNames,
    profile: 'ims-sign',
    category: 'exam',
  });
  const progress = (key: string): SharedDraft => ({
    key,
    keyNames,
    profile: 'ims-progress',
    category: 'survey',
  });
  const { mechanisms = [], pain = [], scores = [], segments = [] } = assessment;
  const { suitability = [], changes = [] } = assessment;
  return [
    ...mechanisms.flatMap((entry) => draftsOf(MECHANISM, entry, cause(entry.key))),
    ...pain.flatMap((entry) => painDrafts(entry, keyNames)),
    ...scores.flatMap((entry) => functionScoreDrafts(entry, keyNames)),
    ...segments.flatMap((entry) => draftsOf(SEGMENT, entry, cause(entry.key))),
    ...suitability.flatMap((entry) => draftsOf(SUITABILITY, entry, progress(entry.key))),
    ...changes.flatMap((entry) => draftsOf(CHANGE, entry, progress(entry.key))),
    ...draftsOf(HOME_PROGRAMME, assessment, progress('all')),
  ];
}

/** A14, R09. LOINC has codes for some kinds of pain on some scales; the concept map lists them. */
function painDrafts(entry: Pain, keyNames: Names): ObservationDraft[] {
  const { key, context, scale, site, at } = entry;
  return draftsOf(PAIN, entry, {
    key,
    keyNames,
    profile: 'ims-pain-score',
    category: 'survey',
    narrative: renderPain({ ...entry, site: undefined }, keyNames),
    code:
      context === undefined
        ? codeInChartWords('pain-score', entry, 'context')
        : concept(context, { dependsOn: scale }),
    ...(site === undefined ? {} : { site }),
    ...(at === undefined ? {} : { effective: at }),
  });
}

/** A19. The LOINC code means the total score, so subscales and percentages have only the IMS code. */
function functionScoreDrafts(entry: Score, keyNames: Names): ObservationDraft[] {
  const { key, instrument, part, unit, date } = entry;
  const isTotalScore = part === undefined && unit !== '%';
  const named = instrument === undefined || instrument === 'other' ? undefined : instrument;
  const inChartWords = codeInChartWords('function-score', entry, 'instrument');
  const own = named === undefined ? inChartWords : ownConcept(named);
  return draftsOf(SCORE, entry, {
    key,
    keyNames,
    profile: 'ims-function-score',
    category: 'survey',
    label: named === undefined ? (inChartWords.text ?? '') : renderCode(named),
    omittedMembers: ['instrument'],
    code: named !== undefined && isTotalScore ? concept(named) : own,
    ...effectiveOf(date),
  });
}

const PAIN_ITEM: Members = { item: pain.of };

/** A pain score as one item of the chart, in words. */
function renderPain(item: object, keyNames: Names): string {
  return renderObject({ item }, PAIN_ITEM, keyNames)
    .map((line) => line.trim())
    .join('\n');
}
