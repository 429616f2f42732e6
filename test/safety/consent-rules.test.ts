import { patient, type Row, tellsEach, type Values, visit } from './visits.ts';

const consent = (members: Values) => ({ key: 'c', given: 'yes', by: 'patient', ...members });
const refusal = (members: Values) => ({
  refusals: [{ key: 'r', what: 'consent-refused', byWhom: ['patient'], ...members }],
});

const rows: Row[] = [
  ['rule-19', 'no age', visit(), ['/patient/birthDate']],
  ['rule-19', 'an adult', visit({}, patient({ birthDate: '1980' })), []],
  [
    'rule-19',
    'under twelve',
    visit(
      {},
      {
        ...patient({ birthDate: '2016' }),
        consents: [consent({ by: 'parent', key: 'd' }), consent({})],
      },
    ),
    ['/patient/birthDate'],
  ],
  [
    'rule-19',
    'a child without its parent',
    visit({}, { ...patient({ birthDate: '2010' }), consents: [consent({})] }),
    ['/consents'],
  ],
  [
    'rule-19',
    'a child with both',
    visit(
      {},
      {
        ...patient({ birthDate: '2010' }),
        consents: [consent({ by: 'parent', key: 'd' }), consent({})],
      },
    ),
    [],
  ],
  ['rule-21', 'refused', visit({}, refusal({})), ['/refusals/0']],
  ['rule-21', 'refused by another', visit({}, refusal({ byWhom: ['parent'] })), []],
  [
    'rule-21',
    'refused at another site',
    visit({}, refusal({ scope: 'sites-named', sites: [{ muscle: 'deltoid' }] })),
    [],
  ],
  [
    'rule-21',
    'refused at the site',
    visit({}, refusal({ scope: 'sites-named', sites: [{ muscle: 'soleus' }] })),
    ['/refusals/0'],
  ],
  [
    'rule-21',
    'withdrawn before',
    visit({}, refusal({ what: 'consent-withdrawn', at: '2026-05-20T09:00:00-07:00' })),
    ['/refusals/0'],
  ],
  [
    'rule-21',
    'withdrawn during',
    visit({}, refusal({ what: 'consent-withdrawn', at: '2026-05-20T10:10:00-07:00' })),
    [],
  ],
  [
    'rule-21',
    'refused, then given',
    visit(
      {},
      {
        ...refusal({ at: '2026-05-20T09:00:00-07:00' }),
        consents: [consent({ givenAt: '2026-05-20T09:30:00-07:00' })],
      },
    ),
    [],
  ],
  [
    'rule-21',
    'unwilling',
    visit({}, { screening: { refusal: { answer: 'yes' } } }),
    ['/screening/refusal/answer'],
  ],
  ['rule-21', 'not performed', visit({ status: 'not-done' }, refusal({})), []],
];

tellsEach(rows);
