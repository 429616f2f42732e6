// Code sets of events and aftercare. Event codes are listed by frequency, which says nothing about a
// single event: its `considered` member says whether it was an expected reaction.
import { codeSet } from './code-set.ts';

const expected = [
  'soreness',
  'discomfort-during',
  'discomfort-after',
  'tired',
  'fatigue',
  'emotional',
  'out-of-it',
  'energized',
] as const;

const frequent = [
  'bruise',
  'haematoma',
  'bleeding',
  'pain-during',
  'pain-after',
  'feeling-faint',
  'dizziness',
  'redness',
] as const;

const uncommon = [
  'aggravation',
  'drowsiness',
  'headache',
  'nausea',
  'shaking',
  'itching',
  'claustrophobia',
  'numbness',
  'paresthesia',
  'sweating',
  'near-syncope',
  'needle-bent',
  'needle-stuck',
] as const;

/** Events that charts always show, even if they were considered an expected reaction (R04). */
export const ALWAYS_SHOWN = [
  'pneumothorax',
  'haemothorax',
  'infection',
  'skin-infection',
  'cellulitis',
  'sepsis',
  'nerve-injury',
  'vessel-injury',
  'syncope',
  'seizure',
  'anaphylaxis',
  'needle-broken',
  'needle-retained',
  'needle-unaccounted',
  'cardiac-tamponade',
  'organ-puncture',
  'prolonged-aggravation',
] as const;

/** Rows of the data dictionary that the code of an event covers besides R01. */
export const EVENT_FREQUENCY_ROWS = {
  R02: 'Frequent minor events',
  R03: 'Uncommon events',
  R04: 'Events always shown',
} as const;

export const eventCodes = codeSet('event', 'Event during or after needling', [
  ...expected,
  ...frequent,
  ...uncommon,
  ...ALWAYS_SHOWN,
  'chest-pain',
  'breathless',
  'swelling',
]);

/** Symptoms of an event: event codes and red flags. */
export const eventSymptoms = codeSet('event-symptom', 'Symptom of an event', [
  ...eventCodes.codes,
  'night-pain',
  'weight-loss',
  'night-sweats',
  'saddle-numbness',
  'bladder-trouble',
  'bowel-trouble',
  'progressive-weakness',
  'gait-trouble',
]);

export const eventClassifications = codeSet('considered', 'How the event was considered', [
  'expected',
  'adverse',
  'not-said',
]);

export const eventVerifications = codeSet('verification', 'Verification of an event', [
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

export const reportReceivers = codeSet('receiver', 'Receiver of a report', [
  'college',
  'insurer',
  'employer',
  'physician',
  'other',
]);

export const contactParties = codeSet('contact-party', 'Who the contact was with', [
  'patient',
  'proxy',
  'physician',
  'emergency',
  'insurer',
  'employer',
  'college',
  'other',
]);

export const contactMeans = codeSet('contact-means', 'How the contact was made', [
  'telephone',
  'video',
  'message',
  'e-mail',
  'fax',
  'letter',
  'in-person',
]);

export const contactDirections = codeSet('direction', 'Direction of a contact', [
  'incoming',
  'outgoing',
]);

export const aftercare = codeSet('aftercare', 'Aftercare advised', [
  'water-24h',
  'hot-bath',
  'hot-shower',
  'hot-pack-area',
  'cold-pack-area',
  'light-stretch',
  'light-workout',
  'normal-activity',
  'self-massage-area',
  'other',
]);

export const warningsGiven = codeSet('warning', 'Warning given', [
  'warn-pneumothorax',
  'warn-no-driving',
  'warn-no-strenuous',
  'other',
]);
