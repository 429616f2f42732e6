import { describe, expect, it } from 'vitest';
import { answers } from '../../src/ims/codes/general.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { evaluate } from '../../src/safety/screening/evaluate.ts';
import { recordOf } from './record.ts';

/** Findings as `row class scope sites`. */
function told(record: ImsRecord): string[] {
  return evaluate(record).map(({ item, class: strength, scope, siteKeys = [] }) =>
    [item, strength, scope, ...siteKeys].join(' '),
  );
}

function found(member: string, item: Readonly<Record<string, unknown>>): string[] {
  return told(recordOf({ screening: { [member]: item }, sites: ['a', 'b'] }));
}

/** Row, member, what a bare "yes" finds, every scope of the row. */
const rows: readonly [string, string, string[], string[]][] = [
  ['C20', 'refusal', ['absolute session'], ['session']],
  ['C21', 'communication', ['absolute session'], ['session']],
  ['C22', 'emergency', ['absolute session'], ['session']],
  ['C23', 'lymphoedema', ['absolute site'], ['site']],
  ['C24', 'skin', ['absolute site'], ['site']],
  ['C25', 'infection', ['absolute session'], ['session', 'site']],
  ['C26', 'bleeding', ['relative session'], ['session']],
  ['C27', 'anticoagulation', ['relative session'], ['session', 'site']],
  ['C28', 'bruising', ['ask session'], ['session']],
  ['C29', 'immunity', ['relative session'], ['session']],
  ['C30', 'diabetes', ['relative session'], ['session']],
  ['C31', 'vascular', ['relative site'], ['site']],
  ['C32', 'epilepsy', ['relative session', 'ask current'], ['session', 'current']],
  ['C33', 'frailty', ['relative session'], ['session']],
  ['C34', 'psychological', ['relative session'], ['session']],
  ['C36', 'allergy', ['relative session'], ['session']],
  ['C37', 'joint', ['relative site'], ['site']],
  ['C38', 'implant', ['ask site'], ['site']],
  ['C39', 'heartValve', ['ask session'], ['session']],
  ['C40', 'heart', ['ask session'], ['session']],
  ['C41', 'radiotherapy', ['ask session'], ['session']],
  ['C42', 'neuropathy', ['ask session'], ['session']],
  ['C43', 'priorReaction', ['ask session'], ['session']],
  ['C44', 'bone', ['ask site'], ['site']],
  ['C45', 'chest', ['relative site'], ['site']],
  ['C47', 'unfit', ['ask session'], ['session']],
  ['C60', 'pacemaker', ['absolute current', 'ask session'], ['current', 'session']],
  ['C61', 'defibrillator', ['absolute current'], ['current']],
  ['C62', 'activeImplant', ['absolute current'], ['current']],
  ['C64', 'metal', ['relative current'], ['current']],
  ['C65', 'thrombosis', ['absolute current', 'ask site'], ['current', 'site']],
];

describe('a guideline item', () => {
  it.each(rows)('%s %s finds by its answer', (row, member, yes, scopes) => {
    const named = (judged: readonly string[]) => judged.map((one) => `${row} ${one}`);
    const byAnswer = answers.codes.map((answer) => [
      answer,
      found(member, { answer, rationale: 'said' }),
    ]);
    const ask = named(scopes.map((scope) => `ask ${scope}`));
    expect(Object.fromEntries(byAnswer)).toEqual({
      yes: named(yes),
      no: [],
      unknown: ask,
      'not-asked': [],
      declined: ask,
      'not-applicable': [],
    });
    expect(found(member, { asWritten: { answer: 'peut-être' } })).toEqual([]);
  });

  it.each(rows.filter(([, , , scopes]) => scopes.includes('site')))(
    '%s %s names the sites it applies to, for sites alone',
    (_row, member) => {
      for (const one of found(member, { answer: 'unknown', appliesTo: ['b'] })) {
        expect(one.endsWith('site b')).toBe(one.includes(' site'));
      }
    },
  );
});

