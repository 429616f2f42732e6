import type { Json } from '../../records.ts';
import { consent, expectViolations, patient, type Row, visit } from '../visits.ts';

const consented = (...consents: Json[]) => visit({}, { consents });
const givenAt = (instant: string) => consented(consent({ givenAt: instant }));

const rows: readonly Row[] = [
  ['rule-2', 'consent was given before the start', givenAt('2026-05-20T09:59:59-07:00'), []],
  ['rule-2', 'consent was given at the start', givenAt('2026-05-20T17:00:00Z'), []],
  [
    'rule-2',
    'consent was given after the start',
    givenAt('2026-05-20T17:00:01Z'),
    ['/consents/0/givenAt'],
  ],
  [
    'rule-2',
    'consent to the course was given after the start',
    visit({}, { episode: { id: 'e-1', consents: [consent({ givenAt: '2026-05-21T10:00:00Z' })] } }),
    ['/episode/consents/0/givenAt'],
  ],
  [
    'rule-2',
    'only the day of the consent is known, the day of the session',
    consented(consent({ givenDate: '2026-05-20' })),
    [],
  ],
  [
    'rule-2',
    'only the day of the consent is known, a later day',
    consented(consent({ givenDate: '2026-05-21' })),
    ['/consents/0/givenDate'],
  ],
  ['rule-2', 'no consent is recorded', visit(), ['/consents']],
  ['rule-2', 'only a refusal is recorded', consented(consent({ given: 'no' })), ['/consents']],
  [
    'rule-2',
    'consent is in words alone',
    consented(consent({ given: undefined, asWritten: { given: 'ok' } })),
    [],
  ],
  ['rule-2', 'consent has no time', consented(consent({})), []],
  [
    'rule-2',
    'a session in progress has no consent',
    visit({ status: 'in-progress' }),
    ['/consents'],
  ],
  ['rule-2', 'a stopped session has no consent', visit({ status: 'stopped' }), ['/consents']],
  ['rule-2', 'a planned session has no consent', visit({ status: 'preparation' }), []],
  ['rule-2', 'the session was not done', visit({ status: 'not-done' }), []],
  ['rule-2', 'the visit has no session', {}, []],
  ['rule-19', 'no age is known', visit(), ['/patient/birthDate']],
  ['rule-19', 'the patient is an adult', visit({}, patient({ birthDate: '1980' })), []],
  [
    'rule-19',
    'the patient is under twelve',
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
    'a child has consented without a parent',
    visit({}, { ...patient({ birthDate: '2010' }), consents: [consent({})] }),
    ['/consents'],
  ],
  [
    'rule-19',
    'a child and a parent have consented',
    visit(
      {},
      {
        ...patient({ birthDate: '2010' }),
        consents: [consent({ by: 'parent', key: 'd' }), consent({})],
      },
    ),
    [],
  ],
];

expectViolations(rows);
