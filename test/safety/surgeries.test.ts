import { describe, expect, it } from 'vitest';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { evaluate } from '../../src/safety/screening/evaluate.ts';
import { deriveSurgeryAnswers } from '../../src/safety/screening/surgeries.ts';
import { operated, recordOf } from './record.ts';

/** Findings of C07 and C08 as `row class until sites`. */
function found(record: ImsRecord): string[] {
  return evaluate(record).map(({ item, class: strength, scope, earliestDate, siteKeys }) => {
    expect(scope).toBe('site');
    return [item, strength, earliestDate ?? '-', ...(siteKeys ?? ['-'])].join(' ');
  });
}

/** Findings of one operation with one relation to the one needled site. */
function foundFor(visitOn: string, date: unknown, relation: string): string[] {
  return found(recordOf({ visitOn, screening: operated(date, { a: relation }), sites: ['a'] }));
}

describe('worked examples', () => {
  it.each([
    ['month end', '2026-02-27', '2025-11-30', 'direct', ['C07 absolute 2026-02-28 a']],
    ['month end, the day itself', '2026-02-28', '2025-11-30', 'direct', []],
    ['partial date', '2026-05-20', '2026-03', 'adjacent-connected', []],
    ['partial date', '2026-05-20', '2026-03', 'direct', ['C07 absolute 2026-06-30 a']],
    ['partial date', '2026-05-11', '2026-03', 'adjacent-connected', ['C08 absolute 2026-05-12 a']],
    ['boundary', '2026-09-20', '2026-08-10', 'adjacent-connected', ['C08 absolute 2026-09-21 a']],
    ['boundary, the day itself', '2026-09-21', '2026-08-10', 'adjacent-connected', []],
    ['boundary', '2026-11-09', '2026-08-10', 'direct', ['C07 absolute 2026-11-10 a']],
    ['boundary, the day itself', '2026-11-10', '2026-08-10', 'direct', []],
  ])('%s: visit %s, %s, %s', (_what, visitOn, date, relation, expected) => {
    expect(foundFor(visitOn, date, relation)).toEqual(expected);
  });
});

describe('dates', () => {
  it.each([
    ['a year counts as 31 December', '2026-03-30', '2025', ['C07 absolute 2026-03-31 a']],
    ['a year counts as 31 December', '2026-03-31', '2025', []],
    [
      'the year of the visit counts to its end',
      '2026-05-20',
      '2026',
      ['C07 absolute 2027-03-31 a'],
    ],
    [
      'words with a date',
      '2026-05-20',
      { dateText: 'May', date: '2026-05-02' },
      ['C07 absolute 2026-08-02 a'],
    ],
    [
      'words with a latest date',
      '2026-05-20',
      { dateText: 'spring', latestDate: '2026-04' },
      ['C07 absolute 2026-07-30 a'],
    ],
    [
      'words with a latest date past',
      '2026-05-20',
      { dateText: 'years ago', latestDate: '2020' },
      [],
    ],
    ['words alone', '2026-05-20', { dateText: 'as a child' }, ['C07 ask - a']],
    ['no date', '2026-05-20', undefined, ['C07 ask - a']],
    ['a visit of a month', '2026-05', '2001-01-01', ['C07 ask - a']],
    ['the day of the operation', '2026-05-20', '2026-05-20', ['C07 absolute 2026-08-20 a']],
  ])('%s: visit %s, %j', (_what, visitOn, date, expected) => {
    expect(foundFor(visitOn, date, 'direct')).toEqual(expected);
  });

  it("are reckoned from the visit's day in the clinic's zone", () => {
    // 23:30 in Vancouver, already the allowed day in UTC.
    expect(foundFor('2026-02-28T07:30:00Z', '2025-11-30', 'direct')).toEqual([
      'C07 absolute 2026-02-28 a',
    ]);
    expect(foundFor('2026-02-28T08:00:00Z', '2025-11-30', 'direct')).toEqual([]);
  });
});

