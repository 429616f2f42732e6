// Parts of a session: other treatments, position, hygiene, needle types and counts, channels.

import { changeRatings } from '../codes/history.ts';
import {
  otherTreatments,
  patientPositions,
  polarities,
  returnContacts,
  sessionOutcomes,
  sessionTolerances,
  treatmentOrders,
  waveforms,
} from '../codes/session.ts';
import {
  code,
  count,
  duration,
  group,
  instant,
  key,
  keyOf,
  keys,
  number,
  required,
  requiredOrAsWritten,
  text,
} from './build.ts';
import { answer } from './parts.ts';

/** P16: another treatment on the same day. */
export const alsoDoneToday = group('Also done', {
  key: required(key('Key')),
  what: requiredOrAsWritten(code('What', otherTreatments)),
  order: code('Order', treatmentOrders),
  duration: duration('Duration', ['min']),
});

/** P07: the position of the patient. */
export const position = group('Position', {
  key: required(key('Key')),
  position: requiredOrAsWritten(code('Position', patientPositions)),
  supported: answer('Supported'),
  support: text('Support'),
});

/** P08: infection control during the session. */
export const hygiene = group(
  'Infection control',
  {
    skinPrep: answer('Skin prepared'),
    handHygiene: answer('Hand hygiene'),
    gloves: answer('Gloves'),
    sharps: answer('Sharps disposed of'),
    agent: text('Agent'),
  },
  { id: 'P08' },
);

/** P18, P20: one count of insertions and needles; the last count is the final one. */
export const needleCount = group('Count', {
  key: required(key('Key')),
  at: instant('Counted at'),
  insertions: count('Insertions', { id: 'P18' }),
  withdrawals: count('Withdrawals', { id: 'P18' }),
  opened: count('Needles opened', { id: 'P20' }),
  recovered: count('Needles recovered', { id: 'P20' }),
  unused: count('Unused needles', { id: 'P20' }),
});

/** P19: tolerance and outcome; reported and measured changes are separate members. */
export const sessionResult = group(
  'Result of the session',
  {
    tolerance: code('Tolerance', sessionTolerances),
    outcome: code('Outcome', sessionOutcomes),
    reported: code('Reported by the patient', changeRatings),
    measured: code('Measured', changeRatings),
  },
  { id: 'P19' },
);

/** N07: a type of needle; the needles of a site refer to it by its key. */
export const needleType = group('Needle type', {
  key: required(key('Key')),
  sterile: answer('Sterile'),
  singleUse: answer('Single use'),
  lot: text('Lot'),
  brand: text('Brand'),
});

/** N12: one channel of electrical stimulation. */
export const channel = group('Channel', {
  key: required(key('Key')),
  siteKeys: required(keys('Sites')),
  return: code('Second contact', returnContacts),
  returnSiteKey: keyOf('Site of the second contact'),
  polarity: code('Polarity', polarities),
  frequencyHz: number('Frequency', { unit: 'Hz', min: 0 }),
  pulseWidthUs: number('Pulse width', { unit: 'us', min: 0 }),
  currentMa: number('Current', { unit: 'mA', min: 0 }),
  durationMin: number('Duration', { unit: 'min', min: 0 }),
  waveform: code('Waveform', waveforms),
});
