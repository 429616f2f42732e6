// Visits for tests of the rules, and the expectation that a rule reports given paths of a visit.
import { expect, it } from 'vitest';
import { assess } from '../../src/safety/assess.ts';
import { aSession, aSite, type Json } from '../records.ts';
import { type Case, recordOf } from './record.ts';

/** The start of the session. */
export const AT = '2026-05-20T10:00:00-07:00';
export const ON_SITE = aSite({ key: 'a', muscle: 'soleus' });
export const no = { answer: 'no' };

/** A visit with a performed session at one site; `session` and `others` replace its members. */
export function visit(session: Json = {}, others: Json = {}) {
  const { screening, ...rest } = others;
  return {
    ...(screening === undefined ? {} : { screening: screening as Json }),
    others: {
      session: aSession({
        screening: { basis: screening === undefined ? 'screening-not-documented' : 'this-record' },
        startAt: AT,
        sites: [ON_SITE],
        ...session,
      }),
      ...rest,
    },
  };
}

/** Members of a session whose one site has these members. */
export const at = (members: Json) => ({ sites: [{ ...ON_SITE, ...members }] });
export const count = (members: Json, key = 'n') => ({ key, ...members });
export const event = (members: Json) => ({
  key: 'ev',
  code: 'bruise',
  considered: 'adverse',
  ...members,
});
export const consent = (members: Json) => ({ key: 'c', given: 'yes', by: 'patient', ...members });
export const patient = (members: Json) => ({ patient: { id: 'patient-1', ...members } });
export const eStim = { manipulation: ['e-stim'] };

/** C01 to C08, all answered "no". */
export const clearScreening = Object.fromEntries(
  ['cancer', 'needleFear', 'understanding', 'pregnancy', 'autoimmune', 'boneLoss']
    .concat('surgeryDirect', 'surgeryAdjacent')
    .map((member) => [member, no]),
);

/** One case of one rule: its code, what the visit is like, the visit, and the paths reported. */
export type Row = [code: string, what: string, given: Case, paths: string[]];

/** Rules whose violations are written to FHIR with the record. */
const FINDING_RULES = ['rule-3', 'rule-4', 'rule-5', 'rule-12', 'rule-14', 'rule-16', 'rule-21'];

/** Expects of each row that its rule warns at these paths alone, and has a finding if it is to. */
export function expectViolations(rows: readonly Row[]): void {
  const titled = rows.map(
    ([code, what, ...rest]) =>
      [
        `${code} ${rest[1].length > 0 ? 'warns' : 'is silent'} when ${what}`,
        code,
        ...rest,
      ] as const,
  );
  it.each(titled)('%s', (_title, code, given, paths) => {
    const { issues, violations } = assess(recordOf(given));
    const reported = issues.filter((issue) => issue.code === code);
    expect(reported.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
    for (const { severity } of reported) expect(severity).toBe('warning');
    const expected = FINDING_RULES.includes(code) && paths.length > 0 ? [paths] : [];
    const ofRule = violations.filter((violation) => violation.code === code);
    expect(ofRule.map((violation) => violation.paths)).toEqual(expected);
  });
}
