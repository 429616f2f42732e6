// What the clinician asked, saw and felt at this visit.

import {
  code,
  codes,
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
import {
  grades,
  mechanisms,
  moments,
  painContexts,
  painScales,
  segments,
  sides,
  tissues,
} from './codes.ts';
import { ans, site, siteMembers, siteRules } from './parts.ts';

/** A09: the judged kind of pain, one per complaint; never set or changed by a rule. */
const mechanism = group('Pain mechanism', {
  key: must(key('Key')),
  mechanism: needed(code('Mechanism', mechanisms)),
  components: codes('Parts of a mixed mechanism', mechanisms),
  supportedBy: keys('Findings that support it'),
});

/** A14, and R09 when `moment` is after or later: a pain score with what it is about. */
const pain = group('Pain score', {
  key: must(key('Key')),
  value: score('Score'),
  scale: code('Scale', painScales),
  context: needed(code('About', painContexts)),
  activity: text('Activity'),
  periodDays: number('Period', { unit: 'd', whole: true, min: 1 }),
  site: site('Where'),
  moment: code('Moment', moments, { id: 'R09' }),
  at: instant('Scored at', { id: 'R09' }),
});

/** A22: a segment the complaint is put down to. */
const segment = group('Segment', {
  key: must(key('Key')),
  segment: needed(code('Segment', segments)),
  side: code('Side', sides),
});

/** A23, A27, A28: one muscle or region with its signs. */
const examinedSite = group(
  'Examined site',
  {
    key: must(key('Key')),
    ...siteMembers,
    tenderness: group(
      'Tenderness',
      {
        key: key('Key'),
        grade: code('Tenderness', grades),
        motorPoint: ans('At a motor point'),
        tissue: code('Tissue', tissues),
      },
      { id: 'A23' },
    ),
    tautBand: group(
      'Taut band',
      { key: key('Key'), grade: code('Taut band', grades) },
      { id: 'A27' },
    ),
    shortening: group(
      'Muscle shortening',
      {
        key: key('Key'),
        grade: code('Muscle shortening', grades),
        contracture: ans('Under contracture'),
      },
      { id: 'A28' },
    ),
  },
  siteRules,
);

/** The assessment of a visit. */
export const assessment = group('Assessment', {
  mechanisms: list('Pain mechanisms', mechanism, { id: 'A09' }),
  pain: list('Pain scores', pain, { id: 'A14' }),
  segments: list('Segments involved', segment, { id: 'A22' }),
  sites: list('Examined sites', examinedSite),
});
