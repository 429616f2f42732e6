// Content that several visits share: complaints, payers, imaging, goals, the plan of the course.

import { conditions } from '../codes/conditions.ts';
import { countedBy, prescribedExercises, treatmentGoals } from '../codes/examination.ts';
import { sides } from '../codes/general.ts';
import { billedServices, imagingModalities, payers, referralDemands } from '../codes/history.ts';
import {
  code,
  codes,
  date,
  duration,
  group,
  id,
  key,
  keyOf,
  list,
  number,
  required,
  requiredOrAsWritten,
  setOfValues,
  text,
  unit,
} from './build.ts';
import { consent } from './consent.ts';
import { complaint } from './history.ts';
import { answer, site } from './parts.ts';

const claim = group('Claim', {
  key: required(key('Key')),
  payer: requiredOrAsWritten(code('Payer', payers)),
  number: text('Claim number'),
  adjuster: text('Adjuster'),
  injuryDate: date('Date of injury'),
  approvals: setOfValues(
    'Approvals',
    group('Approval', {
      count: number('Visits', { unit: '1', whole: true, min: 0 }),
      until: date('Until'),
    }),
  ),
});

/** A03: payers, claims and referral; whether a referral is required is taken from the chart. */
const claims = group(
  'Payers, claims, referral',
  {
    claims: list('Claims', claim),
    referral: answer('Referral'),
    referralBy: text('Referred by'),
    referralDate: date('Date of the referral'),
    requiredBy: codes('Referral required by', referralDemands),
    billedAs: codes('Billed as', billedServices),
  },
  { id: 'A03' },
);

const imaging = group('Imaging', {
  key: required(key('Key')),
  modality: requiredOrAsWritten(code('Modality', imagingModalities)),
  date: date('Date'),
  site: site('Where'),
  result: text('Result'),
  notExplanatory: answer('Does not explain the pain'),
  documentKey: keyOf('Document'),
});

const indication = group(
  'Working diagnosis',
  {
    key: required(key('Key')),
    condition: code('Condition', conditions),
    text: text('Diagnosis in words'),
    side: code('Side', sides),
  },
  { atLeastOne: [['condition', 'text']] },
);

const goal = group('Goal', {
  key: required(key('Key')),
  goal: requiredOrAsWritten(code('Goal', treatmentGoals)),
  targetDate: date('Target date'),
});

/** P10, P11: the plan of the course as charted for this patient, without any default. */
const plan = group(
  'Plan of the course',
  {
    plannedTotal: number('Planned sessions', { unit: '1', whole: true, min: 0 }),
    plannedMin: number('At least', { unit: '1', whole: true, min: 0 }),
    plannedMax: number('At most', { unit: '1', whole: true, min: 0 }),
    countedBy: code('Counted by', countedBy),
    frequency: group(
      'Planned frequency',
      {
        frequency: number('How often', { unit: '1', whole: true, min: 1 }),
        period: number('Period', { min: 0 }),
        unit: unit('Unit', ['d', 'wk', 'mo']),
      },
      { id: 'P11' },
    ),
  },
  { id: 'P10' },
);

const exercise = group('Exercise', {
  key: required(key('Key')),
  what: requiredOrAsWritten(code('What', prescribedExercises)),
});

const nextVisit = group(
  'Next visit',
  {
    date: date('Date'),
    interval: duration('Interval', ['d', 'wk', 'mo']),
    condition: text('Only if'),
  },
  { id: 'R12' },
);

/** The course of care in which one or more complaints are treated. */
export const episode = group('Episode of care', {
  id: required(id('Episode')),
  complaints: list('Complaints', complaint, { id: 'A04' }),
  claims,
  imaging: list('Imaging', imaging, { id: 'A20' }),
  indications: list('Working diagnoses', indication, { id: 'A21' }),
  goals: list('Goals', goal, { id: 'A42' }),
  plan,
  exercises: list('Exercises prescribed', exercise, { id: 'R11' }),
  nextVisit,
  consents: list('Consents for the course', consent, { id: 'P01' }),
});