describe('relations', () => {
  it('unknown to a site ask for both rows, whatever the date', () => {
    expect(foundFor('2026-05-20', '1990', 'relation-unknown')).toEqual([
      'C07 ask - a',
      'C08 ask - a',
    ]);
  });

  it('remote from a site find nothing, date or none', () => {
    expect(foundFor('2026-05-20', undefined, 'remote')).toEqual([]);
    expect(foundFor('2026-05', '2026-05-19', 'remote')).toEqual([]);
  });

  it('that nobody stated for a needled site ask', () => {
    const screening = operated('2026-05-01', { a: 'remote' });
    expect(found(recordOf({ screening, sites: ['a', 'b'] }))).toEqual([
      'C07 ask - b',
      'C08 ask - b',
    ]);
  });

  it('that nobody stated at all ask for every site, and for none named without a session', () => {
    const screening = operated('2026-05-01');
    expect(found(recordOf({ screening, sites: ['b', 'a'] }))).toEqual([
      'C07 ask - a b',
      'C08 ask - a b',
    ]);
    expect(found(recordOf({ screening }))).toEqual(['C07 ask - -', 'C08 ask - -']);
  });

  it('to a site that was not needled count too', () => {
    const session = {
      status: 'not-done',
      technique: 'ims-session',
      screening: { basis: 'this-record' },
      sitesNotNeedled: [
        { key: 'n', muscle: 'soleus', why: 'planned', reasons: ['contraindicated'] },
      ],
    };
    const screening = operated('2026-05-01', { n: 'direct' });
    expect(found(recordOf({ screening, others: { session } }))).toEqual([
      'C07 absolute 2026-08-01 n',
    ]);
  });
});

describe('several operations', () => {
  const listed = (...operations: Record<string, unknown>[]) => ({
    surgeries: {
      surgery: 'yes',
      surgeries: operations.map((operation, index) => ({ key: `op-${index}`, ...operation })),
    },
  });
  const to = (siteKey: string, relation: string) => ({ siteKey, relation });

  it('the latest earliest date of a site wins', () => {
    const screening = listed(
      { date: '2026-05-10', relations: [to('a', 'direct'), to('b', 'direct')] },
      { date: '2026-04-01', relations: [to('a', 'direct'), to('b', 'remote')] },
      { date: '2026-05-15', relations: [to('a', 'direct'), to('b', 'remote')] },
    );
    expect(found(recordOf({ screening, sites: ['a', 'b'] }))).toEqual([
      'C07 absolute 2026-08-15 a',
      'C07 absolute 2026-08-10 b',
    ]);
  });

  it('each row keeps its own date', () => {
    const screening = listed(
      { date: '2026-05-10', relations: [to('a', 'direct')] },
      { date: '2026-05-15', relations: [to('a', 'adjacent-connected')] },
    );
    expect(found(recordOf({ screening, sites: ['a'] }))).toEqual([
      'C07 absolute 2026-08-10 a',
      'C08 absolute 2026-06-26 a',
    ]);
  });

  it('a day outweighs a question at the same site; sites of one day are told together', () => {
    const screening = listed(
      { date: '2026-05-10', relations: [to('b', 'direct'), to('a', 'direct')] },
      { relations: [to('a', 'direct'), to('b', 'remote'), to('c', 'direct')] },
      { date: '1999', relations: [to('c', 'direct'), to('a', 'remote'), to('b', 'remote')] },
    );
    const record = recordOf({ screening, sites: ['a', 'b', 'c'] });
    expect(found(record)).toEqual(['C07 absolute 2026-08-10 a b', 'C07 ask - c', 'C08 ask - c']);
  });

  it('one that lies wholly after the visit does not count', () => {
    const screening = listed(
      { date: '2026-06', relations: [to('a', 'direct')] },
      { date: '2001', relations: [to('a', 'remote')] },
    );
    const record = recordOf({ screening, sites: ['a'] });
    expect(found(record)).toEqual([]);
    expect(deriveSurgeryAnswers(record)).toEqual({ surgeryDirect: 'no', surgeryAdjacent: 'no' });
  });

  it('all of them after the visit leave a "yes" open', () => {
    const screening = listed({ date: '2026-05-21', relations: [to('a', 'direct')] });
    const record = recordOf({ screening, sites: ['a'] });
    expect(deriveSurgeryAnswers(record)).toEqual({
      surgeryDirect: 'unknown',
      surgeryAdjacent: 'unknown',
    });
    expect(found(record)).toEqual(['C07 ask - -', 'C08 ask - -']);
  });

  it('none is known to lie after a visit without a full date', () => {
    const screening = listed({ date: '2026-06-01', relations: [to('a', 'direct')] });
    expect(found(recordOf({ visitOn: '2026', screening, sites: ['a'] }))).toEqual(['C07 ask - a']);
  });
});

