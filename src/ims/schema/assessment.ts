// What the clinician asked, saw, felt and decided at this visit.

import { aftercare, warnings } from '../codes/events.ts';
import { postures, reviews, suitabilities, suitabilityDeciders } from '../codes/examination.ts';
import {
  mechanisms,
  moments,
  painContexts,
  painScales,
  SCORED,
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
  must,
  needed,
  number,
  score,
  text,
} from './build.ts';
import { examinationMembers } from './examination.ts';
import { historyMembers } from './history.ts';
import { ans, site, sites } from './parts.ts';
import { alsoDoneToday } from './session-parts.ts';

/** A09: the judged kind of pain, one per complaint; never set or changed by a rule. */
const mechanism = group('Pain mechanism', {
  key: must(key('Key')),
  mechanism: needed(code('Mechanism', mechanisms)),
  components: codes('Parts of a mixed mechanism', mechanisms),
  supportedBy: keys('Findings that support it'),
});

/** A14, and R09 when `moment` is after or later: a pain score with what it is about. */
const pain = group(
  'Pain score',
  {
    key: must(key('Key')),
    value: score('Score'),
    scale: code('Scale', painScales),
    context: needed(code('About', painContexts)),
    activity: text('Activity'),
    periodDays: number('Period', { unit: 'd', whole: true, min: 1 }),
    site: site('Where'),
    moment: code('Moment', moments, { id: 'R09' }),
    at: instant('Scored at', { id: 'R09' }),
  },
  SCORED,
);

/** A22: a segment the complaint is put down to. */
const segment = group('Segment', {
  key: must(key('Key')),
  segment: needed(code('Segment', segments)),
  side: code('Side', sides),
});

/** A41: the decision on IMS, everywhere or at the sites named. */
const suitability = group('Suitability for IMS', {
  key: must(key('Key')),
  decision: needed(code('Decision', suitabilities)),
  sites: sites('Where'),
  deferUntil: date('Deferred until'),
  condition: text('Deferred until what'),
  decidedBy: code('Decided by', suitabilityDeciders),
  rationale: text('Rationale'),
});

const review = group(
  'Review',
  {
    review: needed(code('Review', reviews)),
    goalsMet: ans('Goals met'),
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
  warnings: codes('Warnings given', warnings, { id: 'R08' }),
});
