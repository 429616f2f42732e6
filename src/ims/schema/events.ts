// Events (expected reactions and adverse events in one list, with the classification as charted, never
// derived), and contacts such as telephone calls.

import {
  causalities,
  contactDirections,
  contactMeans,
  contactParties,
  EVENT_FREQUENCY_ROWS,
  eventClassifications,
  eventCodes,
  eventOutcomes,
  eventSeverities,
  eventSymptoms,
  eventVerifications,
  intensities,
  reportReceivers,
} from '../codes/events.ts';
import {
  code,
  codes,
  date,
  duration,
  group,
  id,
  ids,
  instant,
  key,
  keyOf,
  keys,
  list,
  number,
  plain,
  required,
  requiredOrAsWritten,
  setOfValues,
  text,
} from './build.ts';
import type { ValueOf } from './members.ts';
import { informationSources } from './members.ts';
import { answer } from './parts.ts';

/** R14: to whom an incident was reported, one entry for each receiver. */
const reports = setOfValues(
  'Reported to',
  group('Report', {
    reported: answer('Reported'),
    to: code('To', reportReceivers),
    date: date('Date'),
  }),
  { id: 'R14' },
);

/** R05: a faint and what was done. */
const faint = group(
  'Faint',
  {
    lossOfConsciousness: answer('Lost consciousness'),
    injury: answer('Was injured'),
    stopped: answer('Needling was stopped'),
    supine: answer('Was laid down'),
    legsRaised: answer('Legs were raised'),
    emergencyCall: answer('Emergency service was called'),
    recoveryMin: number('Recovered after', { unit: 'min', min: 0 }),
  },
  { id: 'R05' },
);

const event = group('Event', {
  key: required(key('Key')),
  code: requiredOrAsWritten(code('Event', eventCodes, { id: 'R01', also: EVENT_FREQUENCY_ROWS })),
  considered: requiredOrAsWritten(code('Considered', eventClassifications)),
  verification: code('Verification', eventVerifications),
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
  reportedAt: instant('Reported at', { id: 'R15' }),
  reportedBy: code('Reported by', informationSources, { id: 'R15' }),
  continues: plain('Continues', {
    recordId: id('Record'),
    key: required(keyOf('Key of the event')),
  }),
  reports,
});

/** Reactions and adverse events of the visit, and earlier ones reported at it. */
export const events = list('Events', event, { id: 'R01' });

/** R06: needle-stick injuries of staff. They stay in the record and never enter the patient's chart. */
export const staffEvents = list(
  'Needle-stick injuries of staff',
  group('Needle-stick injury', {
    key: required(key('Key')),
    at: instant('At'),
    subject: id('Practitioner'),
    management: text('Management'),
    reports,
  }),
  { id: 'R06' },
);

const contact = group(
  'Contact',
  {
    key: required(key('Key')),
    at: instant('At'),
    date: date('Date'),
    direction: code('Direction', contactDirections),
    means: code('Means', contactMeans),
    with: codes('With', contactParties),
    withName: text('Name'),
    practitioners: ids('Practitioners'),
    aboutSession: id('About the session of'),
    documentKey: keyOf('Document'),
  },
  { exactlyOne: [['at', 'date']] },
);

/**
 * R16: telephone calls, messages and letters, in addition to a visit or without one. A record of kind
 * `contact` has exactly one.
 */
export const contacts = list('Contacts', contact, { id: 'R16' });

/** One event. */
export type ImsEvent = ValueOf<typeof event>;
