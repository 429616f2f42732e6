import { describe, expect, it } from 'vitest';
import { readRecord, readRecordText } from '../../../src/ims/reader/read.ts';
import { codesAndPaths, messagesOf, textWith, visitWith } from '../sample.ts';

it('accepts a valid visit without issues', () => {
  const result = readRecord(visitWith());
  expect(codesAndPaths(result)).toEqual([]);
  expect(result.ok && result.record.recordId).toBe('visit-1001');
});

describe('rejects with code and pointer', () => {
  it.each<[what: string, changes: Record<string, unknown>, issues: string[]]>([
    ['an id of 300 characters', { '/recordId': 'x'.repeat(300) }, ['range /recordId']],
    ['an empty id', { '/recordId': '' }, ['empty /recordId']],
    ['an id with a control character', { '/recordId': 'a\u0007b' }, ['format /recordId']],
    ['an id with a C1 control character', { '/recordId': 'a\u0092b' }, ['format /recordId']],
    ['an id with a lone surrogate', { '/patient/id': 'a\ud800' }, ['format /patient/id']],
    ['a key with a space', { '/events/0/key': 'a b' }, ['format /events/0/key']],
    ['a key of 37 characters', { '/events/0/key': 'k'.repeat(37) }, ['format /events/0/key']],
    ['revision 0', { '/revision': 0 }, ['range /revision']],
    ['revision 2^53', { '/revision': 2 ** 53 }, ['range /revision']],
    ['a revision with decimals', { '/revision': 1.5 }, ['type /revision']],
    ['a revision as text', { '/revision': '1' }, ['type /revision']],
    ['an unknown member', { '/session/depth': 1 }, ['unknown-member /session/depth']],
    ['an unknown code', { '/status': 'done' }, ['unknown-code /status']],
    [
      'a code in capitals',
      { '/screening/cancer/answer': 'No' },
      ['unknown-code /screening/cancer/answer'],
    ],
    ['an empty text', { '/patient/phone': '' }, ['empty /patient/phone']],
    ['a text of white space', { '/patient/phone': ' \n\t ' }, ['empty /patient/phone']],
    ['a text with U+0000', { '/patient/phone': 'a\u0000b' }, ['format /patient/phone']],
    ['a text with a lone surrogate', { '/patient/phone': '\udc00' }, ['format /patient/phone']],
    [
      'a text beyond the limit',
      { '/patient/address': 'x'.repeat(100_001) },
      ['range /patient/address'],
    ],
    ['a source without URI scheme', { '/source': 'clinic' }, ['format /source']],
    ['an unknown time zone', { '/clinic/timeZone': 'Vancouver' }, ['format /clinic/timeZone']],
    ['an offset as time zone', { '/clinic/timeZone': '-08:00' }, ['format /clinic/timeZone']],
    ['null', { '/patient/phone': null }, ['type /patient/phone']],
    ['an array as object', { '/session': [] }, ['type /session']],
    ['an object as array', { '/events': {} }, ['type /events']],
    ['text as entry', { '/events/0': 'sore' }, ['type /events/0']],
    ['an empty list', { '/events': [] }, ['empty /events']],
    ['an empty object', { '/session/sites/0/twitch': {} }, ['empty /session/sites/0/twitch']],
    ['an empty map', { '/screening/cancer/asWritten': {} }, ['empty /screening/cancer/asWritten']],
    ['no patient', { '/patient': undefined }, ['required /patient']],
    [
      'no practitioner of the visit',
      { '/visit/practitioners': undefined },
      ['required /visit/practitioners'],
    ],
    ['no clinic', { '/clinic': undefined }, ['required /clinic']],
    ['no visit', { '/visit': undefined }, ['required /visit']],
    ['no key', { '/events/0/key': undefined }, ['required /events/0/key']],
  ])('%s', (_what, changes, issues) => {
    expect(codesAndPaths(readRecord(visitWith(changes)))).toEqual(issues);
  });
});

