// One list for expected reactions and adverse events; which it was is said, never derived.

import { code, duration, group, instant, key, keys, list, must, needed, text } from './build.ts';
import type { ValueOf } from './members.ts';
import {
  causalities,
  considerations,
  eventCodes,
  eventOutcomes,
  eventSeverities,
  intensities,
  verifications,
} from './session-codes.ts';

const event = group('Event', {
  key: must(key('Key')),
  code: needed(code('Event', eventCodes, { id: 'R01' })),
  considered: needed(code('Considered', considerations)),
  verification: code('Verification', verifications),
  basis: text('Basis'),
  siteKeys: keys('Sites'),
  severity: code('Severity class', eventSeverities),
  intensity: code('Intensity', intensities),
  causality: code('Causality', causalities),
  onset: duration('Onset after the session', ['min', 'h', 'd']),
  startedAt: instant('Began at'),
  lasted: duration('Lasted', ['min', 'h', 'd']),
  treatment: text('Treatment'),
  outcome: code('Outcome', eventOutcomes),
  reportedAt: instant('Told at'),
});

/** Reactions and adverse events of the visit. */
export const events = list('Events', event, { id: 'R01' });

/** One event. */
export type ImsEvent = ValueOf<typeof event>;
