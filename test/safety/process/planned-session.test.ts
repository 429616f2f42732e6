import {
  at,
  clearScreening as clear,
  eStim,
  expectViolations,
  patient,
  type Row,
  visit,
} from '../visits.ts';

const plan = { status: 'preparation' };

const rows: readonly Row[] = [
  ['rule-12', 'nothing is open', visit(plan, { screening: clear }), []],
  [
    'rule-12',
    'an item of the list was not asked',
    visit(plan, { screening: { ...clear, cancer: { answer: 'not-asked' } } }),
    ['/screening/cancer'],
  ],
  [
    'rule-12',
    'a precaution has no decision',
    visit(plan, { screening: { ...clear, diabetes: { answer: 'yes' } } }),
    ['/screening/diabetes'],
  ],
  [
    'rule-12',
    'a decision to proceed has no reason',
    visit(plan, { screening: { ...clear, diabetes: { answer: 'yes', decision: 'proceed' } } }),
    ['/screening/diabetes'],
  ],
  [
    'rule-12',
    'a decision to proceed has a reason',
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
    'needling is excluded',
    visit(plan, { screening: { ...clear, emergency: { answer: 'yes', decision: 'exclude' } } }),
    [],
  ],
  [
    'rule-12',
    'an answer is unknown',
    visit(plan, { screening: { ...clear, bleeding: { answer: 'unknown' } } }),
    ['/screening/bleeding'],
  ],
  [
    'rule-12',
    'the finding is about a site that is not planned',
    visit(
      { ...plan, sitesNotNeedled: [{ key: 'b', muscle: 'deltoid', why: 'planned' }] },
      { screening: { ...clear, skin: { answer: 'yes', appliesTo: ['b'] } } },
    ),
    [],
  ],
  [
    'rule-12',
    'high-risk anatomy has no measure',
    visit({ ...plan, ...at({ highRiskAnatomy: { answer: 'yes' } }) }, { screening: clear }),
    ['/session/sites'],
  ],
  [
    'rule-12',
    'high-risk anatomy has a measure',
    visit(
      { ...plan, ...at({ highRiskAnatomy: { answer: 'yes', measure: 'shallow' } }) },
      { screening: clear },
    ),
    [],
  ],
  [
    'rule-12',
    'the finding is about current and none is planned',
    visit(plan, { screening: { ...clear, defibrillator: { answer: 'yes' } } }),
    [],
  ],
  [
    'rule-12',
    'the finding is about current that is planned',
    visit({ ...plan, ...at(eStim) }, { screening: { ...clear, defibrillator: { answer: 'yes' } } }),
    ['/screening/defibrillator'],
  ],
  [
    'rule-12',
    'the patient is a child',
    visit(plan, { screening: clear, ...patient({ birthDate: '2015' }) }),
    [],
  ],
  [
    'rule-12',
    'an earlier screening is reaffirmed',
    visit(plan, { screening: { reaffirmed: { earlier: 'v-0' } } }),
    [],
  ],
  [
    'rule-12',
    'the session was performed',
    visit({}, { screening: { diabetes: { answer: 'yes' } } }),
    [],
  ],
];

expectViolations(rows);
