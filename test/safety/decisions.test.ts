import { operated } from './record.ts';
import { at, eStim, no, patient, type Row, tellsEach, type Values, visit } from './visits.ts';

const clear = Object.fromEntries(
  ['cancer', 'needleFear', 'understanding', 'pregnancy', 'autoimmune', 'boneLoss']
    .concat('surgeryDirect', 'surgeryAdjacent')
    .map((member) => [member, no]),
);
const plan = { status: 'preparation' };
const suitable = (members: Values) => ({
  assessment: { suitability: [{ key: 'su', decision: 'suitable', ...members }] },
});

const rows: Row[] = [
  [
    'rule-5',
    'too early',
    visit({}, { screening: operated('2026-05-01', { a: 'direct' }) }),
    ['/session/sites/0'],
  ],
  [
    'rule-5',
    'planned too early',
    visit(plan, { screening: operated('2026-05-01', { a: 'direct' }) }),
    ['/session/sites/0'],
  ],
  ['rule-5', 'late enough', visit({}, { screening: operated('2025-05-01', { a: 'direct' }) }), []],
  [
    'rule-11',
    'laxer',
    visit({}, { screening: { diabetes: { answer: 'yes', decision: 'defer' } }, ...suitable({}) }),
    ['/assessment/suitability/0/decision'],
  ],
  [
    'rule-11',
    'laxer at the same site',
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
    'laxer at another site',
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
    'with its reason',
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
    'as strict',
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
    'a decision on current',
    visit(
      {},
      { screening: { pacemaker: { answer: 'yes', decision: 'exclude' } }, ...suitable({}) },
    ),
    [],
  ],
  ['rule-12', 'nothing open', visit(plan, { screening: clear }), []],
  [
    'rule-12',
    'one missing',
    visit(plan, { screening: { ...clear, cancer: { answer: 'not-asked' } } }),
    ['/screening/cancer'],
  ],
  [
    'rule-12',
    'a precaution undecided',
    visit(plan, { screening: { ...clear, diabetes: { answer: 'yes' } } }),
    ['/screening/diabetes'],
  ],
  [
    'rule-12',
    'a precaution decided without reason',
    visit(plan, { screening: { ...clear, diabetes: { answer: 'yes', decision: 'proceed' } } }),
    ['/screening/diabetes'],
  ],
  [
    'rule-12',
    'a precaution decided',
    visit(plan, {
      screening: {
        ...clear,
        diabetes: { answer: 'yes', decision: 'proceed', rationale: 'stable' },
      },
    }),
    [],
  ],
  [
    'rule-12',
    'excluded',
    visit(plan, { screening: { ...clear, emergency: { answer: 'yes', decision: 'exclude' } } }),
    [],
  ],
  [
    'rule-12',
    'unknown',
    visit(plan, { screening: { ...clear, bleeding: { answer: 'unknown' } } }),
    ['/screening/bleeding'],
  ],
  [
    'rule-12',
    'another site',
    visit(
      { ...plan, sitesNotNeedled: [{ key: 'b', muscle: 'deltoid', why: 'planned' }] },
      { screening: { ...clear, skin: { answer: 'yes', appliesTo: ['b'] } } },
    ),
    [],
  ],
  [
    'rule-12',
    'anatomy left open',
    visit({ ...plan, ...at({ highRiskAnatomy: { answer: 'yes' } }) }, { screening: clear }),
    ['/session/sites'],
  ],
  [
    'rule-12',
    'anatomy with its measure',
    visit(
      { ...plan, ...at({ highRiskAnatomy: { answer: 'yes', measure: 'shallow' } }) },
      { screening: clear },
    ),
    [],
  ],
  [
    'rule-12',
    'current not planned',
    visit(plan, { screening: { ...clear, defibrillator: { answer: 'yes' } } }),
    [],
  ],
  [
    'rule-12',
    'current planned',
    visit({ ...plan, ...at(eStim) }, { screening: { ...clear, defibrillator: { answer: 'yes' } } }),
    ['/screening/defibrillator'],
  ],
  ['rule-12', 'a child', visit(plan, { screening: clear, ...patient({ birthDate: '2015' }) }), []],
  ['rule-12', 'reaffirmed', visit(plan, { screening: { reaffirmed: { earlier: 'v-0' } } }), []],
  ['rule-12', 'a session performed', visit({}, { screening: { diabetes: { answer: 'yes' } } }), []],
  [
    'rule-16',
    'an excluded site',
    visit({}, { screening: { skin: { answer: 'yes', appliesTo: ['a'], decision: 'exclude' } } }),
    ['/session/sites/0'],
  ],
  [
    'rule-16',
    'the place of an excluded item',
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
    'the other side of it',
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
    'a barred session',
    visit({}, { screening: { pregnancy: { answer: 'yes' } } }),
    ['/screening/pregnancy'],
  ],
  [
    'rule-16',
    'a barred session, overridden',
    visit(
      {},
      { screening: { pregnancy: { answer: 'yes', decision: 'proceed', rationale: 'weighed' } } },
    ),
    [],
  ],
  [
    'rule-16',
    'an excluded current that was not used',
    visit({}, { screening: { pacemaker: { answer: 'yes', decision: 'exclude' } } }),
    [],
  ],
  [
    'rule-16',
    'a barred session, only planned',
    visit(plan, { screening: { pregnancy: { answer: 'yes' } } }),
    [],
  ],
];

tellsEach(rows);
