// The assessment of a visit: history, examination, pain mechanism and decisions.

import { aftercare, warningsGiven } from '../codes/events.ts';
import {
  courseReviews,
  postures,
  suitabilities,
  suitabilityDeciders,
} from '../codes/examination.ts';
import {
  needlingMoments,
  painContexts,
  painMechanisms,
  painScales,
  SCORE_RULES,
  segments,
  sides,
} from '../codes/general.ts';
import {
  code,
  codes,
  date,
  group,
  instant,
  key,
  keys,
  list,
  number,
  required,
  requiredOrAsWritten,
  score,
  text,
} from './build.ts';
import { examinationMembers } from './examination.ts';
import { historyMembers } from './history.ts';
import { answer, site, sites } from './parts.ts';
import { alsoDoneToday } from './session-parts.ts';

/** A09: the clinician's opinion on the pain mechanism of a complaint; no rule sets or changes it. */
const mechanism = group('Pain mechanism', {
  key: required(key('Key')),
  mechanism: requiredOrAsWritten(code('Mechanism', painMechanisms)),
  components: codes('Parts of a mixed mechanism', painMechanisms),
  supportedBy: keys('Supporting findings'),
});

/** A14: a pain score with its context; R09 if `moment` is after or later. */
const pain = group(
  'Pain score',
  {
    key: required(key('Key')),
    value: score('Score'),
    scale: code('Scale', painScales),
    context: requiredOrAsWritten(code('Context', painContexts)),
    activity: text('Activity'),
    periodDays: number('Period', { unit: 'd', whole: true, min: 1 }),
    site: site('Where'),
    moment: code('Timing', needlingMoments, { id: 'R09' }),
    at: instant('Scored at', { id: 'R09' }),
  },
  SCORE_RULES,
);

/** A22: a segment to which the complaint is attributed. */
const segment = group('Segment', {
  key: required(key('Key')),
  segment: requiredOrAsWritten(code('Segment', segments)),
  side: code('Side', sides),
});

/** A41: the decision on IMS, in general or at the named sites. */
const suitability = group('Suitability for IMS', {
  key: required(key('Key')),
  decision: requiredOrAsWritten(code('Decision', suitabilities)),
  sites: sites('Where'),
  deferUntil: date('Deferred until'),
  condition: text('Deferred until (condition)'),
  decidedBy: code('Decided by', suitabilityDeciders),
  rationale: text('Rationale'),
});

const review = group(
  'Review',
  {
    review: requiredOrAsWritten(code('Review', courseReviews)),
    goalsMet: answer('Goals met'),
    reason: text('Reason'),
  },
  { id: 'R13' },
);

/** The assessment of a visit. */
export const assessment = group('Assessment', {
  ...historyMembers,
  mechanisms: list('Pain mechanisms', mechanism, { id: 'A09' }),
  pain: list('Pain scores', pain, { id: 'A14' }),
  segments: list('Segments involved', segment, { id: 'A22' }),
  ...examinationMembers,
  posture: codes('Posture, movement pattern', postures, { id: 'A40' }),
  suitability: list('Suitability for IMS', suitability, { id: 'A41' }),
  review,
  alsoDone: list('Also done today', alsoDoneToday, { id: 'P16' }),
  aftercare: codes('Aftercare advised', aftercare, { id: 'R07' }),
  warnings: codes('Warnings given', warningsGiven, { id: 'R08' }),
});
