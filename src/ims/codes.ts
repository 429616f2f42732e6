// Short codes of the rows, one set per list a member may choose from. Their displays, definitions
// and standard codes live in the CodeSystem and ConceptMaps under profiles/, nowhere else.
import { codeSet } from './members.ts';

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

/** Needle grasp is a sign that may also be `strong`. */
export const graspGrades = codeSet('needle-grasp-grade', 'Grade of needle grasp', [
  ...grades.codes,
  'strong',
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

export const cancerStatuses = codeSet('cancer-status', 'Cancer status', [
  'cancer-active',
  'cancer-survivor',
  'unknown',
]);

export const severities = codeSet('severity', 'Severity', [
  'mild',
  'moderate',
  'severe',
  'unknown',
]);

export const boneSeverities = codeSet('bone-severity', 'Severity of bone loss', [
  'mild',
  'moderate',
  'severe',
  'very-severe',
  'unknown',
]);

export const understandings = codeSet('understanding', 'Understands what happens and why', [
  'yes',
  'no',
  'unknown',
]);

export const understandingCauses = codeSet('understanding-cause', 'Why understanding is limited', [
  'dementia',
  'too-young',
  'other',
]);

export const pregnancyStatuses = codeSet('pregnancy-status', 'Pregnancy status', [
  'pregnant',
  'possible-pregnancy',
  'not-pregnant',
  'unknown',
]);

export const controls = codeSet('disease-control', 'Control of a disease', [
  'well-controlled',
  'uncontrolled',
  'unknown',
]);

export const boneControls = codeSet('bone-control', 'Control of bone loss', [
  'well-controlled',
  'poorly-controlled',
  'unknown',
]);

export const boneForms = codeSet('bone-form', 'Form of bone loss', [
  'osteoporosis',
  'osteopenia',
  'unknown',
]);

export const decisions = codeSet('decision', 'Decision on a finding', [
  'proceed',
  'modify',
  'defer',
  'exclude',
]);
export type Decision = (typeof decisions.codes)[number];

export const surgeryRelations = codeSet('surgery-relation', 'Site against the surgical area', [
  'direct',
  'adjacent-connected',
  'remote',
  'relation-unknown',
]);

/** Screening items of the list in source S4, by which its "good to go" is said. */
export const s4Items = codeSet('s4-item', 'Item of the S4 list', [
  'screen-c01',
  'screen-c02',
  'screen-c03',
  'screen-c04',
  'screen-c05',
  'screen-c06',
  'screen-c07',
  'screen-c08',
]);

export const consentForms = codeSet('consent-form', 'Form of consent', [
  'verbal',
  'written',
  'e-signed',
]);

export const consenters = codeSet('consent-by', 'Who consented', [
  'patient',
  'substitute-decision-maker',
  'parent',
  'other',
]);

export const consentScopes = codeSet('consent-scope', 'What the consent covers', [
  'single-session',
  'course',
  'sites-named',
]);

export const screeningBases = codeSet('screening-basis', 'Screening the session rests on', [
  'this-record',
  'other-record',
  'screening-not-documented',
]);

export const techniques = codeSet('technique', 'Needling technique', [
  'ims-session',
  'trigger-point-needling',
  'other',
]);

/** FHIR event-status, as the session's own status. */
export const sessionStatuses = codeSet('session-status', 'Status of the session', [
  'preparation',
  'in-progress',
  'not-done',
  'on-hold',
  'stopped',
  'completed',
  'entered-in-error',
  'unknown',
]);

export const stoppers = codeSet('stopped-by', 'Who stopped the session', [
  'patient',
  'clinician',
  'other',
]);

export const stopReasons = codeSet('stop-reason', 'Why the session was stopped or not done', [
  'consent-refused',
  'consent-withdrawn',
  'contraindicated',
  'adverse-event',
  'lack-of-time',
  'equipment',
  'other',
]);

export const plannedHow = codeSet('planned-how', 'Why the site was on the list', [
  'planned',
  'asked-for',
]);

export const skipReasons = codeSet('skip-reason', 'Why a site was not needled', [
  'consent-refused',
  'consent-withdrawn',
  'contraindicated',
  'session-stopped',
  'other',
]);

export const skippers = codeSet('skip-decided-by', 'Who decided against needling', [
  'patient',
  'clinician',
  'parent',
  'other',
]);

export const aims = codeSet('aim', 'What the needle was aimed at', [
  'motor-point',
  'trigger-point',
  'band-centre',
  'paraspinal',
]);

export const manipulations = codeSet('manipulation', 'Manipulation of the needle', [
  'stationary',
  'pistoning',
  'twirl',
  'e-stim',
]);

/** Reactions that the sources name as normal. Whether one was is said in `considered`. */
export const eventCodes = codeSet('event', 'Event during or after needling', [
  'soreness',
  'discomfort-during',
  'discomfort-after',
  'tired',
  'fatigue',
  'emotional',
  'out-of-it',
  'energized',
]);

export const considerations = codeSet('considered', 'How the event was considered', [
  'expected',
  'adverse',
  'not-said',
]);

export const verifications = codeSet('verification', 'Verification of an event', [
  'suspected',
  'confirmed',
  'ruled-out',
]);

export const eventSeverities = codeSet('event-severity', 'Severity class of an adverse event', [
  'ae-mild',
  'ae-significant',
  'ae-serious',
]);

export const intensities = codeSet('intensity', 'Intensity', ['mild', 'moderate', 'severe']);

export const causalities = codeSet('causality', 'Caused by the needling', [
  'certain',
  'probable',
  'possible',
  'unlikely',
]);

export const eventOutcomes = codeSet('event-outcome', 'Outcome of an event', [
  'resolved',
  'recovering',
  'ongoing',
  'resolved-with-sequelae',
  'fatal',
  'unknown',
]);
