// The history: complaints, pain, symptoms, function scores, medicines, persons present.

import { conditions } from '../codes/conditions.ts';
import { segments } from '../codes/general.ts';
import {
  changeRatings,
  comparisonPeriods,
  credentialEvidence,
  credentialKinds,
  damageKinds,
  factorEffects,
  functionScores,
  historyKinds,
  homeProgrammeAnswers,
  inflammationSigns,
  injuryMechanisms,
  painFactors,
  painPatterns,
  painQualities,
  painSensitivities,
  painSides,
  personsPresent,
  presenceMeans,
  professions,
  redFlags,
  symptoms,
  treatmentReliefs,
} from '../codes/history.ts';
import { muscles, regions } from '../codes/muscles.ts';
import {
  code,
  codes,
  date,
  duration,
  group,
  id,
  instant,
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
import { answer, site, siteRules, sites } from './parts.ts';

/** A drug as named in the chart, without codes. */
export const medicineMembers = {
  drug: text('Drug'),
  dose: text('Dose'),
  reason: text('Reason'),
  startedDate: date('Started'),
  stoppedDate: date('Stopped'),
  lastTakenAt: instant('Last taken at'),
  lastTakenDate: date('Last taken on'),
} as const;

/** A04-A08, A10-A13: one complaint with its history. */
export const complaint = group('Complaint', {
  key: required(key('Key')),
  text: requiredOrAsWritten(text('Complaint in words', { id: 'A04' })),
  condition: code('Condition', conditions, { id: 'A04' }),
  injury: group(
    'Precipitating injury',
    {
      injury: answer('Injury'),
      date: date('Date of the injury'),
      mechanism: codes('Mechanism', injuryMechanisms),
    },
    { id: 'A05' },
  ),
  delayedOnset: group(
    'Pain began later than the injury',
    {
      key: key('Key'),
      answer: answer('Delayed onset'),
      delay: duration('Delay', ['h', 'd', 'wk', 'mo']),
    },
    { id: 'A06' },
  ),
  course: group(
    'Duration and pattern of the pain',
    {
      onset: date('Since'),
      duration: duration('For', ['h', 'd', 'wk', 'mo', 'a']),
      pattern: code('Pattern', painPatterns),
    },
    { id: 'A07' },
  ),
  recovery: group(
    'Recovery and earlier treatments',
    {
      stalled: answer('Recovery has stalled'),
      treatments: setOfValues(
        'Earlier treatments',
        group('Earlier treatment', {
          treatment: requiredOrAsWritten(text('Treatment')),
          relief: code('Relief', treatmentReliefs),
        }),
      ),
    },
    { id: 'A08' },
  ),
  tissueDamage: group(
    'Ongoing tissue damage or inflammation',
    {
      key: key('Key'),
      answer: answer('Ongoing tissue damage or inflammation'),
      kind: codes('Kind', damageKinds),
      signs: codes('Signs of inflammation', inflammationSigns),
    },
    { id: 'A10' },
  ),
  painWithoutDamage: group(
    'Pain without ongoing tissue damage',
    { key: key('Key'), answer: answer('Pain without ongoing tissue damage') },
    { id: 'A11' },
  ),
  sensitivity: group(
    'Mild stimuli are very painful',
    {
      key: key('Key'),
      answer: answer('Mild stimuli are very painful'),
      kind: codes('Kind', painSensitivities),
      stimulus: text('Stimulus'),
      sites: sites('Where'),
    },
    { id: 'A12' },
  ),
  summation: group(
    'Summation and prolonged reaction',
    {
      key: key('Key'),
      answer: answer('Pain builds up and lasts'),
      stimulus: text('Stimulus'),
      lasts: duration('Lasts', ['h', 'd']),
    },
    { id: 'A13' },
  ),
});

/** A15: where the pain is and where it spreads; the only body site that may be on both sides. */
const painLocation = group(
  'Pain location',
  {
    key: required(key('Key')),
    muscle: code('Muscle', muscles),
    region: code('Region', regions),
    side: code('Side', painSides),
    segments: codes('Spinal segments', segments),
    spreadsTo: sites('Spreads to'),
    drawing: keyOf('Drawing'),
  },
  siteRules,
);

const factor = group('Factor', {
  key: required(key('Key')),
  effect: requiredOrAsWritten(code('Effect', factorEffects)),
  factor: requiredOrAsWritten(code('Factor', painFactors)),
});

const symptom = group('Associated symptom', {
  key: required(key('Key')),
  symptom: requiredOrAsWritten(code('Symptom', symptoms)),
  answer: requiredOrAsWritten(answer('Present')),
  site: site('Where'),
});

const score = group('Function or disability score', {
  key: required(key('Key')),
  instrument: requiredOrAsWritten(code('Instrument', functionScores)),
  score: requiredOrAsWritten(number('Score', { min: 0 })),
  unit: unit('Unit', ['{score}', '%']),
  max: number('Highest possible score', { min: 0 }),
  part: text('Part or activity'),
  date: date('Date'),
});

const intervalChange = group('Change since', {
  key: required(key('Key')),
  change: requiredOrAsWritten(code('Change', changeRatings)),
  since: code('Since', comparisonPeriods),
  percent: number('Percent better (negative: worse)', { unit: '%', whole: true }),
  reliefLasted: duration('Relief lasted', ['h', 'd', 'wk']),
});

const redFlag = group('Red flag', {
  key: required(key('Key')),
  flag: requiredOrAsWritten(code('Red flag', redFlags)),
  answer: requiredOrAsWritten(answer('Present')),
  site: site('Where'),
  onset: date('Since'),
});

const historyItem = group('History', {
  key: required(key('Key')),
  kind: requiredOrAsWritten(code('Kind', historyKinds)),
  text: requiredOrAsWritten(text('As charted')),
  noneKnown: answer('Charted as none known'),
  ...medicineMembers,
});

const person = group('Person present', {
  key: required(key('Key')),
  role: requiredOrAsWritten(code('Role', personsPresent)),
  name: text('Name'),
  part: text('What they did'),
  present: answer('Present'),
  means: code('Means', presenceMeans),
});

/** A02: a practitioner's qualification for needling as charted. It never blocks anything. */
const qualification = group('Qualification for needling', {
  practitioner: required(id('Practitioner')),
  profession: codes('Profession', professions),
  register: text('Register'),
  number: text('Registration number'),
  jurisdiction: text('Jurisdiction (ISO 3166-2)'),
  roster: answer('On the roster for needling'),
  rosterDate: date('Roster checked on'),
  credentials: setOfValues(
    'Credentials',
    group('Credential', {
      kind: requiredOrAsWritten(code('Credential', credentialKinds)),
      date: date('Date'),
      evidence: code('Evidence', credentialEvidence),
    }),
  ),
});

/** Members of the assessment that are asked or reported, not examined. */
export const historyMembers = {
  standings: list('Qualifications of the practitioners', qualification, {
    id: 'A02',
    by: 'practitioner',
  }),
  painLocations: list('Pain locations', painLocation, { id: 'A15' }),
  painQualities: codes('Pain quality', painQualities, { id: 'A16' }),
  factors: list('What makes it worse or better', factor, { id: 'A17' }),
  symptoms: list('Associated symptoms', symptom, { id: 'A18' }),
  scores: list('Function and disability scores', score, { id: 'A19' }),
  changes: list('Since the last visit, since the start', intervalChange, { id: 'A43' }),
  sorenessAfterLast: group(
    'Soreness after the last session',
    { answer: answer('Soreness after the last session'), event: keyOf('Event') },
    { id: 'A44' },
  ),
  homeProgramme: code('Home programme done', homeProgrammeAnswers, { id: 'A45' }),
  redFlags: list('Red flags', redFlag, { id: 'A48' }),
  history: list('Medicines, allergies, history', historyItem, { id: 'A50' }),
  present: list('Persons present', person, { id: 'A52' }),
} as const;
