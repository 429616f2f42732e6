// Parts of a session: what was also done, needles, channels, counts.

import { changes } from '../codes/history.ts';
import {
  alsoDone,
  orders,
  polarities,
  positions,
  returnContacts,
  sessionOutcomes,
  tolerances,
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
  must,
  needed,
  number,
  text,
} from './build.ts';
import { ans } from './parts.ts';

/** P16: another treatment of the same day. */
export const alsoDoneToday = group('Also done', {
  key: must(key('Key')),
  what: needed(code('What', alsoDone)),
  order: code('Order', orders),
  duration: duration('For', ['min']),
});

/** P07: how the patient lay or sat. */
export const position = group('Position', {
  key: must(key('Key')),
  position: needed(code('Position', positions)),
  supported: ans('Supported'),
  support: text('Support'),
});

/** P08: hygiene of the session. */
export const hygiene = group(
  'Infection control',
  {
    skinPrep: ans('Skin prepared'),
    handHygiene: ans('Hand hygiene'),
    gloves: ans('Gloves'),
    sharps: ans('Sharps disposed of'),
    agent: text('Agent'),
  },
  { id: 'P08' },
);

/** P18, P20: one count of insertions and needles; the last one is final. */
export const needleCount = group('Count', {
  key: must(key('Key')),
  at: instant('Counted at'),
  insertions: count('Insertions', { id: 'P18' }),
  withdrawals: count('Withdrawals', { id: 'P18' }),
  opened: count('Needles opened', { id: 'P20' }),
  recovered: count('Needles recovered', { id: 'P20' }),
  unused: count('Needles unused', { id: 'P20' }),
});

/** P19: how the patient bore it and what came of it, told and measured apart. */
export const sessionResult = group(
  'Result of the session',
  {
    tolerance: code('Tolerance', tolerances),
    outcome: code('Outcome', sessionOutcomes),
    reported: code('Reported by the patient', changes),
    measured: code('Measured', changes),
  },
  { id: 'P19' },
);

/** N07: a kind of needle; size groups of sites name it by its key. */
export const needleType = group('Needle type', {
  key: must(key('Key')),
  sterile: ans('Sterile'),
  singleUse: ans('Single use'),
  lot: text('Lot'),
  brand: text('Brand'),
});

/** N12: one channel of electrical stimulation. */
export const channel = group('Channel', {
  key: must(key('Key')),
  siteKeys: must(keys('Sites')),
  return: code('Second contact', returnContacts),
  returnSiteKey: keyOf('Site of the second contact'),
  polarity: code('Polarity', polarities),
  frequencyHz: number('Frequency', { unit: 'Hz', min: 0 }),
  pulseWidthUs: number('Pulse width', { unit: 'us', min: 0 }),
  currentMa: number('Current', { unit: 'mA', min: 0 }),
  durationMin: number('For', { unit: 'min', min: 0 }),
  waveform: code('Waveform', waveforms),
});
