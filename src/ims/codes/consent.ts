// Code sets of consent, refusal and withdrawal.
import { codeSet } from './code-set.ts';
import { eventCodes } from './events.ts';

export const consentForms = codeSet('consent-form', 'Form of consent', [
  'verbal',
  'written',
  'e-signed',
]);

export const consentGivers = codeSet('consent-by', 'Who consented', [
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

export const consentChanges = codeSet('consent-change', 'Consent refused or withdrawn', [
  'consent-refused',
  'consent-withdrawn',
]);

export const refusalScopes = codeSet('refusal-scope', 'What is refused', [
  'whole-session',
  'sites-named',
]);

export const explainedRisks = codeSet('explained-risk', 'Risk explained', [
  ...eventCodes.codes,
  'nerve-irritation',
]);

export const explainedTopics = codeSet('explained-topic', 'Topic explained', [
  'benefits',
  'expected-sensations',
  'alternatives',
  'right-to-stop',
  'questions-answered',
]);