describe('a detail that decides', () => {
  it.each<[member: string, details: Record<string, unknown>, expected: string[]]>([
    ['lymphoedema', { swelling: 'yes' }, ['C23 absolute site']],
    ['lymphoedema', { swelling: 'no', nodesRemoved: 'yes' }, ['C23 ask site']],
    ['lymphoedema', { swelling: 'unknown' }, ['C23 absolute site']],
    ['infection', { extent: 'infection-local', fever: 'no' }, ['C25 absolute site']],
    [
      'infection',
      { extent: 'infection-local', fever: 'yes' },
      ['C25 absolute session', 'C25 absolute site'],
    ],
    ['infection', { extent: 'infection-local' }, ['C25 ask session', 'C25 absolute site']],
    [
      'infection',
      { extent: 'infection-local', fever: 'declined' },
      ['C25 ask session', 'C25 absolute site'],
    ],
    ['infection', { extent: 'infection-systemic', fever: 'no' }, ['C25 absolute session']],
    ['infection', { extent: 'unknown', fever: 'no' }, ['C25 absolute session']],
    ['bleeding', { kind: 'haemophilia' }, ['C26 absolute session']],
    ['bleeding', { kind: 'thrombocytopenia', severity: 'severe' }, ['C26 relative session']],
    ['bleeding', { severity: 'unknown' }, ['C26 relative session']],
    [
      'anticoagulation',
      { notCompressible: ['b'] },
      ['C27 relative session', 'C27 absolute site b'],
    ],
    [
      'anticoagulation',
      { absent: { notCompressible: 'unknown' } },
      ['C27 relative session', 'C27 ask site'],
    ],
    ['epilepsy', { control: 'well-controlled' }, ['C32 relative session']],
    ['epilepsy', { control: 'uncontrolled' }, ['C32 relative session', 'C32 absolute current']],
    ['epilepsy', { control: 'unknown' }, ['C32 relative session', 'C32 ask current']],
    ['heartValve', { new: 'yes' }, ['C39 absolute session']],
    ['heartValve', { new: 'unknown' }, ['C39 ask session']],
    ['diabetes', { control: 'well-controlled' }, ['C30 relative session']],
  ])('%s %j', (member, details, expected) => {
    expect(found(member, { answer: 'yes', ...details })).toEqual(expected);
  });

  it('is a question that outweighs the answer of its item', () => {
    expect(found('immunity', { answer: 'no', bloodBorne: 'yes' })).toEqual([
      'C29 relative session',
    ]);
    expect(found('immunity', { answer: 'no', bloodBorne: 'declined' })).toEqual([
      'C29 ask session',
    ]);
    expect(found('immunity', { answer: 'no', bloodBorne: 'no' })).toEqual([]);
    expect(found('immunity', { answer: 'not-asked', bloodBorne: 'yes' })).toEqual([]);
  });
});

describe('an attribute of a site', () => {
  const sites = (member: string, ...given: (string | undefined)[]) =>
    told(
      recordOf({
        others: {
          session: {
            status: 'completed',
            technique: 'ims-session',
            screening: { basis: 'screening-not-documented' },
            sites: given.map((answer, index) => ({
              key: `s${index}`,
              muscle: 'soleus',
              side: 'left',
              ...(answer === undefined ? {} : { [member]: { answer, text: 'said' } }),
            })),
          },
        },
      }),
    );

  it.each([
    ['C46', 'highRiskAnatomy', 'relative site'],
    ['C63', 'currentPath', 'absolute current'],
  ])('%s %s finds at its sites, by class', (row, member, yes) => {
    expect(sites(member, 'yes', 'declined', 'no', 'yes', undefined, 'unknown')).toEqual([
      `${row} ${yes} s0 s3`,
      `${row} ask ${yes.split(' ')[1]} s1 s5`,
    ]);
    expect(sites(member, 'no', 'not-applicable', 'not-asked', undefined)).toEqual([]);
  });
});

describe('C35, a child', () => {
  it.each<[what: string, visitOn: string, others: Record<string, unknown>, isChild: boolean]>([
    ['the day before 18', '2026-05-20', { birthDate: '2008-05-21' }, true],
    ['the 18th birthday', '2026-05-20', { birthDate: '2008-05-20' }, false],
    ['a birth year, which counts as its last day', '2026-05-20', { birthDate: '2008' }, true],
    ['a birth month', '2026-05-31', { birthDate: '2008-05' }, false],
    ['a visit of a year, which counts as its first day', '2026', { birthDate: '2008-01-02' }, true],
    ['no birth date', '2026-05-20', {}, false],
  ])('%s', (_what, visitOn, patient, isChild) => {
    const record = recordOf({ visitOn, others: { patient: { id: 'p-1', ...patient } } });
    expect(told(record)).toEqual(isChild ? ['C35 ask session'] : []);
  });

  it('by the age charted where no birth date is known', () => {
    expect(told(recordOf({ others: { patientFacts: { ageYears: 17 } } }))).toHaveLength(1);
    expect(told(recordOf({ others: { patientFacts: { ageYears: { low: 10 } } } }))).toHaveLength(1);
    expect(told(recordOf({ others: { patientFacts: { ageYears: 18 } } }))).toEqual([]);
  });
});