describe('rejects times and dates with code and pointer', () => {
  it.each<[what: string, changes: Record<string, unknown>, issues: string[]]>([
    [
      'an end before its start',
      { '/visit/endAt': '2026-03-02T17:29:59Z' },
      ['time-order /visit/endAt'],
    ],
    [
      'a session that ends before it starts',
      { '/session/endAt': '2026-03-02T09:39:59-08:00' },
      ['time-order /session/endAt'],
    ],
    ['a time without offset', { '/recordedAt': '2026-03-02T10:15:00' }, ['format /recordedAt']],
    ['a time without seconds', { '/recordedAt': '2026-03-02T10:15-08:00' }, ['format /recordedAt']],
    [
      'a time on 29 February 2027',
      { '/recordedAt': '2027-02-29T10:15:00Z' },
      ['format /recordedAt'],
    ],
    ['a leap second', { '/recordedAt': '2026-12-31T23:59:60Z' }, ['format /recordedAt']],
    [
      'an invalid end, once and not as an order of times',
      { '/visit/endAt': '2026-01-01' },
      ['format /visit/endAt'],
    ],
    ['29 February 2027', { '/patient/birthDate': '2027-02-29' }, ['format /patient/birthDate']],
    ['29 February 1900', { '/patient/birthDate': '1900-02-29' }, ['format /patient/birthDate']],
    ['the year 0', { '/patient/birthDate': '0000' }, ['format /patient/birthDate']],
    [
      'an invalid date next to wording',
      { '/screening/cancer/onset': { dateText: 'spring', latestDate: '2026-13' } },
      ['format /screening/cancer/onset/latestDate'],
    ],
    [
      'a date object without wording',
      { '/screening/cancer/onset': { date: '2026' } },
      ['required /screening/cancer/onset/dateText'],
    ],
    ['both a start and a date', { '/visit/date': '2026-03-02' }, ['exactly-one /visit']],
    ['neither a start nor a date', { '/visit/startAt': undefined }, ['exactly-one /visit']],
  ])('%s', (_what, changes, issues) => {
    expect(codesAndPaths(readRecord(visitWith(changes)))).toEqual(issues);
  });
});

describe('rejects numbers with code and pointer', () => {
  const LENGTH = '/session/sites/0/needles/0/lengthMm';
  it.each<[what: string, value: unknown, issues: string[]]>([
    ['seven decimals', 0.1234567, [`format ${LENGTH}`]],
    ['a number below the minimum', -1, [`range ${LENGTH}`]],
    ['a number that is too large', 1e9, [`format ${LENGTH}`]],
    ['not a number', Number.NaN, [`type ${LENGTH}`]],
    ['text', '40', [`type ${LENGTH}`]],
    ['a range whose low is above its high', { low: 50, high: 40 }, [`format ${LENGTH}`]],
    ['a range without ends', {}, [`format ${LENGTH}`]],
    ['an invalid end of a range', { low: 'x' }, [`type ${LENGTH}/low`]],
    ['an unknown member of a range', { low: 1, mid: 2 }, [`unknown-member ${LENGTH}/mid`]],
  ])('%s', (_what, value, issues) => {
    expect(codesAndPaths(readRecord(visitWith({ [LENGTH]: value })))).toEqual(issues);
  });

  it.each<[what: string, path: string, value: unknown]>([
    ['half a needle', '/session/sites/0/needles/0/count', 1.5],
    ['a score of 11', '/assessment/pain/0/value', 11],
    ['a period of no days', '/assessment/pain/0/periodDays', 0],
  ])('%s', (_what, path, value) => {
    const result = readRecord(visitWith({ [path]: value }));
    expect(result.issues.map((issue) => issue.path)).toEqual([path]);
  });

  it.each([1e-7, 1e21, null, '', { a: 1 }])('%j as clinic-specific data', (value) => {
    const path = '/local/https:~1~1clinic.example~1room';
    const { issues } = readRecord(visitWith({ [path]: value }));
    expect(issues.map((issue) => issue.path)).toEqual([path]);
  });
});

