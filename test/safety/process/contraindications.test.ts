import type { Json } from '../../records.ts';
import { operated } from '../record.ts';
import { expectViolations, type Row, visit } from '../visits.ts';

const plan = { status: 'preparation' };
const suitable = (members: Json) => ({
  assessment: { suitability: [{ key: 'su', decision: 'suitable', ...members }] },
});

const rows: readonly Row[] = [
  [
    'rule-5',
    'a site was needled too early',
    visit({}, { screening: operated('2026-05-01', { a: 'direct' }) }),
    ['/session/sites/0'],
  ],
  [
    'rule-5',
    'a site is planned too early',
    visit(plan, { screening: operated('2026-05-01', { a: 'direct' }) }),
    ['/session/sites/0'],
  ],
  [
    'rule-5',
    'the waiting time is over',
    visit({}, { screening: operated('2025-05-01', { a: 'direct' }) }),
    [],
  ],
  [
    'rule-11',
    'suitability is less strict than a decision',
    visit({}, { screening: { diabetes: { answer: 'yes', decision: 'defer' } }, ...suitable({}) }),
    ['/assessment/suitability/0/decision'],
  ],
  [
    'rule-11',
    'suitability is less strict at the same site',
    visit(
      {},
      {
        screening: { skin: { answer: 'yes', appliesTo: ['a'], decision: 'exclude' } },
        ...suitable({ sites: [{ muscle: 'soleus' }] }),
      },
    ),
    ['/assessment/suitability/0/decision'],
  ],
  [
    'rule-11',
    'suitability is less strict at another site',
    visit(
      {},
      {
        screening: { skin: { answer: 'yes', appliesTo: ['a'], decision: 'exclude' } },
        ...suitable({ sites: [{ muscle: 'deltoid' }] }),
      },
    ),
    [],
  ],
  [
    'rule-11',
    'suitability has a reason',
    visit(
      {},
      {
        screening: { diabetes: { answer: 'yes', decision: 'defer' } },
        ...suitable({ rationale: 'seen' }),
      },
    ),
    [],
  ],
  [
    'rule-11',
    'suitability is as strict',
    visit(
      {},
      {
        screening: { diabetes: { answer: 'yes', decision: 'modify' } },
        ...suitable({ decision: 'modify' }),
      },
    ),
    [],
  ],
  [
    'rule-11',
    'the decision is about current',
    visit(
      {},
      { screening: { pacemaker: { answer: 'yes', decision: 'exclude' } }, ...suitable({}) },
    ),
    [],
  ],
  [
    'rule-16',
    'an excluded site was needled',
    visit({}, { screening: { skin: { answer: 'yes', appliesTo: ['a'], decision: 'exclude' } } }),
    ['/session/sites/0'],
  ],
  [
    'rule-16',
    'the body site of a deferred item was needled',
    visit(
      {},
      {
        screening: {
          skin: { answer: 'yes', sites: [{ muscle: 'soleus', side: 'left' }], decision: 'defer' },
        },
      },
    ),
    ['/session/sites/0'],
  ],
  [
    'rule-16',
    'only the other side was deferred',
    visit(
      {},
      {
        screening: {
          skin: { answer: 'yes', sites: [{ muscle: 'soleus', side: 'right' }], decision: 'defer' },
        },
      },
    ),
    [],
  ],
  [
    'rule-16',
    'an absolute contraindication has no decision',
    visit({}, { screening: { pregnancy: { answer: 'yes' } } }),
    ['/screening/pregnancy'],
  ],
  [
    'rule-16',
    'a decision with a reason overrides the contraindication',
    visit(
      {},
      { screening: { pregnancy: { answer: 'yes', decision: 'proceed', rationale: 'weighed' } } },
    ),
    [],
  ],
  [
    'rule-16',
    'the excluded current was not used',
    visit({}, { screening: { pacemaker: { answer: 'yes', decision: 'exclude' } } }),
    [],
  ],
  [
    'rule-16',
    'the contraindicated session is only planned',
    visit(plan, { screening: { pregnancy: { answer: 'yes' } } }),
    [],
  ],
];

expectViolations(rows);
