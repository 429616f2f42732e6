import { at, count, event, no, patient, type Row, tellsEach, visit } from './visits.ts';

const phn = (value: string) =>
  patient({
    identifiers: [
      {
        system: 'https://fhir.infoway-inforoute.ca/NamingSystem/ca-bc-patient-healthcare-id',
        value,
      },
    ],
  });
const complaint = (one: string, other: string) => ({
  episode: {
    id: 'e',
    complaints: [
      {
        key: 'x',
        text: 'neck',
        tissueDamage: { answer: one },
        painWithoutDamage: { answer: other },
      },
    ],
  },
});
const temperature = (against: string, differenceK: number) => ({
  assessment: {
    sites: [{ key: 't', muscle: 'soleus', side: 'left', temperature: { against, differenceK } }],
  },
});
const flag = { assessment: { redFlags: [{ key: 'f', flag: 'night-pain', answer: 'yes' }] } };

const rows: Row[] = [
  [
    'rule-10',
    'both',
    visit({}, complaint('yes', 'yes')),
    ['/episode/complaints/0/painWithoutDamage/answer'],
  ],
  ['rule-10', 'one', visit({}, complaint('yes', 'no')), []],
  ['rule-14', 'injected', visit({ substanceInjected: 'yes' }), ['/session/substanceInjected']],
  ['rule-14', 'nothing injected', visit({ substanceInjected: 'no' }), []],
  [
    'rule-15',
    'no, beside one',
    visit({ adverseEvent: 'no' }, { events: [event({})] }),
    ['/session/adverseEvent'],
  ],
  ['rule-15', 'yes, beside none', visit({ adverseEvent: 'yes' }), ['/session/adverseEvent']],
  ['rule-15', 'yes, beside one', visit({ adverseEvent: 'yes' }, { events: [event({})] }), []],
  [
    'rule-15',
    'no, beside one ruled out',
    visit({ adverseEvent: 'no' }, { events: [event({ verification: 'ruled-out' })] }),
    [],
  ],
  [
    'rule-15',
    'no, beside one of another session',
    visit({ adverseEvent: 'no' }, { events: [event({ aboutSession: 'v-0' })] }),
    [],
  ],
  [
    'rule-15',
    'no, beside one told the next day',
    visit({ adverseEvent: 'no' }, { events: [event({ reportedAt: '2026-05-21T10:00:00-07:00' })] }),
    [],
  ],
  [
    'rule-17',
    'too deep',
    visit(at({ depth: { depthMm: 60 }, needles: [{ lengthMm: 50 }] })),
    ['/session/sites/0/depth/depthMm'],
  ],
  [
    'rule-17',
    'as deep as long',
    visit(at({ depth: { depthMm: 50 }, needles: [{ lengthMm: 50 }] })),
    [],
  ],
  [
    'rule-17',
    'a needle of unknown length',
    visit(at({ depth: { depthMm: 60 }, needles: [{ lengthMm: 50 }, { count: 1 }] })),
    [],
  ],
  [
    'rule-17',
    'inserted without a needle',
    visit({ counts: [count({ opened: 0, insertions: 2 })] }),
    ['/session/counts/0/opened'],
  ],
  ['rule-17', 'inserted with one', visit({ counts: [count({ opened: 1, insertions: 2 })] }), []],
  [
    'rule-17',
    'colder by more',
    visit({}, temperature('colder', 1)),
    ['/assessment/sites/0/temperature/differenceK'],
  ],
  [
    'rule-17',
    'warmer by less',
    visit({}, temperature('warmer', -1)),
    ['/assessment/sites/0/temperature/differenceK'],
  ],
  ['rule-17', 'colder by less', visit({}, temperature('colder', -1)), []],
  ['rule-22', 'a red flag alone', visit({}, flag), ['/screening/emergency/answer']],
  ['rule-22', 'a red flag answered', visit({}, { ...flag, screening: { emergency: no } }), []],
  [
    'rule-23',
    'asked without a screening',
    {
      ...visit(
        { screening: { basis: 'screening-not-documented' } },
        { screening: { cancer: { ...no, saidBy: 'patient' } } },
      ),
    },
    ['/screening/cancer/saidBy'],
  ],
  [
    'rule-23',
    'said by nobody',
    {
      ...visit({ screening: { basis: 'screening-not-documented' } }, { screening: { cancer: no } }),
    },
    ['/screening/cancer/saidBy'],
  ],
  [
    'rule-23',
    'of the chart',
    {
      ...visit(
        { screening: { basis: 'screening-not-documented' } },
        { screening: { saidBy: 'chart', cancer: no } },
      ),
    },
    [],
  ],
  [
    'sign-contradiction',
    'a fever beside a no',
    visit({}, { screening: { infection: { answer: 'no', fever: 'yes' } } }),
    ['/screening/infection/answer'],
  ],
  [
    'sign-contradiction',
    'nodes removed beside a no',
    visit({}, { screening: { lymphoedema: { answer: 'no', nodesRemoved: 'yes' } } }),
    ['/screening/lymphoedema/answer'],
  ],
  [
    'sign-contradiction',
    'a fever beside a yes',
    visit({}, { screening: { infection: { answer: 'yes', fever: 'yes' } } }),
    [],
  ],
  ['bc-phn', 'a slip of one digit', visit({}, phn('9698648215')), ['/patient/identifiers/0/value']],
  ['bc-phn', 'nine digits', visit({}, phn('969865821')), ['/patient/identifiers/0/value']],
  ['bc-phn', 'another first digit', visit({}, phn('1698658215')), ['/patient/identifiers/0/value']],
  ['bc-phn', 'a good one', visit({}, phn('9698658215')), []],
];

tellsEach(rows);
