import { describe, expect, it } from 'vitest';
import { assess } from '../../src/safety/assess.ts';
import { operated, recordOf } from './record.ts';

type Values = Record<string, unknown>;

/** The rules whose breach travels with the record. */
const TRAVELLING = ['rule-3', 'rule-4', 'rule-5', 'rule-12', 'rule-14', 'rule-16', 'rule-21'];

const AT = '2026-05-20T10:00:00-07:00';
const ON_SITE = { key: 'a', muscle: 'soleus', side: 'left' };
const no = { answer: 'no' };
const clear = Object.fromEntries(
  ['cancer', 'needleFear', 'understanding', 'pregnancy', 'autoimmune', 'boneLoss']
    .concat('surgeryDirect', 'surgeryAdjacent')
    .map((member) => [member, no]),
);
const forCurrent = {
  ...clear,
  epilepsy: no,
  radiotherapy: no,
  pacemaker: no,
  defibrillator: no,
  activeImplant: no,
  metal: no,
  thrombosis: no,
};

/** A visit with a session at one site. */
function visit(session: Values = {}, others: Values = {}) {
  const { screening, ...rest } = others;
  return {
    ...(screening === undefined ? {} : { screening: screening as Values }),
    others: {
      session: {
        status: 'completed',
        technique: 'ims-session',
        screening: { basis: screening === undefined ? 'screening-not-documented' : 'this-record' },
        startAt: AT,
        sites: [ON_SITE],
        ...session,
      },
      ...rest,
    },
  };
}
const at = (members: Values) => ({ sites: [{ ...ON_SITE, ...members }] });
const plan = { status: 'preparation' };
const count = (members: Values, key = 'n') => ({ key, ...members });
const event = (members: Values) => ({
  key: 'ev',
  code: 'bruise',
  considered: 'adverse',
  ...members,
});
const consent = (members: Values) => ({ key: 'c', given: 'yes', by: 'patient', ...members });
const patient = (members: Values) => ({ patient: { id: 'p-1', ...members } });
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
const suitable = (members: Values) => ({
  assessment: { suitability: [{ key: 'su', decision: 'suitable', ...members }] },
});
const temperature = (against: string, differenceK: number) => ({
  assessment: {
    sites: [{ key: 't', muscle: 'soleus', side: 'left', temperature: { against, differenceK } }],
  },
});
const refusal = (members: Values) => ({
  refusals: [{ key: 'r', what: 'consent-refused', byWhom: ['patient'], ...members }],
});
const flag = { assessment: { redFlags: [{ key: 'f', flag: 'night-pain', answer: 'yes' }] } };
const eStim = { manipulation: ['e-stim'] };
const safePath = { currentPath: no };

