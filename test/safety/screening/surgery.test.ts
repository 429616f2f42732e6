import { describe, expect, it } from 'vitest';
import type { ImsRecord } from '../../../src/ims/schema/record.ts';
import { evaluate } from '../../../src/safety/screening/evaluate.ts';
import { deriveSurgeryAnswers } from '../../../src/safety/screening/surgery-list.ts';
import { operated, recordOf } from '../record.ts';

/** Findings of C07 and C08 as `item class earliest-date sites`. */
function surgeryFindings(record: ImsRecord): string[] {
  return evaluate(record).map(({ item, class: findingClass, scope, earliestDate, siteKeys }) => {
    expect(scope).toBe('site');
    return [item, findingClass, earliestDate ?? '-', ...(siteKeys ?? ['-'])].join(' ');
  });
}

/** Findings of one surgery with one relation to the one needled site. */
function findingsFor(visitOn: string, date: unknown, relation: string): string[] {
  return surgeryFindings(
    recordOf({ visitOn, screening: operated(date, { a: relation }), sites: ['a'] }),
  );
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
    expect(findingsFor(visitOn, date, relation)).toEqual(expected);
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
    expect(findingsFor(visitOn, date, 'direct')).toEqual(expected);
  });

  it("are compared with the day of the visit in the clinic's time zone", () => {
    // 23:30 in Vancouver, already the allowed day in UTC.
    expect(findingsFor('2026-02-28T07:30:00Z', '2025-11-30', 'direct')).toEqual([
      'C07 absolute 2026-02-28 a',
    ]);
    expect(findingsFor('2026-02-28T08:00:00Z', '2025-11-30', 'direct')).toEqual([]);
  });
});

describe('the relation of a surgery to a site', () => {
  it('asks for both items when it is unknown, whatever the date', () => {
    expect(findingsFor('2026-05-20', '1990', 'relation-unknown')).toEqual([
      'C07 ask - a',
      'C08 ask - a',
    ]);
  });

  it('has no finding when it is remote, with or without a date', () => {
    expect(findingsFor('2026-05-20', undefined, 'remote')).toEqual([]);
    expect(findingsFor('2026-05', '2026-05-19', 'remote')).toEqual([]);
  });

  it('is unknown for a needled site for which none is stated', () => {
    const screening = operated('2026-05-01', { a: 'remote' });
    expect(surgeryFindings(recordOf({ screening, sites: ['a', 'b'] }))).toEqual([
      'C07 ask - b',
      'C08 ask - b',
    ]);
  });

  it('is unknown for every site when none is stated, and without a session for no named site', () => {
    const screening = operated('2026-05-01');
    expect(surgeryFindings(recordOf({ screening, sites: ['b', 'a'] }))).toEqual([
      'C07 ask - a b',
      'C08 ask - a b',
    ]);
    expect(surgeryFindings(recordOf({ screening }))).toEqual(['C07 ask - -', 'C08 ask - -']);
  });

  it('counts for a site that was not needled', () => {
    const session = {
      status: 'not-done',
      technique: 'ims-session',
      screening: { basis: 'this-record' },
      sitesNotNeedled: [
        { key: 'n', muscle: 'soleus', why: 'planned', reasons: ['contraindicated'] },
      ],
    };
    const screening = operated('2026-05-01', { n: 'direct' });
    expect(surgeryFindings(recordOf({ screening, others: { session } }))).toEqual([
      'C07 absolute 2026-08-01 n',
    ]);
  });
});

describe('several surgeries', () => {
  const listed = (...operations: Record<string, unknown>[]) => ({
    surgeries: {
      surgery: 'yes',
      surgeries: operations.map((operation, index) => ({ key: `op-${index}`, ...operation })),
    },
  });
  const to = (siteKey: string, relation: string) => ({ siteKey, relation });

  it('restrict a site until the latest of their dates', () => {
    const screening = listed(
      { date: '2026-05-10', relations: [to('a', 'direct'), to('b', 'direct')] },
      { date: '2026-04-01', relations: [to('a', 'direct'), to('b', 'remote')] },
      { date: '2026-05-15', relations: [to('a', 'direct'), to('b', 'remote')] },
    );
    expect(surgeryFindings(recordOf({ screening, sites: ['a', 'b'] }))).toEqual([
      'C07 absolute 2026-08-15 a',
      'C07 absolute 2026-08-10 b',
    ]);
  });

  it('give C07 and C08 a date each', () => {
    const screening = listed(
      { date: '2026-05-10', relations: [to('a', 'direct')] },
      { date: '2026-05-15', relations: [to('a', 'adjacent-connected')] },
    );
    expect(surgeryFindings(recordOf({ screening, sites: ['a'] }))).toEqual([
      'C07 absolute 2026-08-10 a',
      'C08 absolute 2026-06-26 a',
    ]);
  });

  it('give a site its date rather than a question, and join the sites of one date', () => {
    const screening = listed(
      { date: '2026-05-10', relations: [to('b', 'direct'), to('a', 'direct')] },
      { relations: [to('a', 'direct'), to('b', 'remote'), to('c', 'direct')] },
      { date: '1999', relations: [to('c', 'direct'), to('a', 'remote'), to('b', 'remote')] },
    );
    const record = recordOf({ screening, sites: ['a', 'b', 'c'] });
    expect(surgeryFindings(record)).toEqual([
      'C07 absolute 2026-08-10 a b',
      'C07 ask - c',
      'C08 ask - c',
    ]);
  });

  it('do not count one that is certainly after the visit', () => {
    const screening = listed(
      { date: '2026-06', relations: [to('a', 'direct')] },
      { date: '2001', relations: [to('a', 'remote')] },
    );
    const record = recordOf({ screening, sites: ['a'] });
    expect(surgeryFindings(record)).toEqual([]);
    expect(deriveSurgeryAnswers(record)).toEqual({ surgeryDirect: 'no', surgeryAdjacent: 'no' });
  });

  it('leave a "yes" open when all of them are after the visit', () => {
    const screening = listed({ date: '2026-05-21', relations: [to('a', 'direct')] });
    const record = recordOf({ screening, sites: ['a'] });
    expect(deriveSurgeryAnswers(record)).toEqual({
      surgeryDirect: 'unknown',
      surgeryAdjacent: 'unknown',
    });
    expect(surgeryFindings(record)).toEqual(['C07 ask - -', 'C08 ask - -']);
  });

  it('all count when the visit has no full date', () => {
    const screening = listed({ date: '2026-06-01', relations: [to('a', 'direct')] });
    expect(surgeryFindings(recordOf({ visitOn: '2026', screening, sites: ['a'] }))).toEqual([
      'C07 ask - a',
    ]);
  });
});

