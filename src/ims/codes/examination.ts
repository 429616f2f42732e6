// Code sets of examination, tests, treatment goals and the decisions based on them.
import { codeSet } from './code-set.ts';

export const responseLevels = codeSet('level', 'Level of a response', [
  'normal',
  'increased',
  'reduced',
  'absent',
  'not-tested',
]);

export const triggerPointStates = codeSet('trigger-point-state', 'State of a trigger point', [
  'trigger-point-active',
  'trigger-point-latent',
  'unknown',
]);

export const jointMovements = codeSet('movement', 'Movement of a joint', [
  'flexion',
  'extension',
  'side-flexion',
  'rotation',
  'abduction',
  'adduction',
  'internal-rotation',
  'external-rotation',
  'dorsiflexion',
  'plantarflexion',
  'pronation',
  'supination',
  'mouth-opening',
  'other',
]);

export const romModes = codeSet('rom-mode', 'Who moves the joint', ['rom-active', 'rom-passive']);

export const strengthGrades = codeSet('strength', 'Grade of strength', [
  'strength-0',
  'strength-1-minus',
  'strength-1',
  'strength-1-plus',
  'strength-2-minus',
  'strength-2',
  'strength-2-plus',
  'strength-3-minus',
  'strength-3',
  'strength-3-plus',
  'strength-4-minus',
  'strength-4',
  'strength-4-plus',
  'strength-5-minus',
  'strength-5',
  'strength-5-plus',
]);

export const muscleResponses = codeSet('firing', 'How a muscle responds', [
  'firing-normal',
  'firing-inhibited',
  'firing-irritable',
]);

export const skinTemperatures = codeSet('skin-temperature-side', 'Compared with the other side', [
  'colder',
  'same',
  'warmer',
]);

export const postures = codeSet('posture', 'Posture or movement pattern', [
  'abnormal-posture',
  'abnormal-gait',
  'compensated-movement',
  'other',
]);

export const suitabilities = codeSet('suitability', 'Suitability for IMS', [
  'suitable',
  'modify',
  'defer',
  'not-suitable',
]);

export const suitabilityDeciders = codeSet('suitability-decided-by', 'Who decided', [
  'clinician',
  'shared',
]);

export const treatmentGoals = codeSet('goal', 'Goal of the treatment', [
  'release-shortening',
  'desensitize',
  'relieve-nerve-irritation',
  'reduce-pain',
  'restore-rom',
  'strengthen',
  'improve-function',
  'retrain-movement',
  'prevent-recurrence',
  'other',
]);

export const tendonStructures = codeSet('tendon-structure', 'Tendon or attachment', [
  'tendon',
  'enthesis',
]);

export const testResults = codeSet('test-result', 'Result of a test', [
  'positive',
  'negative',
  'equivocal',
  'not-tested',
]);

export const measuredValues = codeSet('measure', 'Vital sign or laboratory value', [
  'body-temperature',
  'blood-pressure',
  'heart-rate',
  'respiratory-rate',
  'oxygen-saturation',
  'body-weight',
  'body-height',
  'body-mass-index',
  'inr',
  'platelet-count',
  'hba1c',
  'other',
]);

export const courseReviews = codeSet('review', 'Review of the course', [
  'continue',
  'modify',
  'pause',
  'stop',
  'discharge',
]);

export const prescribedExercises = codeSet('exercise-prescribed', 'Exercise prescribed', [
  'movement-retraining',
  'stretching',
  'strengthening',
  'exercise',
  'other',
]);

export const countedBy = codeSet('counted-by', 'What is counted', ['visits', 'needlings']);