describe('derived answers', () => {
  const derive = (screening: Record<string, unknown>, sites?: string[]) =>
    deriveSurgeryAnswers(recordOf({ screening, ...(sites === undefined ? {} : { sites }) }));
  const both = (answer: string) => ({ surgeryDirect: answer, surgeryAdjacent: answer });

  it.each(['no', 'unknown', 'not-asked', 'declined', 'not-applicable'])(
    'to "any surgery" %s are the same',
    (surgery) => {
      expect(derive({ surgeries: { surgery, text: 'said' } })).toEqual(both(surgery));
    },
  );

  it('to a yes without a list are unknown', () => {
    expect(derive({ surgeries: { surgery: 'yes' } })).toEqual(both('unknown'));
  });

  it('of a record that says nothing of operations are none', () => {
    expect(derive({ cancer: { answer: 'no' } })).toBeUndefined();
    expect(derive({ surgeries: { text: 'see letter' } })).toBeUndefined();
    expect(derive({ surgeryDirect: { answer: 'yes' } })).toBeUndefined();
  });

  it.each([
    ['direct', { surgeryDirect: 'yes', surgeryAdjacent: 'no' }],
    ['adjacent-connected', { surgeryDirect: 'no', surgeryAdjacent: 'yes' }],
    ['remote', both('no')],
    ['relation-unknown', both('unknown')],
  ])('of one %s operation', (relation, expected) => {
    expect(derive(operated('2001', { a: relation }), ['a'])).toEqual(expected);
  });

  it('stay unknown while a relation is missing, unless one says yes', () => {
    expect(derive(operated('2001'))).toEqual(both('unknown'));
    expect(derive(operated('2001', { a: 'direct' }), ['a', 'b'])).toEqual({
      surgeryDirect: 'yes',
      surgeryAdjacent: 'unknown',
    });
  });

  it('take a list for a yes where the question itself has no answer', () => {
    const { surgeries } = operated('2001', { a: 'remote' }).surgeries;
    expect(derive({ surgeries: { surgeries } }, ['a'])).toEqual(both('no'));
  });
});

describe('stated answers', () => {
  const stated = (answer: string) => ({ answer, appliesTo: ['a'] });

  it('stand where there is no list', () => {
    const screening = { surgeryDirect: stated('yes'), surgeryAdjacent: stated('no') };
    expect(found(recordOf({ screening, sites: ['a'] }))).toEqual(['C07 ask - a']);
  });

  it('stand where the list was not asked for', () => {
    const screening = { surgeries: { surgery: 'not-asked' }, surgeryDirect: stated('yes') };
    expect(found(recordOf({ screening, sites: ['a'] }))).toEqual(['C07 ask - a']);
  });

  it('a "yes" is not lost to a list that says no', () => {
    const screening = { ...operated('2001', { a: 'remote' }), surgeryDirect: stated('yes') };
    expect(found(recordOf({ screening, sites: ['a'] }))).toEqual(['C07 ask - a']);
  });

  it('a "no" does not outweigh a list that says yes', () => {
    const screening = { ...operated('2026-05-01', { a: 'direct' }), surgeryDirect: stated('no') };
    expect(found(recordOf({ screening, sites: ['a'] }))).toEqual(['C07 absolute 2026-08-01 a']);
  });

  it('an "unknown" is resolved by the list', () => {
    const screening = { ...operated('2001', { a: 'remote' }), surgeryDirect: stated('unknown') };
    expect(found(recordOf({ screening, sites: ['a'] }))).toEqual([]);
  });
});