describe('the answers derived from the list', () => {
  const derive = (screening: Record<string, unknown>, sites?: string[]) =>
    deriveSurgeryAnswers(recordOf({ screening, ...(sites === undefined ? {} : { sites }) }));
  const both = (answer: string) => ({ surgeryDirect: answer, surgeryAdjacent: answer });

  it.each(['no', 'unknown', 'not-asked', 'declined', 'not-applicable'])(
    'are %s when the question of any surgery is answered so',
    (surgery) => {
      expect(derive({ surgeries: { surgery, text: 'said' } })).toEqual(both(surgery));
    },
  );

  it('are unknown for a yes without a list', () => {
    expect(derive({ surgeries: { surgery: 'yes' } })).toEqual(both('unknown'));
  });

  it('are undefined for a record without a list or an answer', () => {
    expect(derive({ cancer: { answer: 'no' } })).toBeUndefined();
    expect(derive({ surgeries: { text: 'see letter' } })).toBeUndefined();
    expect(derive({ surgeryDirect: { answer: 'yes' } })).toBeUndefined();
  });

  it.each([
    ['direct', { surgeryDirect: 'yes', surgeryAdjacent: 'no' }],
    ['adjacent-connected', { surgeryDirect: 'no', surgeryAdjacent: 'yes' }],
    ['remote', both('no')],
    ['relation-unknown', both('unknown')],
  ])('follow from one %s surgery', (relation, expected) => {
    expect(derive(operated('2001', { a: relation }), ['a'])).toEqual(expected);
  });

  it('are unknown while a relation is missing, unless another makes them a yes', () => {
    expect(derive(operated('2001'))).toEqual(both('unknown'));
    expect(derive(operated('2001', { a: 'direct' }), ['a', 'b'])).toEqual({
      surgeryDirect: 'yes',
      surgeryAdjacent: 'unknown',
    });
  });

  it('follow from a list without an answer to the question of any surgery', () => {
    const { surgeries } = operated('2001', { a: 'remote' }).surgeries;
    expect(derive({ surgeries: { surgeries } }, ['a'])).toEqual(both('no'));
  });
});

describe('a stated answer', () => {
  const stated = (answer: string) => ({ answer, appliesTo: ['a'] });

  it('counts where nothing is listed', () => {
    const screening = { surgeryDirect: stated('yes'), surgeryAdjacent: stated('no') };
    expect(surgeryFindings(recordOf({ screening, sites: ['a'] }))).toEqual(['C07 ask - a']);
  });

  it('counts where the list was not asked for', () => {
    const screening = { surgeries: { surgery: 'not-asked' }, surgeryDirect: stated('yes') };
    expect(surgeryFindings(recordOf({ screening, sites: ['a'] }))).toEqual(['C07 ask - a']);
  });

  it('of yes counts against a list that says no', () => {
    const screening = { ...operated('2001', { a: 'remote' }), surgeryDirect: stated('yes') };
    expect(surgeryFindings(recordOf({ screening, sites: ['a'] }))).toEqual(['C07 ask - a']);
  });

  it('of no does not count against a list that says yes', () => {
    const screening = { ...operated('2026-05-01', { a: 'direct' }), surgeryDirect: stated('no') };
    expect(surgeryFindings(recordOf({ screening, sites: ['a'] }))).toEqual([
      'C07 absolute 2026-08-01 a',
    ]);
  });

  it('of unknown is resolved by the list', () => {
    const screening = { ...operated('2001', { a: 'remote' }), surgeryDirect: stated('unknown') };
    expect(surgeryFindings(recordOf({ screening, sites: ['a'] }))).toEqual([]);
  });

  it.each([
    ['C07', 'surgeryDirect'],
    ['C08', 'surgeryAdjacent'],
  ])('to %s asks about sites unless it is "no" or "not-asked"', (item, member) => {
    const findings = (answer: string) =>
      surgeryFindings(recordOf({ screening: { [member]: { answer } } }));
    for (const answer of ['unknown', 'declined', 'yes']) {
      expect(findings(answer)).toEqual([`${item} ask - -`]);
    }
    for (const answer of ['no', 'not-asked']) expect(findings(answer)).toEqual([]);
  });
});
