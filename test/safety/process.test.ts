import { describe, expect, it } from 'vitest';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { assess } from '../../src/safety/assess.ts';
import { operated, recordOf } from './record.ts';

/** Issues of one code as `severity path`. */
function told(record: ImsRecord, code: string): string[] {
  return assess(record)
    .issues.filter((issue) => issue.code === code)
    .map(({ severity, path }) => `${severity} ${path}`);
}

function session(members: Readonly<Record<string, unknown>>) {
  const basis = { basis: 'screening-not-documented' };
  return {
    session: { status: 'completed', technique: 'ims-session', screening: basis, ...members },
  };
}

describe('rule 2, consent', () => {
  const startAt = '2026-05-20T10:00:00-07:00';
  const consent = (members: Readonly<Record<string, unknown>>) => ({
    key: 'ok',
    given: 'yes',
    by: 'patient',
    ...members,
  });
  const toldOf = (...consents: unknown[]) =>
    told(
      recordOf({
        others: { ...session({ startAt }), ...(consents.length > 0 ? { consents } : {}) },
      }),
      'rule-2',
    );

  it.each([
    ['before the start', '2026-05-20T09:59:59-07:00', []],
    ['at the start', '2026-05-20T17:00:00Z', []],
    ['after the start', '2026-05-20T17:00:01Z', ['warning /consents/0/givenAt']],
  ])('given %s', (_what, givenAt, expected) =>
    expect(toldOf(consent({ givenAt }))).toEqual(expected),
  );

  it('of the course counts', () => {
    const episode = { id: 'e-1', consents: [consent({ givenAt: '2026-05-21T10:00:00Z' })] };
    expect(told(recordOf({ others: { ...session({ startAt }), episode } }), 'rule-2')).toEqual([
      'warning /episode/consents/0/givenAt',
    ]);
  });

  it.each([
    ['none', [], ['warning /consents']],
    ['a refusal', [consent({ given: 'no' })], ['warning /consents']],
    ['one in words alone', [consent({ given: undefined, asWritten: { given: 'ok' } })], []],
    ['one without a time', [consent({})], []],
  ])('to a performed session: %s', (_what, consents, expected) => {
    expect(toldOf(...consents)).toEqual(expected);
  });

  it.each([
    ['in-progress', 1],
    ['stopped', 1],
    ['preparation', 0],
    ['not-done', 0],
  ])('is missed in a session %s: %i', (status, count) => {
    expect(told(recordOf({ others: session({ status }) }), 'rule-2')).toHaveLength(count);
  });

  it('is not missed where there was no session', () => {
    expect(told(recordOf({}), 'rule-2')).toEqual([]);
  });
});

describe('rules 9 and 17, the needled site', () => {
  const sites = (...given: Record<string, unknown>[]) =>
    recordOf({
      others: session({ sites: given.map((site, index) => ({ key: `s${index}`, ...site })) }),
    });

  it('a target that is no listed muscle is told', () => {
    const record = sites(
      { muscle: 'other', text: 'scar', side: 'left' },
      { muscle: 'soleus', side: 'left' },
      { asWritten: { muscle: 'soleus' }, side: 'left' },
    );
    expect(told(record, 'rule-9')).toEqual(['warning /session/sites/0/muscle']);
  });

  it('a side that nobody told is told', () => {
    const record = sites(
      { muscle: 'soleus' },
      { muscle: 'soleus', side: 'right' },
      { muscle: 'soleus', asWritten: { side: 'bilateral' } },
      { muscle: 'soleus', absent: { side: 'unknown' } },
    );
    expect(told(record, 'rule-17')).toEqual(['warning /session/sites/0/side']);
  });
});

