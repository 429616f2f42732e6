import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/safety/assess.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { operated, recordOf } from './record.ts';
import { at, ON_SITE, visit } from './visits.ts';

const migrated = { origin: { how: 'migrated', system: 'old charts' } };

describe('an assessment', () => {
  it('names the sites and screening items of each violation', () => {
    const given = visit(
      { substanceInjected: 'yes', sites: [ON_SITE, { ...ON_SITE, key: 'b' }] },
      {
        screening: {
          ...operated('2026-05-01', { a: 'direct', b: 'remote' }),
          emergency: { answer: 'yes' },
        },
      },
    );
    expect(assess(recordOf(given)).violations).toMatchObject([
      { code: 'rule-5', siteKeys: ['a'], items: [] },
      { code: 'rule-14', siteKeys: [], items: [] },
      { code: 'rule-16', siteKeys: [], items: ['C22'] },
    ]);
  });

  it('has the findings of a record entered in error, but no violations', () => {
    const given = visit(
      { substanceInjected: 'yes' },
      { screening: { emergency: { answer: 'yes' } } },
    );
    const { others, ...rest } = given;
    const record = recordOf({ ...rest, others: { ...others, status: 'entered-in-error' } });
    expect(assess(record)).toMatchObject({
      findings: [{ item: 'C22' }],
      violations: [],
      issues: [],
    });
  });

  it('reports what is missing from a migrated chart as information', () => {
    const given = visit({ ...at({ muscle: 'rhomboids' }) }, { origin: { how: 'migrated' } });
    const issues = assess(recordOf(given)).issues.filter(({ code }) => code === 'rule-6');
    expect(issues.map(({ severity }) => severity)).toEqual(['information']);
  });
});

describe('a migrated chart', () => {
  const charted = {
    assessment: { pain: [{ key: 'p', value: 5, context: 'pain-worst' }] },
    ...visit({ startAt: undefined, sites: [{ key: 'a', muscle: 'other', text: 'scar' }] }).others,
    screening: { cancer: { answer: 'not-applicable' } },
  };

  it('has information for what is missing and warnings for what it says', () => {
    const issues = assess(recordOf({ others: { ...charted, ...migrated } })).issues;
    const severities = issues.map(({ code, severity }) => [code, severity]);
    expect(Object.fromEntries(severities)).toEqual({
      'rule-2': 'information',
      'rule-9': 'warning',
      'rule-13': 'information',
      'rule-17': 'information',
      'rule-19': 'information',
      'rule-23': 'information',
    });
  });

  it('entered in error has no issues', () => {
    const record = recordOf({ others: { ...charted, status: 'entered-in-error' } });
    expect(assess(record).issues).toEqual([]);
  });
});

it('reports no issue of severity error, and each with its source, path and message', () => {
  fc.assert(
    fc.property(arbitraryRecord(), (record) => {
      for (const { severity, source, path, message } of assess(record).issues) {
        expect(['warning', 'information']).toContain(severity);
        expect(source).toMatch(/\S/);
        expect(message).toMatch(/\S/);
        expect(path).toMatch(/^\//);
      }
    }),
    { numRuns: 200 },
  );
});
