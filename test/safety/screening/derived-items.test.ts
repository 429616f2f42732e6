import { describe, expect, it } from 'vitest';
import { recordOf } from '../record.ts';
import { findingLines } from '../screened.ts';

describe('an item of a site', () => {
  const sites = (member: string, ...given: (string | undefined)[]) =>
    findingLines(
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
  ])('%s %s has a finding per class, with its sites', (item, member, yes) => {
    expect(sites(member, 'yes', 'declined', 'no', 'yes', undefined, 'unknown')).toEqual([
      `${item} ${yes} s0 s3`,
      `${item} ask ${yes.split(' ')[1]} s1 s5`,
    ]);
    expect(sites(member, 'no', 'not-applicable', 'not-asked', undefined)).toEqual([]);
  });
});

describe('C35, a child,', () => {
  it.each<[what: string, visitOn: string, others: Record<string, unknown>, isChild: boolean]>([
    ['the day before 18', '2026-05-20', { birthDate: '2008-05-21' }, true],
    ['the 18th birthday', '2026-05-20', { birthDate: '2008-05-20' }, false],
    ['a birth year, which counts as its last day', '2026-05-20', { birthDate: '2008' }, true],
    ['a birth month', '2026-05-31', { birthDate: '2008-05' }, false],
    ['a visit of a year, which counts as its first day', '2026', { birthDate: '2008-01-02' }, true],
    ['no birth date', '2026-05-20', {}, false],
  ])('is derived from the birth date: %s', (_what, visitOn, patient, isChild) => {
    const record = recordOf({ visitOn, others: { patient: { id: 'patient-1', ...patient } } });
    expect(findingLines(record)).toEqual(isChild ? ['C35 ask session'] : []);
  });

  it('is derived from the charted age where no birth date is known', () => {
    expect(findingLines(recordOf({ others: { patientFacts: { ageYears: 17 } } }))).toHaveLength(1);
    expect(
      findingLines(recordOf({ others: { patientFacts: { ageYears: { low: 10 } } } })),
    ).toHaveLength(1);
    expect(findingLines(recordOf({ others: { patientFacts: { ageYears: 18 } } }))).toEqual([]);
  });
});
