import type { Json } from '../../records.ts';
import { consent, expectViolations, type Row, visit } from '../visits.ts';

const refusal = (members: Json) => ({
  refusals: [{ key: 'r', what: 'consent-refused', byWhom: ['patient'], ...members }],
});

const rows: readonly Row[] = [
  ['rule-21', 'the patient refused', visit({}, refusal({})), ['/refusals/0']],
  ['rule-21', 'a parent refused', visit({}, refusal({ byWhom: ['parent'] })), []],
  [
    'rule-21',
    'another site was refused',
    visit({}, refusal({ scope: 'sites-named', sites: [{ muscle: 'deltoid' }] })),
    [],
  ],
  [
    'rule-21',
    'the needled site was refused',
    visit({}, refusal({ scope: 'sites-named', sites: [{ muscle: 'soleus' }] })),
    ['/refusals/0'],
  ],
  [
    'rule-21',
    'consent was withdrawn before the start',
    visit({}, refusal({ what: 'consent-withdrawn', at: '2026-05-20T09:00:00-07:00' })),
    ['/refusals/0'],
  ],
  [
    'rule-21',
    'consent was withdrawn during the session',
    visit({}, refusal({ what: 'consent-withdrawn', at: '2026-05-20T10:10:00-07:00' })),
    [],
  ],
  [
    'rule-21',
    'consent was given after the refusal',
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
    'the screening records a refusal',
    visit({}, { screening: { refusal: { answer: 'yes' } } }),
    ['/screening/refusal/answer'],
  ],
  ['rule-21', 'the session was not performed', visit({ status: 'not-done' }, refusal({})), []],
];

expectViolations(rows);
