// What the patient tells: complaints with their story, pain, symptoms, history.

import { conditions } from '../codes/conditions.ts';
import { segments } from '../codes/general.ts';
import {
  changes,
  credentialKinds,
  damageKinds,
  evidences,
  factorEffects,
  historyKinds,
  homeProgrammes,
  inflammationSigns,
  injuryMechanisms,
  instruments,
  painFactors,
  painPatterns,
  painQualities,
  painSides,
  presenceMeans,
  presences,
  professions,
  redFlags,
  reliefs,
  sensitivities,
  sinces,
  symptoms,
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
  must,
  needed,
  number,
  setOfValues,
  text,
  unit,
} from './build.ts';
import { ans, site, siteRules, sites } from './parts.ts';

/** A drug as the chart names it; nothing of it is coded unasked. */
export const medicineMembers = {
  drug: text('Drug'),
  dose: text('Dose'),
  reason: text('Reason'),
  startedDate: date('Started'),
  stoppedDate: date('Stopped'),
  lastTakenAt: instant('Last taken at'),
  lastTakenDate: date('Last taken on'),
} as const;

/** A04-A08, A10-A13: one complaint with its own history. */
export const complaint = group('Complaint', {
  key: must(key('Key')),
  text: needed(text('Complaint in words', { id: 'A04' })),
  condition: code('Condition', conditions, { id: 'A04' }),
  injury: group(
    'Precipitating injury',
    {
      injury: ans('Injury'),
      date: date('Date of the injury'),
      mechanism: codes('Mechanism', injuryMechanisms),
    },
    { id: 'A05' },
  ),
  delayedOnset: group(
    'Pain began later than the injury',
    {
      key: key('Key'),
      answer: ans('Delayed onset'),
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
      stalled: ans('Recovery has stalled'),
      treatments: setOfValues(
        'Earlier treatments',
        group('Earlier treatment', {
          treatment: needed(text('Treatment')),
          relief: code('Relief', reliefs),
        }),
      ),
    },
    { id: 'A08' },
  ),
  tissueDamage: group(
    'Ongoing tissue damage or inflammation',
    {
      key: key('Key'),
      answer: ans('Ongoing tissue damage or inflammation'),
      kind: codes('Kind', damageKinds),
      signs: codes('Signs of inflammation', inflammationSigns),
    },
    { id: 'A10' },
  ),
  painWithoutDamage: group(
    'Pain without ongoing tissue damage',
    { key: key('Key'), answer: ans('Pain without ongoing tissue damage') },
    { id: 'A11' },
  ),
  sensitivity: group(
    'Mild stimuli are very painful',
    {
      key: key('Key'),
      answer: ans('Mild stimuli are very painful'),
      kind: codes('Kind', sensitivities),
      stimulus: text('Stimulus'),
      sites: sites('Where'),
    },
    { id: 'A12' },
  ),
  summation: group(
    'Summation and after-reaction',
    {
      key: key('Key'),
      answer: ans('Pain builds up and lasts'),
      stimulus: text('Stimulus'),
      lasts: duration('Lasts', ['h', 'd']),
    },
    { id: 'A13' },
  ),
});

/** A15: where the pain is and where it spreads; the only place that may be both sides at once. */
const painLocation = group(
  'Pain location',
  {
    key: must(key('Key')),
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
  key: must(key('Key')),
  effect: needed(code('Effect', factorEffects)),
  factor: needed(code('Factor', painFactors)),
});

const symptom = group('Associated symptom', {
  key: must(key('Key')),
  symptom: needed(code('Symptom', symptoms)),
  answer: needed(ans('Has it')),
  site: site('Where'),
});

const score = group('Function or disability score', {
  key: must(key('Key')),
  instrument: needed(code('Instrument', instruments)),
  score: needed(number('Score', { min: 0 })),
  unit: unit('Unit', ['{score}', '%']),
  max: number('Highest possible score', { min: 0 }),
  part: text('Part or activity'),
  date: date('Date'),
});

const intervalChange = group('Change since', {
  key: must(key('Key')),
  change: needed(code('Change', changes)),
  since: code('Since', sinces),
  percent: number('Percent better, negative is worse', { unit: '%', whole: true }),
  reliefLasted: duration('Relief lasted', ['h', 'd', 'wk']),
});

const redFlag = group('Red flag', {
  key: must(key('Key')),
  flag: needed(code('Red flag', redFlags)),
  answer: needed(ans('Present')),
  site: site('Where'),
  onset: date('Since'),
});

const historyItem = group('History', {
  key: must(key('Key')),
  kind: needed(code('Kind', historyKinds)),
  text: needed(text('As charted')),
  noneKnown: ans('Charted as none known'),
  ...medicineMembers,
});

const person = group('Person present', {
  key: must(key('Key')),
  role: needed(code('Role', presences)),
  name: text('Name'),
  part: text('What they did'),
  present: ans('Was there'),
  means: code('How', presenceMeans),
});

/** A02: a practitioner's standing for needling, as charted. Nobody is refused by it. */
const standing = group('Standing for needling', {
  practitioner: must(id('Practitioner')),
  profession: codes('Profession', professions),
  register: text('Register'),
  number: text('Number in the register'),
  jurisdiction: text('Jurisdiction, ISO 3166-2'),
  roster: ans('On the roster for needling'),
  rosterDate: date('Roster seen on'),
  credentials: setOfValues(
    'Credentials',
    group('Credential', {
      kind: needed(code('Credential', credentialKinds)),
      date: date('Date'),
      evidence: code('Evidence', evidences),
    }),
  ),
});

/** Members of the assessment that the patient tells or that are asked. */
export const historyMembers = {
  standings: list('Standing of the practitioners', standing, { id: 'A02', by: 'practitioner' }),
  painLocations: list('Pain locations', painLocation, { id: 'A15' }),
  painQualities: codes('Pain quality', painQualities, { id: 'A16' }),
  factors: list('What makes it worse or better', factor, { id: 'A17' }),
  symptoms: list('Associated symptoms', symptom, { id: 'A18' }),
  scores: list('Function and disability scores', score, { id: 'A19' }),
  changes: list('Since the last visit, since the start', intervalChange, { id: 'A43' }),
  sorenessAfterLast: group(
    'Soreness after the last session',
    { answer: ans('Soreness after the last session'), event: keyOf('Event') },
    { id: 'A44' },
  ),
  homeProgramme: code('Home programme done', homeProgrammes, { id: 'A45' }),
  redFlags: list('Red flags', redFlag, { id: 'A48' }),
  history: list('Medicines, allergies, history', historyItem, { id: 'A50' }),
  present: list('Persons present', person, { id: 'A52' }),
} as const;
