import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/safety/assess.ts';
import { policyOf } from '../../../src/safety/policy.ts';
import type { Json } from '../../records.ts';
import { type Case, recordOf } from '../record.ts';
import { visit } from '../visits.ts';

/** The issues of one rule on a visit under these settings, as `severity path`. */
function issuesOf(given: Case, code: string, settings: Parameters<typeof policyOf>[0] = {}) {
  return assess(recordOf(given), policyOf(settings))
    .issues.filter((issue) => issue.code === code)
    .map(({ severity, path }) => `${severity} ${path}`);
}

const credential = (members: Json) => ({
  assessment: { standings: [{ practitioner: 'dr', ...members }] },
});
const claimOn = (payer: string, members: Json = {}) => ({
  episode: { id: 'e', claims: { claims: [{ key: 'c', payer }], ...members } },
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
    ['without any credentials charted', bc, [profession, roster]],
    ['in words alone', { ...bc, asWritten: { profession: 'RPT', roster: 'on' } }, []],
    ['elsewhere', { jurisdiction: 'CA-AB', profession: ['physician'] }, []],
    ['without a jurisdiction', { profession: ['physician'] }, []],
  ])('of a practitioner %s', (_what, members, expected) => {
    const given = visit({}, credential(members));
    expect(issuesOf(given, 'rule-7', set)).toEqual(expected);
    expect(issuesOf(given, 'rule-7')).toEqual([]);
  });

  it('are checked for a performed session and for those who took part', () => {
    const physician = credential({ ...bc, profession: ['physician'], roster: 'yes' });
    expect(issuesOf(visit({ status: 'preparation' }, physician), 'rule-7', set)).toEqual([]);
    const other = { practitioner: 'dr-2', ...bc, profession: ['physician'], roster: 'yes' };
    const absent = {
      assessment: { standings: [other] },
      practitioners: [{ id: 'dr' }, { id: 'dr-2' }],
    };
    expect(issuesOf(visit({}, absent), 'rule-7', set)).toEqual([]);
  });

  it('are only information on a migrated chart', () => {
    const migrated = { origin: { how: 'migrated' } };
    const given = visit({}, { ...credential(bc), ...migrated });
    const severities = assess(recordOf(given), policyOf(set))
      .issues.filter(({ code }) => code === 'rule-7')
      .map(({ severity }) => severity);
    expect(severities).toEqual(['information', 'information']);
  });
});

describe('payers set to require a referral', () => {
  const set = { referralPayers: ['icbc'] };
  const path = 'warning /episode/claims/claims/0/payer';

  it.each([
    ['icbc', {}, [path]],
    ['icbc', { referral: 'no' }, [path]],
    ['icbc', { referral: 'yes' }, []],
    ['worksafebc', {}, []],
  ])('%s with %j', (payer, members, expected) => {
    const given = visit({}, claimOn(payer, members));
    expect(issuesOf(given, 'rule-8', set)).toEqual(expected);
    expect(issuesOf(given, 'rule-8')).toEqual([]);
  });
});
