// The needling of this visit: planned, done, stopped or not done.

import {
  code,
  codes,
  count,
  date,
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
  setOfValues,
  text,
} from './build.ts';
import { segments, sides } from './codes.ts';
import type { ValueOf } from './members.ts';
import { muscles } from './muscles.ts';
import { ans, siteMembers, siteRules } from './parts.ts';
import {
  aims,
  graspGrades,
  manipulations,
  plannedHow,
  screeningBases,
  sessionStatuses,
  skippers,
  skipReasons,
  stoppers,
  stopReasons,
  techniques,
} from './session-codes.ts';

/** Needles of one size; a gauge stays as written and is never converted. */
const needles = group('Needles of one size', {
  count: count('How many'),
  diameterMm: number('Diameter', { id: 'N05', unit: 'mm', min: 0 }),
  lengthMm: number('Length', { id: 'N06', unit: 'mm', min: 0 }),
  sizeAsWritten: text('Size as written'),
  material: text('Material'),
});

/** One needled muscle on one side. */
const needledSite = group('Needled site', {
  key: must(key('Key')),
  muscle: needed(code('Muscle', muscles, { id: 'N01' })),
  side: code('Side', sides, { id: 'N02' }),
  segments: codes('Segments treated', segments, { id: 'N03' }),
  aim: group(
    'What was aimed at',
    { targets: codes('Aimed at', aims), indicatedBy: keys('Indicated by') },
    { id: 'N04' },
  ),
  needles: setOfValues('Needles', needles),
  manipulation: codes('Manipulation', manipulations, { id: 'N10' }),
  twitch: group(
    'Local twitch response',
    {
      key: key('Key'),
      answer: ans('Local twitch response'),
      count: count('How many'),
      feltByPatient: ans('Felt by the patient'),
    },
    { id: 'N13' },
  ),
  grasp: group(
    'Needle grasp',
    { key: key('Key'), grade: code('Needle grasp', graspGrades) },
    { id: 'N14' },
  ),
});

/** P22: a site that was planned or asked for and not needled. */
const siteNotNeedled = group(
  'Site not needled',
  {
    key: must(key('Key')),
    ...siteMembers,
    why: needed(code('On the list because', plannedHow)),
    reasons: codes('Not needled because', skipReasons),
    decidedBy: code('Decided by', skippers),
    until: date('Until'),
  },
  siteRules,
);

/** The session; bilateral needling is two sites. */
export const session = group(
  'Needling session',
  {
    status: must(code('Status', sessionStatuses, { id: 'P13' })),
    startAt: instant('Start', { id: 'P14' }),
    endAt: instant('End', { id: 'P14' }),
    technique: needed(code('Technique', techniques, { id: 'P12' })),
    substanceInjected: ans('Substance injected', { id: 'P12' }),
    screening: needed(
      group(
        'Screening the session rests on',
        { basis: needed(code('Screening', screeningBases)), recordId: id('Record') },
        { id: 'P06' },
      ),
    ),
    stop: group(
      'Stopped or not done',
      {
        by: code('By', stoppers),
        reasons: codes('Reasons', stopReasons),
        at: instant('At'),
        eventKey: keyOf('Event'),
      },
      { id: 'P21' },
    ),
    sites: list('Needled sites', needledSite),
    sitesNotNeedled: list('Sites not needled', siteNotNeedled, { id: 'P22' }),
  },
  { inOrder: [['startAt', 'endAt']] },
);

export type Session = ValueOf<typeof session>;