describe('ids', () => {
  it.each([
    'A|1, 2 und "3"',
    'cafe\u0301',
    ' leading and trailing ',
    '../a?b=c#d%20',
    '🙂'.repeat(100),
  ])('%j stays unchanged', (recordId) => {
    const result = readRecordText(textWith({ '/recordId': recordId }));
    expect(result.ok && result.record.recordId).toBe(recordId);
  });
});

describe('several errors', () => {
  it('are reported together, each once, sorted by pointer', () => {
    const result = readRecord(
      visitWith({
        '/status': 'done',
        '/session/sites/0/key': 'a b',
        '/session/sites/0/muscle': 'biceps',
        '/session/sites/0/nonsense': 3,
        '/session/sites/1/side': 7,
        '/session/sites/1/muscle': undefined,
        '/session/extra': true,
        '/events/0/siteKeys': ['right', 'gone'],
        '/visit/endAt': '2026-03-02T09:00:00-08:00',
        '/practitioners/1': 'nobody',
      }),
    );
    expect(codesAndPaths(result)).toEqual([
      'unknown-key /events/0/siteKeys/1',
      'type /practitioners/1',
      'unknown-key /screening/surgeries/surgeries/0/relations/0/siteKey',
      'unknown-member /session/extra',
      'format /session/sites/0/key',
      'unknown-code /session/sites/0/muscle',
      'unknown-member /session/sites/0/nonsense',
      'required /session/sites/1/muscle',
      'unknown-code /session/sites/1/side',
      'unknown-code /status',
      'time-order /visit/endAt',
    ]);
  });

  it('have the indices of the sender in lists that reading sorts', () => {
    const result = readRecord(
      visitWith({
        '/session/sites/0/key': 'z',
        '/session/sites/0/asWritten': { side: 'left' },
        '/session/sites/0/muscle': 'other',
        '/screening/surgeries': undefined,
        '/events': undefined,
      }),
    );
    expect(codesAndPaths(result)).toEqual(['other-without-text /session/sites/0/muscle']);
  });

  it('of the JSON text and of the record are reported together', () => {
    const text = textWith({ '/status': 'done', '/patient/phone': 5 })
      .replace('"revision":1', '"revision":1e0')
      .replace('"key":"left"', '"key":"lefty","key":"left"');
    expect(codesAndPaths(readRecordText(text))).toEqual([
      'type /patient/phone',
      'number-form /revision',
      'json-member-twice /session/sites/0/key',
      'unknown-code /status',
    ]);
  });
});

it.each([null, undefined, [], 'text', 5, true])('%j is rejected: not an object', (value) => {
  expect(codesAndPaths(readRecord(value))).toEqual(['type ']);
});

it('the messages of values say what would be right', () => {
  const result = readRecord(
    visitWith({
      '/recordedAt': '2026-03-02T10:15:00',
      '/clinic/timeZone': 'Vancouver',
      '/patient/phone': 5,
      '/patient/birthDate': '2027-02-29',
      '/revision': 1.5,
      '/session/sites/0/needles/0/lengthMm': 'long',
      '/screening/cancer/onset': 2020,
      '/practitioners': {},
      '/visit': undefined,
      '/notes': [],
    }),
  );
  expect(messagesOf(result)).toEqual({
    '/clinic/timeZone': 'must be an IANA time zone such as America/Vancouver',
    '/notes': 'must not be empty; omit the member instead',
    '/patient/birthDate': 'must be an existing date: 2026, 2026-03 or 2026-03-02',
    '/patient/phone': 'must be a string',
    '/practitioners': 'must be an array',
    '/recordedAt':
      'must be an RFC 3339 date-time with seconds and offset (2026-03-02T09:30:00-08:00)',
    '/revision': 'must be a whole number',
    '/screening/cancer/onset': 'must be a string or an object',
    '/session/sites/0/needles/0/lengthMm': 'must be a number or an object',
    '/visit': 'is required',
  });
});
