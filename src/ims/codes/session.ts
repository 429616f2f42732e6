// Code sets of the needling session.
import { codeSet } from './code-set.ts';
import { grades } from './general.ts';

export const screeningBases = codeSet('screening-basis', 'Screening the session relies on', [
  'this-record',
  'other-record',
  'screening-not-documented',
]);

export const techniques = codeSet('technique', 'Needling technique', [
  'ims-session',
  'trigger-point-needling',
  'other',
]);

/** The codes of FHIR event-status. */
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

export const stopDeciders = codeSet('stopped-by', 'Who stopped the session', [
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

export const plannedSiteKinds = codeSet('planned-how', 'Planned or requested site', [
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

export const skipDeciders = codeSet('skip-decided-by', 'Who decided against needling', [
  'patient',
  'clinician',
  'parent',
  'other',
]);

export const needleAims = codeSet('aim', 'Target of the needle', [
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

export const patientPositions = codeSet('position', 'Position of the patient', [
  'prone',
  'supine',
  'side-left',
  'side-right',
  'sitting',
  'other',
]);

export const otherTreatments = codeSet('also-done', 'Also done today', [
  'manual-therapy',
  'exercise',
  'movement-retraining',
  'nothing-else',
  'other',
]);

export const treatmentOrders = codeSet('order', 'Before or after needling', [
  'before-needling',
  'after-needling',
  'unknown',
]);

export const sessionTolerances = codeSet('tolerance', 'Tolerance of the session', [
  'tolerance-good',
  'tolerance-fair',
  'tolerance-poor',
]);

export const sessionOutcomes = codeSet('session-outcome', 'Outcome of the session', [
  'outcome-successful',
  'outcome-partial',
  'outcome-unsuccessful',
]);

export const depthClasses = codeSet('depth-class', 'Depth', ['superficial', 'deep']);

export const returnContacts = codeSet('return-contact', 'Second contact', [
  'return-needle',
  'return-pad',
]);

export const polarities = codeSet('polarity', 'Polarity', [
  'anode',
  'cathode',
  'alternating',
  'unknown',
]);

export const waveforms = codeSet('waveform', 'Waveform', ['monophasic', 'biphasic', 'other']);

export const feltSensations = codeSet('sensation-felt', 'What the patient felt', [
  'not-felt',
  'painless',
  'ache',
  'cramp',
  'twitch-felt',
  'strange',
  'discomfort',
  'release-felt',
  'other',
]);

export const siteResults = codeSet('site-result', 'Result at the site', [
  'released',
  'partly-released',
  'still-tight',
]);

/** CPT codes for needle insertion (20560, 20561) and trigger-point injection, without descriptions. */
export const billedCodes = codeSet('billed-code', 'Billed code', [
  'cpt-20560',
  'cpt-20561',
  'cpt-20552',
  'cpt-20553',
]);

/** The grades of a sign and `strong`. */
export const graspGrades = codeSet('needle-grasp-grade', 'Grade of needle grasp', [
  ...grades.codes,
  'strong',
]);
