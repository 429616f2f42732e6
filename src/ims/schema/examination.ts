// The examination: signs at sites, range of motion, strength, neurological screen, tests, measurements.

import {
  jointMovements,
  measuredValues,
  muscleResponses,
  responseLevels,
  romModes,
  skinTemperatures,
  strengthGrades,
  tendonStructures,
  testResults,
  triggerPointStates,
} from '../codes/examination.ts';
import { answers, grades, needlingMoments, segments, sides, tissues } from '../codes/general.ts';
import { regions } from '../codes/muscles.ts';
import {
  code,
  count,
  date,
  group,
  instant,
  key,
  list,
  number,
  required,
  requiredOrAsWritten,
  text,
  unit,
} from './build.ts';
import { answer, site, siteMembers, siteRules, sites } from './parts.ts';

/** One graded sign of an examined site; other items refer to it by its key. */
const graded = (label: string, id: string) =>
  group(label, { key: key('Key'), grade: code(label, grades) }, { id });

/** A23, A26-A29, A32-A38, A46: one muscle or region with its signs. */
const examinedSite = group(
  'Examined site',
  {
    key: required(key('Key')),
    ...siteMembers,
    tenderness: group(
      'Tenderness',
      {
        key: key('Key'),
        grade: code('Tenderness', grades),
        motorPoint: answer('At a motor point'),
        tissue: code('Tissue', tissues),
      },
      { id: 'A23' },
    ),
    triggerPoint: group(
      'Trigger point',
      {
        key: key('Key'),
        present: answer('Trigger point'),
        state: code('State', triggerPointStates),
        reproduces: answer('Reproduces the usual pain'),
        refersTo: sites('Refers to'),
      },
      { id: 'A26' },
    ),
    tautBand: graded('Taut band', 'A27'),
    shortening: group(
      'Muscle shortening',
      {
        key: key('Key'),
        grade: code('Muscle shortening', grades),
        contracture: answer('Under contracture'),
      },
      { id: 'A28' },
    ),
    tone: group(
      'Hypertonicity, spasm, guarding',
      {
        hypertonic: code('Hypertonicity', grades),
        spasm: code('Spasm', grades),
        guarding: code('Guarding', grades),
      },
      { id: 'A29' },
    ),
    temperature: group(
      'Skin temperature compared with the other side',
      {
        against: code('Compared with the other side', skinTemperatures),
        affectedC: number('This side', { unit: 'Cel' }),
        otherC: number('Other side', { unit: 'Cel' }),
        differenceK: number('Difference, this side minus other', { unit: 'K' }),
      },
      { id: 'A32' },
    ),
    hairLoss: code('Localized hair loss', answers, { id: 'A33' }),
    matchstick: code('Matchstick test', answers, { id: 'A34' }),
    skinRoll: group(
      'Skin rolling',
      { thick: answer('Thick and adherent when rolled'), orangePeel: answer('Orange peel') },
      { id: 'A35' },
    ),
    sweating: code('Excess sweating', answers, { id: 'A36' }),
    goosebumps: code('Goosebumps', answers, { id: 'A37' }),
    trophic: group(
      'Nails and skin',
      { brittleNails: answer('Brittle nails'), abnormalSkin: answer('Abnormal skin') },
      { id: 'A38' },
    ),
    tendon: group(
      'Tendon or attachment',
      {
        structure: code('Structure', tendonStructures),
        tenderness: code('Tenderness', grades),
        thickening: code('Thickening', grades),
      },
      { id: 'A46' },
    ),
  },
  siteRules,
);

const paraspinal = group('Paraspinal level', {
  key: required(key('Key')),
  segment: requiredOrAsWritten(code('Segment', segments)),
  side: code('Side', sides),
  tenderness: code('Tenderness', grades),
  shortening: code('Shortening', grades),
});

const motion = group(
  'Range of motion',
  {
    key: required(key('Key')),
    joint: requiredOrAsWritten(code('Joint', regions)),
    side: code('Side', sides),
    movement: requiredOrAsWritten(code('Movement', jointMovements)),
    mode: code('Moved by', romModes),
    value: number('Value'),
    unit: unit('Unit', ['deg', 'mm', 'cm']),
    limitation: code('Limitation', grades),
    endPain: answer('Pain at the end of range'),
    deviatesTo: code('Deviates to', sides),
    moment: code('Timing', needlingMoments, { id: 'R10' }),
  },
  { within: [{ member: 'value', from: -360, to: 360, while: ['unit', 'deg'] }] },
);

const strength = group('Strength and firing', {
  key: required(key('Key')),
  site: site('Muscle tested'),
  joint: code('Joint', regions),
  movement: code('Movement', jointMovements),
  side: code('Side', sides),
  strength: code('Strength', strengthGrades),
  firing: code('Firing', muscleResponses),
  painful: answer('Painful'),
  moment: code('Timing', needlingMoments, { id: 'R10' }),
});

const neurological = group(
  'Neurological screen',
  {
    levels: list(
      'Levels',
      group('Level', {
        key: required(key('Key')),
        segment: requiredOrAsWritten(code('Segment', segments)),
        side: code('Side', sides),
        reflex: code('Reflex', responseLevels),
        sensation: code('Sensation', responseLevels),
        myotome: code('Myotome', responseLevels),
      }),
    ),
    areas: list(
      'Areas',
      group('Area', {
        key: required(key('Key')),
        site: requiredOrAsWritten(site('Where')),
        sensation: code('Sensation', responseLevels),
      }),
    ),
    rootSigns: answer('Root signs'),
  },
  { id: 'A39' },
);

const specialTest = group('Special test', {
  key: required(key('Key')),
  test: requiredOrAsWritten(text('Test')),
  site: site('Where'),
  side: code('Side', sides),
  result: code('Result', testResults),
  value: number('Value'),
  unit: text('Unit (UCUM)'),
  painful: answer('Painful'),
  moment: code('Timing', needlingMoments, { id: 'R10' }),
});

const measure = group('Measured value', {
  key: required(key('Key')),
  what: requiredOrAsWritten(code('What', measuredValues)),
  value: number('Value'),
  diastolic: number('Diastolic'),
  unit: text('Unit (UCUM)'),
  at: instant('Measured at'),
  date: date('Measured on'),
  method: text('Site or method'),
});

/** Members of the assessment that are found by examination. */
export const examinationMembers = {
  manyTenderPoints: group(
    'Many tender points',
    { answer: answer('Many tender points'), count: count('How many') },
    { id: 'A24' },
  ),
  paraspinal: list('Paraspinal findings', paraspinal, { id: 'A25' }),
  sites: list('Examined sites', examinedSite),
  motion: list('Range of motion', motion, { id: 'A30' }),
  strength: list('Strength and firing', strength, { id: 'A31' }),
  neurological,
  tests: list('Special and functional tests', specialTest, { id: 'A47' }),
  values: list('Vital signs and laboratory values', measure, { id: 'A49' }),
} as const;
