// Codes of events during or after needling, grouped by frequency. The group of a code does not
// determine how an event is classified.
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

/** R04: events that are always shown, however they were classified. */
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

/** R02 to R04: dictionary rows that the member of the event code also covers. */
export const EVENT_ROWS = {
  R02: 'Frequent minor events',
  R03: 'Uncommon events',
  R04: 'Events always shown',
} as const;

/** All event codes; `considered` says whether an event was an expected reaction. */
export const eventCodes = codeSet('event', 'Event during or after needling', [
  ...expected,
  ...frequent,
  ...uncommon,
  ...ALWAYS_SHOWN,
  'chest-pain',
  'breathless',
  'swelling',
]);

/** Symptoms of an event: codes of events and of red flags. */
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

export const receivers = codeSet('receiver', 'Receiver of a report', [
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

export const directions = codeSet('direction', 'Direction of a contact', ['incoming', 'outgoing']);

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

export const warnings = codeSet('warning', 'Warning given', [
  'warn-pneumothorax',
  'warn-no-driving',
  'warn-no-strenuous',
  'other',
]);
