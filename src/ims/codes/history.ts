// Code sets of complaints and history.
import { codeSet } from './code-set.ts';

export const injuryMechanisms = codeSet('injury-mechanism', 'Mechanism of injury', [
  'trauma',
  'mvc',
  'overuse',
  'gradual-wear',
  'posture-sitting',
  'nerve-irritation',
  'post-surgery',
  'other',
  'unknown',
]);

export const painPatterns = codeSet('pain-pattern', 'Pattern of the pain', [
  'constant',
  'intermittent',
  'unknown',
]);

export const treatmentReliefs = codeSet('relief', 'Relief by a treatment', [
  'relief-none',
  'relief-temporary',
  'relief-lasting',
  'unknown',
]);

export const damageKinds = codeSet('damage-kind', 'Kind of tissue damage', [
  'bone-fracture',
  'arthritis',
  'other',
]);

export const inflammationSigns = codeSet('inflammation-sign', 'Sign of inflammation', [
  'redness',
  'swelling',
  'local-heat',
  'local-pain',
  'loss-of-function',
]);

export const painSensitivities = codeSet('sensitivity', 'Pain from mild stimuli', [
  'allodynia',
  'hyperalgesia',
  'undifferentiated',
]);

/** Sides of a pain location. Other sites cannot be on both sides. */
export const painSides = codeSet('pain-side', 'Side of the pain', [
  'left',
  'right',
  'midline',
  'both',
]);

export const painQualities = codeSet('pain-quality', 'Quality of the pain', [
  'ache',
  'tight',
  'stiff',
  'sharp',
  'burning',
  'cramp',
  'other',
]);

export const factorEffects = codeSet('factor-effect', 'Effect of a factor on the pain', [
  'aggravates',
  'relieves',
]);

export const painFactors = codeSet('pain-factor', 'Factor that changes the pain', [
  'exercise',
  'movement',
  'prolonged-sitting',
  'poor-posture',
  'rest',
  'warmth',
  'other',
]);

export const symptoms = codeSet('symptom', 'Associated symptom', [
  'headache',
  'stiff',
  'muscle-weakness',
  'joint-pain',
  'sciatica',
  'paresthesia',
  'numbness',
  'dizziness',
  'other',
]);

export const functionScores = codeSet('instrument', 'Function or disability score', [
  'ndi',
  'oswestry',
  'psfs',
  'peg',
  'spadi',
  'other',
]);

export const imagingModalities = codeSet('modality', 'Kind of imaging', [
  'x-ray',
  'mri',
  'ct',
  'bone-scan',
  'ultrasound',
  'other',
]);

export const changeRatings = codeSet('change', 'Change', ['better', 'same', 'worse', 'unknown']);

export const comparisonPeriods = codeSet('since', 'Since when', ['since-last', 'since-start']);

export const homeProgrammeAnswers = codeSet('home-programme', 'Home programme done', [
  'yes',
  'partly',
  'no',
  'not-given',
  'unknown',
  'not-asked',
]);

export const redFlags = codeSet('red-flag', 'Red flag', [
  'saddle-numbness',
  'bladder-trouble',
  'bowel-trouble',
  'progressive-weakness',
  'gait-trouble',
  'night-pain',
  'weight-loss',
  'night-sweats',
  'chest-pain',
  'breathless',
  'other',
]);

export const historyKinds = codeSet('history-kind', 'Kind of history', [
  'medicine',
  'allergy',
  'past-history',
  'family-history',
  'social-history',
]);

export const professions = codeSet('profession', 'Profession', [
  'physiotherapist',
  'physician',
  'other',
]);

export type Profession = (typeof professions.codes)[number];

export const credentialKinds = codeSet('credential', 'Credential for needling', [
  'gunn-ims-certified',
  'gunn-ims-trained',
  'dry-needling-course',
  'acupuncture-course',
  'no-needling-training',
  'other',
]);

export const credentialEvidence = codeSet('credential-evidence', 'How a credential is known', [
  'stated',
  'seen',
]);

export const payers = codeSet('payer', 'Payer', [
  'self-pay',
  'extended-health',
  'worksafebc',
  'icbc',
  'other',
  'unknown',
]);

export type Payer = (typeof payers.codes)[number];

export const referralDemands = codeSet('referral-demand', 'Who requires a referral', [
  'by-law',
  'by-insurer',
  'by-nobody',
  'unknown',
]);

export const billedServices = codeSet('billing', 'Billed service', [
  'billed-physiotherapy',
  'billed-ims',
  'not-billed',
  'other',
]);

export const dominantHands = codeSet('dominant-hand', 'Dominant hand', [
  'left',
  'right',
  'either-hand',
  'unknown',
]);

export const personsPresent = codeSet('person-present', 'Person present', [
  'interpreter',
  'substitute-decision-maker',
  'parent',
  'family',
  'aide',
  'student',
  'other',
]);

export const presenceMeans = codeSet('presence-means', 'How a person was present', [
  'in-person',
  'telephone',
  'video',
]);
