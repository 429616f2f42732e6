// The needling session of a visit: planned, done, stopped or not done.

import { aftercare, warningsGiven } from '../codes/events.ts';
import { grades, painScales, SCORE_RULES, segments, sides } from '../codes/general.ts';
import { muscles } from '../codes/muscles.ts';
import { currentPaths, highRiskAnatomy } from '../codes/screening.ts';
import {
  billedCodes,
  depthClasses,
  feltSensations,
  graspGrades,
  manipulations,
  needleAims,
  plannedSiteKinds,
  screeningBases,
  sessionStatuses,
  siteResults,
  skipDeciders,
  skipReasons,
  stopDeciders,
  stopReasons,
  techniques,
} from '../codes/session.ts';
import {
  code,
  codes,
  count,
  date,
  duration,
  group,
  id,
  instant,
  key,
  keyOf,
  keys,
  list,
  number,
  required,
  requiredOrAsWritten,
  score,
  setOfValues,
  text,
} from './build.ts';
import type { ValueOf } from './members.ts';
import { answer, siteMembers, siteRules, sites } from './parts.ts';
import {
  alsoDoneToday,
  channel,
  hygiene,
  needleCount,
  needleType,
  position,
  sessionResult,
} from './session-parts.ts';

/** Needles of one size; a gauge is kept as written and never converted. */
const needles = group('Needles of one size', {
  count: count('How many'),
  diameterMm: number('Diameter', { id: 'N05', unit: 'mm', min: 0 }),
  lengthMm: number('Length', { id: 'N06', unit: 'mm', min: 0 }),
  sizeAsWritten: text('Size as written'),
  material: text('Material'),
  needleKey: keyOf('Needle type'),
});

/** One needled muscle on one side. */
const needledSite = group('Needled site', {
  key: required(key('Key')),
  muscle: requiredOrAsWritten(code('Muscle', muscles, { id: 'N01' })),
  side: code('Side', sides, { id: 'N02' }),
  segments: codes('Segments treated', segments, { id: 'N03' }),
  aim: group(
    'Needle target',
    { targets: codes('Target', needleAims), indicatedBy: keys('Indicated by') },
    { id: 'N04' },
  ),
  needles: setOfValues('Needles', needles),
  insertions: group(
    'Insertions and passes',
    { insertions: count('Insertions'), passes: count('Passes') },
    { id: 'N08' },
  ),
  depth: group(
    'Depth',
    {
      depthMm: number('Depth', { unit: 'mm', min: 0 }),
      depthClass: code('Depth', depthClasses),
      landmark: text('Structure reached'),
    },
    { id: 'N09' },
  ),
  manipulation: codes('Manipulation', manipulations, { id: 'N10' }),
  leftIn: duration('Left in place', ['s', 'min'], { id: 'N11' }),
  twitch: group(
    'Local twitch response',
    {
      key: key('Key'),
      answer: answer('Local twitch response'),
      count: count('How many'),
      feltByPatient: answer('Felt by the patient'),
    },
    { id: 'N13' },
  ),
  grasp: group(
    'Needle grasp',
    { key: key('Key'), grade: code('Needle grasp', graspGrades) },
    { id: 'N14' },
  ),
  sensations: codes('What the patient felt', feltSensations, { id: 'N15' }),
  painReproduced: group(
    'Usual pain reproduced',
    { answer: answer('Usual pain reproduced'), refersTo: sites('Refers to') },
    { id: 'N16' },
  ),
  painOfNeedling: group(
    'Pain of needling',
    { value: score('Score'), scale: code('Scale', painScales) },
    { ...SCORE_RULES, id: 'N17' },
  ),
  result: code('Result', siteResults, { id: 'N18' }),
  retest: group(
    'Retest after needling',
    {
      shorteningBefore: code('Shortening before', grades),
      shorteningAfter: code('Shortening after', grades),
      tendernessBefore: code('Tenderness before', grades),
      tendernessAfter: code('Tenderness after', grades),
    },
    { id: 'N19' },
  ),
  highRiskAnatomy: group(
    'High-risk anatomy',
    {
      answer: answer('Vital structure within reach'),
      what: codes('What', highRiskAnatomy),
      measure: text('Precaution taken'),
    },
    { id: 'C46' },
  ),
  currentPath: group(
    'Current would cross',
    { answer: answer('Current would cross a vital region'), where: codes('Where', currentPaths) },
    { id: 'C63' },
  ),
});

/** P22: a site that was planned or requested but not needled. */
const siteNotNeedled = group(
  'Site not needled',
  {
    key: required(key('Key')),
    ...siteMembers,
    why: requiredOrAsWritten(code('Listed as', plannedSiteKinds)),
    reasons: codes('Not needled because', skipReasons),
    decidedBy: code('Decided by', skipDeciders),
    until: date('Until'),
  },
  siteRules,
);

/** The session; bilateral needling is recorded as two sites. */
export const session = group(
  'Needling session',
  {
    status: required(code('Status', sessionStatuses, { id: 'P13' })),
    startAt: instant('Start', { id: 'P14' }),
    endAt: instant('End', { id: 'P14' }),
    technique: requiredOrAsWritten(code('Technique', techniques, { id: 'P12' })),
    substanceInjected: answer('Substance injected', { id: 'P12' }),
    screening: requiredOrAsWritten(
      group(
        'Screening the session relies on',
        { basis: requiredOrAsWritten(code('Screening', screeningBases)), recordId: id('Record') },
        { id: 'P06' },
      ),
    ),
    positions: list('Positions', position, { id: 'P07' }),
    hygiene,
    course: group(
      'Position in the course',
      { sessionNumber: number('Number of the session', { unit: '1', whole: true, min: 0 }) },
      { id: 'P10' },
    ),
    billed: group(
      'Billed code',
      { code: code('Code', billedCodes), muscleCount: count('Muscles billed') },
      { id: 'P15' },
    ),
    alsoDone: list('Also done today', alsoDoneToday, { id: 'P16' }),
    adverseEvent: answer('Adverse event occurred', { id: 'P17' }),
    counts: list('Counts of needles', needleCount),
    result: sessionResult,
    needleTypes: list('Needle types', needleType, { id: 'N07' }),
    channels: list('Electrical stimulation', channel, { id: 'N12' }),
    aftercare: codes('Aftercare advised', aftercare, { id: 'R07' }),
    warnings: codes('Warnings given', warningsGiven, { id: 'R08' }),
    stop: group(
      'Stopped or not done',
      {
        by: code('By', stopDeciders),
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
