// One list for expected reactions and adverse events; which it was is said, never derived.

import {
  causalities,
  considerations,
  EVENT_ROWS,
  eventCodes,
  eventOutcomes,
  eventSeverities,
  eventSymptoms,
  intensities,
  receivers,
  verifications,
} from '../codes/events.ts';
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
  keys,
  list,
  must,
  needed,
  number,
  plain,
  setOfValues,
  text,
} from './build.ts';
import type { ValueOf } from './members.ts';
import { sayers } from './members.ts';
import { ans } from './parts.ts';

/** R14: who was told of an incident; one entry a receiver. */
const reports = setOfValues(
  'Reported onward',
  group('Report', { reported: ans('Reported'), to: code('To', receivers), date: date('Date') }),
  { id: 'R14' },
);

/** R05: what happened when the patient fainted, and what was done. */
const faint = group(
  'Faint',
  {
    lossOfConsciousness: ans('Lost consciousness'),
    injury: ans('Was injured'),
    stopped: ans('Needling was stopped'),
    supine: ans('Was laid down'),
    legsRaised: ans('Legs were raised'),
    emergencyCall: ans('Emergency service was called'),
    recoveryMin: number('Recovered after', { unit: 'min', min: 0 }),
  },
  { id: 'R05' },
);

const event = group('Event', {
  key: must(key('Key')),
  code: needed(code('Event', eventCodes, { id: 'R01', also: EVENT_ROWS })),
  considered: needed(code('Considered', considerations)),
  verification: code('Verification', verifications),
  basis: text('Basis'),
  symptoms: codes('Symptoms', eventSymptoms),
  siteKeys: keys('Sites'),
  severity: code('Severity class', eventSeverities),
  intensity: code('Intensity', intensities),
  causality: code('Causality', causalities),
  onset: duration('Onset after the session', ['min', 'h', 'd']),
  startedAt: instant('Began at'),
  lasted: duration('Lasted', ['min', 'h', 'd']),
  treatment: text('Treatment'),
  outcome: code('Outcome', eventOutcomes),
  faint,
  aboutSession: id('About the session of', { id: 'R15' }),
  reportedAt: instant('Told at', { id: 'R15' }),
  reportedBy: code('Told by', sayers, { id: 'R15' }),
  continues: plain('Continues', { recordId: id('Record'), key: must(keyOf('Key of the event')) }),
  reports,
});

/** Reactions and adverse events of the visit, and those told at it. */
export const events = list('Events', event, { id: 'R01' });

/** R06: needle-stick of staff. Stays in the record, never goes into the patient's chart. */
export const staffEvents = list(
  'Needle-stick injuries of staff',
  group('Needle-stick injury', {
    key: must(key('Key')),
    at: instant('At'),
    subject: id('Practitioner'),
    management: text('Management'),
    reports,
  }),
  { id: 'R06' },
);

/** One event. */
export type ImsEvent = ValueOf<typeof event>;
