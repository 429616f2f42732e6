import { describe, expect, it } from 'vitest';
import { AdapterError } from '../../src/errors.ts';
import { assess } from '../../src/safety/assess.ts';
import { DEFAULT_POLICY, policyOf } from '../../src/safety/policy.ts';
import { type Case, recordOf } from './record.ts';
import { at, patient, type Values, visit } from './visits.ts';

/** What one rule tells of a visit under these settings, as `severity path`. */
function told(given: Case, code: string, settings: Parameters<typeof policyOf>[0] = {}): string[] {
  return assess(recordOf(given), policyOf(settings))
    .issues.filter((issue) => issue.code === code)
    .map(({ severity, path }) => `${severity} ${path}`);
}

const standing = (members: Values) => ({
  assessment: { standings: [{ practitioner: 'pt-1', ...members }] },
});
const claimOn = (payer: string, members: Values = {}) => ({
  episode: { id: 'e', claims: { claims: [{ key: 'c', payer }], ...members } },
});

it('nothing set leaves every rule as it is', () => {
  expect(policyOf({})).toEqual(DEFAULT_POLICY);
});

describe('the age of majority', () => {
  const eighteen = { ...patient({ birthDate: '2008-01-01' }) };
  const noParent = ['warning /consents', 'warning /consents'];

  it.each([
    ['nothing set', {}, {}, []],
    ['a later age for all', {}, { majorityYears: 19 }, noParent],
    [
      'one for the jurisdiction of the practitioner',
      standing({ jurisdiction: 'CA-BC' }),
      { jurisdictions: { 'CA-BC': { majorityYears: 19 } } },
      noParent,
    ],
    [
      'one for another jurisdiction',
      standing({ jurisdiction: 'CA-AB' }),
      { jurisdictions: { 'CA-BC': { majorityYears: 19 } } },
      [],
    ],
    [
      "one for the clinic's own, where no standing names any",
      standing({}),
      { jurisdiction: 'CA-BC', jurisdictions: { 'CA-BC': { majorityYears: 19 } } },
      noParent,
    ],
    [
      'several, of which the highest counts',
      {
        assessment: {
          standings: [
            { practitioner: 'pt-1', jurisdiction: 'CA-AB' },
            { practitioner: 'pt-2', jurisdiction: 'CA-BC' },
          ],
        },
        practitioners: [{ id: 'pt-1' }, { id: 'pt-2' }],
        visit: { date: '2026-05-20', practitioners: ['pt-1', 'pt-2'] },
      },
      { jurisdictions: { 'CA-BC': { majorityYears: 19 }, 'CA-AB': { majorityYears: 18 } } },
      noParent,
    ],
  ])('with %s', (_what, others, settings, expected) => {
    expect(told(visit({}, { ...eighteen, ...others }), 'rule-19', settings)).toEqual(expected);
  });

  it('decides over C35 as well', () => {
    const record = recordOf(visit({}, eighteen));
    const items = (settings: object) =>
      assess(record, policyOf(settings)).findings.map(({ item }) => item);
    expect([items({}), items({ majorityYears: 19 })]).toEqual([[], ['C35']]);
  });
});

it('the muscles over the thorax are a list of the clinic', () => {
  const rhomboids = visit(at({ muscle: 'rhomboids' }));
  const deltoid = visit(at({ muscle: 'deltoid' }));
  const thoraxMuscles = ['deltoid'];
  expect(told(rhomboids, 'rule-6')).toEqual(['warning /session/warnings']);
  expect(told(rhomboids, 'rule-6', { thoraxMuscles })).toEqual([]);
  expect(told(deltoid, 'rule-6')).toEqual([]);
  expect(told(deltoid, 'rule-6', { thoraxMuscles })).toEqual(['warning /session/warnings']);
});

describe('professions and the roster of a jurisdiction', () => {
  const set = { jurisdictions: { 'CA-BC': { professions: ['physiotherapist'], roster: true } } };
  const bc = { jurisdiction: 'CA-BC' };
  const profession = 'warning /assessment/standings/0/profession';
  const roster = 'warning /assessment/standings/0/roster';

  it.each([
    ['on the roster', { ...bc, profession: ['physiotherapist'], roster: 'yes' }, []],
    ['of another profession', { ...bc, profession: ['physician'], roster: 'yes' }, [profession]],
    ['of both', { ...bc, profession: ['physician', 'physiotherapist'], roster: 'yes' }, []],
    ['not on the roster', { ...bc, profession: ['physiotherapist'], roster: 'no' }, [roster]],
    ['of whom nothing is charted', bc, [profession, roster]],
    ['in words alone', { ...bc, asWritten: { profession: 'RPT', roster: 'on' } }, []],
    ['elsewhere', { jurisdiction: 'CA-AB', profession: ['physician'] }, []],
    ['nowhere in particular', { profession: ['physician'] }, []],
  ])('of a practitioner %s', (_what, members, expected) => {
    const given = visit({}, standing(members));
    expect(told(given, 'rule-7', set)).toEqual(expected);
    expect(told(given, 'rule-7')).toEqual([]);
  });

  it('count for the session alone, and for those who took part', () => {
    const physician = standing({ ...bc, profession: ['physician'], roster: 'yes' });
    expect(told(visit({ status: 'preparation' }, physician), 'rule-7', set)).toEqual([]);
    const other = { practitioner: 'pt-2', ...bc, profession: ['physician'], roster: 'yes' };
    const absent = {
      assessment: { standings: [other] },
      practitioners: [{ id: 'pt-1' }, { id: 'pt-2' }],
    };
    expect(told(visit({}, absent), 'rule-7', set)).toEqual([]);
  });

  it('never refuse, and hold an old chart to nothing', () => {
    const migrated = { origin: { how: 'migrated' } };
    const given = visit({}, { ...standing(bc), ...migrated });
    const severities = assess(recordOf(given), policyOf(set))
      .issues.filter(({ code }) => code === 'rule-7')
      .map(({ severity }) => severity);
    expect(severities).toEqual(['information', 'information']);
  });
});

describe('payers that ask for a referral', () => {
  const set = { referralPayers: ['icbc'] };
  const path = 'warning /episode/claims/claims/0/payer';

  it.each([
    ['icbc', {}, [path]],
    ['icbc', { referral: 'no' }, [path]],
    ['icbc', { referral: 'yes' }, []],
    ['worksafebc', {}, []],
  ])('%s %j', (payer, members, expected) => {
    const given = visit({}, claimOn(payer, members));
    expect(told(given, 'rule-8', set)).toEqual(expected);
    expect(told(given, 'rule-8')).toEqual([]);
  });
});

it('codes that no record can hold are told all at once, with their place', () => {
  const settings = {
    thoraxMuscles: ['deltoid', 'heart'],
    referralPayers: ['aunt'],
    jurisdictions: { 'CA-BC': { professions: ['physiotherapist', 'wizard'] } },
  };
  const fault = (() => {
    try {
      return policyOf(settings);
    } catch (error) {
      return error;
    }
  })();
  expect(fault).toBeInstanceOf(AdapterError);
  const { code, issues } = fault as AdapterError;
  expect(code).toBe('invalid-config');
  expect(issues.map((issue) => issue.path).sort()).toEqual([
    '/rules/jurisdictions/CA-BC/professions/1',
    '/rules/referralPayers/0',
    '/rules/thoraxMuscles/1',
  ]);
});
