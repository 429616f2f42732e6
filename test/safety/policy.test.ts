import { describe, expect, it } from 'vitest';
import { AdapterError } from '../../src/errors.ts';
import { assess } from '../../src/safety/assess.ts';
import { DEFAULT_POLICY, policyOf } from '../../src/safety/policy.ts';
import type { Json } from '../records.ts';
import { type Case, recordOf } from './record.ts';
import { at, patient, visit } from './visits.ts';

/** The issues of one rule on a visit under these settings, as `severity path`. */
function issuesOf(
  given: Case,
  code: string,
  settings: Parameters<typeof policyOf>[0] = {},
): string[] {
  return assess(recordOf(given), policyOf(settings))
    .issues.filter((issue) => issue.code === code)
    .map(({ severity, path }) => `${severity} ${path}`);
}

const credential = (members: Json) => ({
  assessment: { standings: [{ practitioner: 'dr', ...members }] },
});

it('is the default policy without settings', () => {
  expect(policyOf({})).toEqual(DEFAULT_POLICY);
});

describe('the age of majority', () => {
  const eighteen = { ...patient({ birthDate: '2008-01-01' }) };
  const noParent = ['warning /consents', 'warning /consents'];

  it.each([
    ['nothing set', {}, {}, []],
    ['another age for all', {}, { majorityYears: 19 }, noParent],
    [
      'one for the jurisdiction of the practitioner',
      credential({ jurisdiction: 'CA-BC' }),
      { jurisdictions: { 'CA-BC': { majorityYears: 19 } } },
      noParent,
    ],
    [
      'one for another jurisdiction',
      credential({ jurisdiction: 'CA-AB' }),
      { jurisdictions: { 'CA-BC': { majorityYears: 19 } } },
      [],
    ],
    [
      "one for the clinic's own, where no credential names any",
      credential({}),
      { jurisdiction: 'CA-BC', jurisdictions: { 'CA-BC': { majorityYears: 19 } } },
      noParent,
    ],
    [
      'several jurisdictions, of which the highest age counts',
      {
        assessment: {
          standings: [
            { practitioner: 'dr', jurisdiction: 'CA-AB' },
            { practitioner: 'dr-2', jurisdiction: 'CA-BC' },
          ],
        },
        practitioners: [{ id: 'dr' }, { id: 'dr-2' }],
        visit: { date: '2026-05-20', practitioners: ['dr', 'dr-2'] },
      },
      { jurisdictions: { 'CA-BC': { majorityYears: 19 }, 'CA-AB': { majorityYears: 18 } } },
      noParent,
    ],
  ])('with %s', (_what, others, settings, expected) => {
    expect(issuesOf(visit({}, { ...eighteen, ...others }), 'rule-19', settings)).toEqual(expected);
  });

  it('decides on C35 too', () => {
    const record = recordOf(visit({}, eighteen));
    const items = (settings: object) =>
      assess(record, policyOf(settings)).findings.map(({ item }) => item);
    expect([items({}), items({ majorityYears: 19 })]).toEqual([[], ['C35']]);
  });
});

it('replaces the muscles over the thorax by a list of the clinic', () => {
  const rhomboids = visit(at({ muscle: 'rhomboids' }));
  const deltoid = visit(at({ muscle: 'deltoid' }));
  const thoraxMuscles = ['deltoid'];
  expect(issuesOf(rhomboids, 'rule-6')).toEqual(['warning /session/warnings']);
  expect(issuesOf(rhomboids, 'rule-6', { thoraxMuscles })).toEqual([]);
  expect(issuesOf(deltoid, 'rule-6')).toEqual([]);
  expect(issuesOf(deltoid, 'rule-6', { thoraxMuscles })).toEqual(['warning /session/warnings']);
});

it('rejects all unknown codes at once, with their paths', () => {
  const settings = {
    thoraxMuscles: ['deltoid', 'heart'],
    referralPayers: ['aunt'],
    jurisdictions: { 'CA-BC': { professions: ['physiotherapist', 'wizard'] } },
  };
  const error = (() => {
    try {
      return policyOf(settings);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(AdapterError);
  const { code, issues } = error as AdapterError;
  expect(code).toBe('invalid-config');
  expect(issues.map((issue) => issue.path).sort()).toEqual([
    '/rules/jurisdictions/CA-BC/professions/1',
    '/rules/referralPayers/0',
    '/rules/thoraxMuscles/1',
  ]);
});
