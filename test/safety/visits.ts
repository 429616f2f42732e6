// Visits for the rules: what a row changes of a plain one, and where the rules are to tell of it.
import { expect, it } from 'vitest';
import { assess } from '../../src/safety/assess.ts';
import { type Case, recordOf } from './record.ts';

export type Values = Record<string, unknown>;

export const AT = '2026-05-20T10:00:00-07:00';
export const ON_SITE = { key: 'a', muscle: 'soleus', side: 'left' };
export const no = { answer: 'no' };
/** A visit with a session at one site. */
export function visit(session: Values = {}, others: Values = {}) {
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
export const at = (members: Values) => ({ sites: [{ ...ON_SITE, ...members }] });
export const count = (members: Values, key = 'n') => ({ key, ...members });
export const event = (members: Values) => ({
  key: 'ev',
  code: 'bruise',
  considered: 'adverse',
  ...members,
});
export const patient = (members: Values) => ({ patient: { id: 'p-1', ...members } });
export const eStim = { manipulation: ['e-stim'] };

/** One case of one rule: its code, what is special, the visit, and the pointers that are told. */
export type Row = [code: string, what: string, given: Case, paths: string[]];

/** The rules whose breach travels with the record. */
const TRAVELLING = ['rule-3', 'rule-4', 'rule-5', 'rule-12', 'rule-14', 'rule-16', 'rule-21'];

/** Holds each row against what the rules tell, as a warning, and as a finding where it travels. */
export function tellsEach(rows: readonly Row[]): void {
  it.each(rows)('%s: %s', (code, _what, given, paths) => {
    const { issues, detected } = assess(recordOf(given));
    const told = issues.filter((issue) => issue.code === code);
    expect(told.map(({ path }) => path)).toEqual(paths);
    for (const { severity } of told) expect(severity).toBe('warning');
    const travels = TRAVELLING.includes(code) && paths.length > 0 ? [paths] : [];
    expect(detected.filter((one) => one.code === code).map((one) => one.paths)).toEqual(travels);
  });
}
