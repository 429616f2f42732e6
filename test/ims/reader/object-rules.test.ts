import { describe, expect, it } from 'vitest';
import { readRecord, readRecordText } from '../../../src/ims/reader/read.ts';
import { codesAndPaths, messagesOf, textWith, visitWith } from '../sample.ts';

describe('the rules across the members of an object', () => {
  it.each<[what: string, changes: Record<string, unknown>, issues: string[]]>([
    [
      'reject "other" without text',
      { '/session/sites/1/muscle': 'other' },
      ['other-without-text /session/sites/1/muscle'],
    ],
    [
      'accept "other" with text',
      { '/session/sites/1/muscle': 'other', '/session/sites/1/text': 'a scar' },
      [],
    ],
    [
      'accept "other" with wording',
      { '/session/sites/1/muscle': 'other', '/session/sites/1/asWritten': { muscle: 'scar' } },
      [],
    ],
    [
      'reject "other" among several codes without text',
      { '/session/stop': { reasons: ['equipment', 'other'] } },
      ['other-without-text /session/stop/reasons'],
    ],
    [
      'reject wording of an unknown member',
      { '/session/sites/1/asWritten': { nonsense: 'deep' } },
      ['unknown-member /session/sites/1/asWritten/nonsense'],
    ],
    [
      'reject wording of a key',
      { '/session/sites/1/asWritten': { key: 'right' } },
      ['unknown-member /session/sites/1/asWritten/key'],
    ],
    [
      'reject a reason for absence of an unknown member',
      { '/session/sites/1/absent': { nonsense: 'unknown' } },
      ['unknown-member /session/sites/1/absent/nonsense'],
    ],
    [
      'reject a reason for absence of a member with a value',
      { '/session/sites/1/absent': { side: 'unknown' } },
      ['absent-but-there /session/sites/1/absent/side'],
    ],
    [
      'accept wording in place of a required value',
      {
        '/session/sites/1/muscle': undefined,
        '/session/sites/1/asWritten': { muscle: 'upper trap' },
      },
      [],
    ],
    [
      'reject both muscle and region',
      { '/assessment/sites/0/region': 'neck' },
      ['exactly-one /assessment/sites/0'],
    ],
    [
      'reject neither muscle nor region',
      { '/assessment/sites/0/muscle': undefined },
      ['exactly-one /assessment/sites/0'],
    ],
    [
      'reject a practitioner who is listed twice',
      { '/practitioners/1': { id: 'pt-1' } },
      ['name-twice /practitioners/1/id'],
    ],
    [
      'reject a site that is related twice',
      { '/screening/surgeries/surgeries/0/relations/1': { siteKey: 'left', relation: 'direct' } },
      ['name-twice /screening/surgeries/surgeries/0/relations/1/siteKey'],
    ],
  ])('%s', (_what, changes, issues) => {
    expect(codesAndPaths(readRecord(visitWith(changes)))).toEqual(issues);
  });

  it('have messages that say what would be right', () => {
    const result = readRecord(
      visitWith({
        '/visit/endAt': '2026-03-02T09:00:00-08:00',
        '/visit/date': '2026-03-02',
        '/practitioners/1': { id: 'pt-1' },
        '/session/sites/0/muscle': undefined,
        '/session/sites/1/muscle': 'other',
        '/session/sites/1/absent': { side: 'unknown' },
        '/session/sites/1/twitch': {},
        '/assessment/pain/0/value': 11,
      }),
    );
    expect(messagesOf(result)).toEqual({
      '/assessment/pain/0/value': 'must be from 0 to 10 unless scale is other',
      '/practitioners/1/id': 'must not appear twice',
      '/session/sites/0/muscle': "is required, or give the chart's own words in asWritten",
      '/session/sites/1/absent/side': 'is not allowed: the member has a value',
      '/session/sites/1/muscle':
        "is other, so text is required, or the chart's own words in asWritten",
      '/session/sites/1/twitch': 'must not be empty; omit the member instead',
      '/visit': 'must have exactly one of: startAt, date',
      '/visit/endAt': 'must not be before startAt',
    });
  });
});

describe('names of members that JavaScript objects inherit', () => {
  it.each<[path: string]>([
    ['/__proto__'],
    ['/session/__proto__'],
    ['/session/sites/0/__proto__'],
    ['/local/__proto__'],
    ['/constructor'],
    ['/session/toString'],
    ['/patient/hasOwnProperty'],
  ])('are unknown members: %s', (path) => {
    const result = readRecordText(textWith({ [path]: 'x' }));
    expect(codesAndPaths(result)).toEqual([`unknown-member ${path}`]);
    expect({}).not.toHaveProperty('x');
  });

  it.each(['asWritten', 'absent'])('are unknown members of %s', (map) => {
    const site = '/session/sites/1';
    const entries = JSON.parse('{"__proto__": "unknown", "segments": "unknown"}');
    const result = readRecordText(textWith({ [`${site}/${map}`]: entries }));
    expect(codesAndPaths(result)).toEqual([`unknown-member ${site}/${map}/__proto__`]);
  });
});
