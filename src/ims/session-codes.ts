// Short codes of consent, session and events.
import { grades } from './codes.ts';
import { codeSet } from './members.ts';

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

/** Needle grasp is a sign that may also be `strong`. */
export const graspGrades = codeSet('needle-grasp-grade', 'Grade of needle grasp', [
  ...grades.codes,
  'strong',
]);