describe('rule 13, the period of a pain score', () => {
  it.each([
    ['pain-worst', {}, ['warning /assessment/pain/0/periodDays']],
    ['pain-best', {}, ['warning /assessment/pain/0/periodDays']],
    ['pain-average', {}, ['warning /assessment/pain/0/periodDays']],
    ['pain-worst', { periodDays: 7 }, []],
    ['pain-worst', { asWritten: { periodDays: 'this week' } }, []],
    ['pain-current', {}, []],
    ['pain-past-week', {}, []],
  ])('%s %j', (context, members, expected) => {
    const pain = [{ key: 'p', value: 5, context, ...members }];
    expect(told(recordOf({ others: { assessment: { pain } } }), 'rule-13')).toEqual(expected);
  });
});

describe('rule 23, not applicable', () => {
  it.each([
    ['without a word', {}, ['warning /screening/cancer/answer']],
    ['with its rationale', { rationale: 'said' }, []],
    ['with text', { text: 'said' }, []],
    [
      'with the words of the chart, which are no reason',
      { asWritten: { answer: 'n/a' } },
      ['warning /screening/cancer/answer'],
    ],
  ])('%s', (_what, members, expected) => {
    const cancer = { answer: 'not-applicable', ...members };
    expect(told(recordOf({ screening: { cancer } }), 'rule-23')).toEqual(expected);
  });

  it('in any question of the record', () => {
    const twitch = { answer: 'not-applicable', feltByPatient: 'not-applicable' };
    const site = { key: 'a', muscle: 'soleus', side: 'left', twitch };
    const record = recordOf({
      screening: { surgeries: { surgery: 'not-applicable' } },
      others: session({ substanceInjected: 'not-applicable', sites: [site] }),
    });
    expect(told(record, 'rule-23').toSorted()).toEqual([
      'warning /screening/surgeries/surgery',
      'warning /session/sites/0/twitch/answer',
      'warning /session/sites/0/twitch/feltByPatient',
      'warning /session/substanceInjected',
    ]);
  });
});

describe('contradictions', () => {
  const list = operated('2001', { a: 'direct' });
  it.each<[what: string, screening: Record<string, unknown>, expected: string[]]>([
    [
      'no against the list',
      { ...list, surgeryDirect: { answer: 'no' } },
      ['warning /screening/surgeryDirect/answer'],
    ],
    [
      'yes against the list',
      { ...list, surgeryAdjacent: { answer: 'yes' } },
      ['warning /screening/surgeryAdjacent/answer'],
    ],
    ['yes as in the list', { ...list, surgeryDirect: { answer: 'yes' } }, []],
    ['unknown beside the list', { ...list, surgeryDirect: { answer: 'unknown' } }, []],
    ['yes without a list', { surgeryDirect: { answer: 'yes' } }, []],
    [
      'yes where there was no surgery',
      { surgeries: { surgery: 'no' }, surgeryDirect: { answer: 'yes' } },
      ['warning /screening/surgeryDirect/answer'],
    ],
    [
      'no surgery beside a list',
      { surgeries: { ...list.surgeries, surgery: 'no' } },
      ['warning /screening/surgeries/surgery'],
    ],
  ])('%s', (_what, screening, expected) => {
    const record = recordOf({ screening, sites: ['a'] });
    expect(told(record, 'surgery-contradiction')).toEqual(expected);
  });

  it.each([
    ['2026-05-20', []],
    ['2026-05-21', ['warning /screening/surgeries/surgeries/0/date']],
    ['2026-06', ['warning /screening/surgeries/surgeries/0/date']],
    ['2026', []],
  ])('an operation of %s', (date, expected) => {
    const record = recordOf({ screening: operated(date, { a: 'direct' }), sites: ['a'] });
    expect(told(record, 'surgery-after-visit')).toEqual(expected);
  });

  it.each([
    ['yes', 'pregnant', 0],
    ['unknown', 'possible-pregnancy', 0],
    ['no', 'not-pregnant', 0],
    ['no', 'unknown', 0],
    ['no', 'pregnant', 1],
    ['yes', 'not-pregnant', 1],
    ['no', 'possible-pregnancy', 1],
  ])('pregnancy %s, %s: %i', (answer, status, count) => {
    const record = recordOf({ screening: { pregnancy: { answer, status } } });
    expect(told(record, 'pregnancy-contradiction')).toHaveLength(count);
  });
});