type Row = [code: string, what: string, given: ReturnType<typeof visit>, paths: string[]];
const rows: Row[] = [
  [
    'rule-3',
    'a needle missing',
    visit({ counts: [count({ opened: 5, recovered: 4 })] }),
    ['/session/counts/0/recovered'],
  ],
  [
    'rule-3',
    'a withdrawal missing',
    visit({ counts: [count({ insertions: 5, withdrawals: 4 })] }),
    ['/session/counts/0/withdrawals'],
  ],
  [
    'rule-3',
    'all there',
    visit({ counts: [count({ opened: 5, recovered: 5, insertions: 9, withdrawals: 9 })] }),
    [],
  ],
  [
    'rule-3',
    'an earlier count',
    visit({
      counts: [
        count({ at: '2026-05-20T10:30:00-07:00', opened: 2, recovered: 2 }, 'a1'),
        count({ at: AT, opened: 2, recovered: 1 }, 'b1'),
      ],
    }),
    [],
  ],
  [
    'rule-3',
    'a retained needle',
    visit(
      { counts: [count({ opened: 5, recovered: 4 })] },
      { events: [event({ code: 'needle-retained' })] },
    ),
    [],
  ],
  [
    'rule-3',
    'a retained needle ruled out',
    visit(
      { counts: [count({ opened: 5, recovered: 4 })] },
      { events: [event({ code: 'needle-retained', verification: 'ruled-out' })] },
    ),
    ['/session/counts/0/recovered'],
  ],
  [
    'rule-3',
    'a range that may be the same',
    visit({ counts: [count({ opened: { low: 4, high: 6 }, recovered: 5 })] }),
    [],
  ],
  [
    'rule-3-sum',
    'another sum',
    visit({ ...at({ insertions: { insertions: 3 } }), counts: [count({ insertions: 4 })] }),
    ['/session/counts/0/insertions'],
  ],
  [
    'rule-3-sum',
    'the same sum',
    visit({ ...at({ insertions: { insertions: 4 } }), counts: [count({ insertions: 4 })] }),
    [],
  ],
  ['rule-3-sum', 'a site that does not say', visit({ counts: [count({ insertions: 4 })] }), []],
  [
    'rule-4',
    'a pacemaker',
    visit(at({ ...eStim, ...safePath }), {
      screening: { ...forCurrent, pacemaker: { answer: 'yes' } },
    }),
    ['/screening/pacemaker'],
  ],
  [
    'rule-4',
    'a pacemaker by channel',
    visit(
      { channels: [{ key: 'ch', siteKeys: ['a'] }] },
      { screening: { pacemaker: { answer: 'yes' } } },
    ),
    ['/screening/pacemaker'],
  ],
  [
    'rule-4',
    'a current across the chest',
    visit(at({ ...eStim, currentPath: { answer: 'yes' } })),
    ['/session/sites/0/currentPath'],
  ],
  [
    'rule-4',
    'a pacemaker without current',
    visit({}, { screening: { pacemaker: { answer: 'yes' } } }),
    [],
  ],
  [
    'rule-4-unanswered',
    'nothing asked',
    visit(at(eStim)),
    ['/screening', '/session/sites/0/currentPath/answer'],
  ],
  [
    'rule-4-unanswered',
    'one declined',
    visit(at({ ...eStim, ...safePath }), {
      screening: { ...forCurrent, metal: { answer: 'declined' } },
    }),
    ['/screening'],
  ],
  [
    'rule-4-unanswered',
    'all answered',
    visit(at({ ...eStim, ...safePath }), { screening: forCurrent }),
    [],
  ],
  [
    'rule-4-unanswered',
    'asked in another record',
    visit({
      ...at({ ...eStim, ...safePath }),
      screening: { basis: 'other-record', recordId: 'v-0' },
    }),
    [],
  ],
  ['rule-4-unanswered', 'no current', visit(), []],
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
  ['rule-6', 'over the thorax', visit(at({ muscle: 'rhomboids' })), ['/session/warnings']],
  [
    'rule-6',
    'along the thoracic spine',
    visit(at({ muscle: 'multifidus', segments: ['segment-t4'] })),
    ['/session/warnings'],
  ],
  [
    'rule-6',
    'along the lumbar spine',
    visit(at({ muscle: 'multifidus', segments: ['segment-l4'] })),
    [],
  ],
  [
    'rule-6',
    'warned',
    visit({ ...at({ muscle: 'rhomboids' }), warnings: ['warn-pneumothorax'] }),
    [],
  ],
  [
    'rule-6',
    'warned at the visit',
    visit(at({ muscle: 'rhomboids' }), { assessment: { warnings: ['warn-pneumothorax'] } }),
    [],
  ],
  ['rule-6', 'elsewhere', visit(), []],
  [
    'rule-10',
    'both',
    visit({}, complaint('yes', 'yes')),
    ['/episode/complaints/0/painWithoutDamage/answer'],
  ],
  ['rule-10', 'one', visit({}, complaint('yes', 'no')), []],
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

it.each(rows)('%s: %s', (code, _what, given, paths) => {
  const { issues, detected } = assess(recordOf(given));
  const told = issues.filter((issue) => issue.code === code);
  expect(told.map(({ path }) => path)).toEqual(paths);
  for (const { severity } of told) expect(severity).toBe('warning');
  const travels = TRAVELLING.includes(code) && paths.length > 0 ? [paths] : [];
  expect(detected.filter((one) => one.code === code).map((one) => one.paths)).toEqual(travels);
});

describe('the rules', () => {
  it('say which sites and screening items a breach is about', () => {
    const given = visit(
      { substanceInjected: 'yes', sites: [ON_SITE, { ...ON_SITE, key: 'b' }] },
      {
        screening: {
          ...operated('2026-05-01', { a: 'direct', b: 'remote' }),
          emergency: { answer: 'yes' },
        },
      },
    );
    expect(assess(recordOf(given)).detected).toMatchObject([
      { code: 'rule-5', siteKeys: ['a'], items: [] },
      { code: 'rule-14', siteKeys: [], items: [] },
      { code: 'rule-16', siteKeys: [], items: ['C22'] },
    ]);
  });

  it('find nothing in a record that was entered in error but what its screening says', () => {
    const given = visit(
      { substanceInjected: 'yes' },
      { screening: { emergency: { answer: 'yes' } } },
    );
    const { others, ...rest } = given;
    const record = recordOf({ ...rest, others: { ...others, status: 'entered-in-error' } });
    expect(assess(record)).toMatchObject({ findings: [{ item: 'C22' }], detected: [], issues: [] });
  });

  it('tell what an old chart leaves out and no more', () => {
    const given = visit({ ...at({ muscle: 'rhomboids' }) }, { origin: { how: 'migrated' } });
    const issues = assess(recordOf(given)).issues.filter(({ code }) => code === 'rule-6');
    expect(issues.map(({ severity }) => severity)).toEqual(['information']);
  });
});
