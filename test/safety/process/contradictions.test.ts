import type { Json } from '../../records.ts';
import { operated } from '../record.ts';
import { event, expectViolations, type Row, visit } from '../visits.ts';

const complaint = (tissueDamage: string, painWithoutDamage: string) => ({
  episode: {
    id: 'e',
    complaints: [
      {
        key: 'x',
        text: 'neck',
        tissueDamage: { answer: tissueDamage },
        painWithoutDamage: { answer: painWithoutDamage },
      },
    ],
  },
});
const temperature = (against: string, differenceK: number) => ({
  assessment: {
    sites: [{ key: 't', muscle: 'soleus', side: 'left', temperature: { against, differenceK } }],
  },
});

const listed = operated('2001', { a: 'direct' });
const screening = (members: Json) => visit({}, { screening: members });
const pregnancy = (answer: string, status: string) => screening({ pregnancy: { answer, status } });
const direct = '/screening/surgeryDirect/answer';
const date = '/screening/surgeries/surgeries/0/date';

const rows: readonly Row[] = [
  [
    'rule-10',
    'both are answered yes',
    visit({}, complaint('yes', 'yes')),
    ['/episode/complaints/0/painWithoutDamage/answer'],
  ],
  ['rule-10', 'one is answered yes', visit({}, complaint('yes', 'no')), []],
  [
    'rule-15',
    'the answer is "no" and an event is adverse',
    visit({ adverseEvent: 'no' }, { events: [event({})] }),
    ['/session/adverseEvent'],
  ],
  [
    'rule-15',
    'the answer is yes and no event is reported',
    visit({ adverseEvent: 'yes' }),
    ['/session/adverseEvent'],
  ],
  [
    'rule-15',
    'the answer is yes and an event is adverse',
    visit({ adverseEvent: 'yes' }, { events: [event({})] }),
    [],
  ],
  [
    'rule-15',
    'the answer is "no" and the event is ruled out',
    visit({ adverseEvent: 'no' }, { events: [event({ verification: 'ruled-out' })] }),
    [],
  ],
  [
    'rule-15',
    'the answer is "no" and the event belongs to another session',
    visit({ adverseEvent: 'no' }, { events: [event({ aboutSession: 'v-0' })] }),
    [],
  ],
  [
    'rule-15',
    'the answer is "no" and the event was reported the next day',
    visit({ adverseEvent: 'no' }, { events: [event({ reportedAt: '2026-05-21T10:00:00-07:00' })] }),
    [],
  ],
  [
    'rule-17',
    'colder has a positive difference',
    visit({}, temperature('colder', 1)),
    ['/assessment/sites/0/temperature/differenceK'],
  ],
  [
    'rule-17',
    'warmer has a negative difference',
    visit({}, temperature('warmer', -1)),
    ['/assessment/sites/0/temperature/differenceK'],
  ],
  ['rule-17', 'colder has a negative difference', visit({}, temperature('colder', -1)), []],
  [
    'sign-contradiction',
    'infection is answered no with a fever',
    visit({}, { screening: { infection: { answer: 'no', fever: 'yes' } } }),
    ['/screening/infection/answer'],
  ],
  [
    'sign-contradiction',
    'lymphoedema is answered no with nodes removed',
    visit({}, { screening: { lymphoedema: { answer: 'no', nodesRemoved: 'yes' } } }),
    ['/screening/lymphoedema/answer'],
  ],
  [
    'sign-contradiction',
    'infection is answered yes with a fever',
    visit({}, { screening: { infection: { answer: 'yes', fever: 'yes' } } }),
    [],
  ],

  [
    'surgery-contradiction',
    'an item is answered no and the list says yes',
    screening({ ...listed, surgeryDirect: { answer: 'no' } }),
    [direct],
  ],
  [
    'surgery-contradiction',
    'an item is answered yes and the list says no',
    screening({ ...listed, surgeryAdjacent: { answer: 'yes' } }),
    ['/screening/surgeryAdjacent/answer'],
  ],
  [
    'surgery-contradiction',
    'an item and the list say yes',
    screening({ ...listed, surgeryDirect: { answer: 'yes' } }),
    [],
  ],
  [
    'surgery-contradiction',
    'an item is answered unknown and the list says yes',
    screening({ ...listed, surgeryDirect: { answer: 'unknown' } }),
    [],
  ],
  [
    'surgery-contradiction',
    'an item is answered yes and nothing is listed',
    screening({ surgeryDirect: { answer: 'yes' } }),
    [],
  ],
  [
    'surgery-contradiction',
    'an item is answered yes without any surgery',
    screening({ surgeries: { surgery: 'no' }, surgeryDirect: { answer: 'yes' } }),
    [direct],
  ],
  [
    'surgery-contradiction',
    'no surgery is stated and one is listed',
    screening({ surgeries: { ...listed.surgeries, surgery: 'no' } }),
    ['/screening/surgeries/surgery'],
  ],
  [
    'surgery-after-visit',
    'the surgery is on the day of the visit',
    screening(operated('2026-05-20', { a: 'direct' })),
    [],
  ],
  [
    'surgery-after-visit',
    'the surgery is on the next day',
    screening(operated('2026-05-21', { a: 'direct' })),
    [date],
  ],
  [
    'surgery-after-visit',
    'the surgery is in the next month',
    screening(operated('2026-06', { a: 'direct' })),
    [date],
  ],
  [
    'surgery-after-visit',
    'the surgery is in the year of the visit',
    screening(operated('2026', { a: 'direct' })),
    [],
  ],
  ['pregnancy-contradiction', 'yes is pregnant', pregnancy('yes', 'pregnant'), []],
  [
    'pregnancy-contradiction',
    'unknown is possibly pregnant',
    pregnancy('unknown', 'possible-pregnancy'),
    [],
  ],
  ['pregnancy-contradiction', 'no is not pregnant', pregnancy('no', 'not-pregnant'), []],
  ['pregnancy-contradiction', 'the status is unknown', pregnancy('no', 'unknown'), []],
  [
    'pregnancy-contradiction',
    'no is pregnant',
    pregnancy('no', 'pregnant'),
    ['/screening/pregnancy/answer'],
  ],
  [
    'pregnancy-contradiction',
    'yes is not pregnant',
    pregnancy('yes', 'not-pregnant'),
    ['/screening/pregnancy/answer'],
  ],
  [
    'pregnancy-contradiction',
    'no is possibly pregnant',
    pregnancy('no', 'possible-pregnancy'),
    ['/screening/pregnancy/answer'],
  ],
];

expectViolations(rows);
