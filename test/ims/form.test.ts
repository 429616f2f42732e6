import { describe, expect, it } from 'vitest';
import { readRecord, readRecordText } from '../../src/ims/reader/read.ts';
import { textWith, told, visitWith } from './sample.ts';

describe('refuses names with code and pointer', () => {
  it.each<[what: string, changes: Record<string, unknown>, issues: string[]]>([
    [
      'two sites with one key',
      { '/session/sites/1/key': 'left' },
      ['key-twice /session/sites/1/key'],
    ],
    [
      'one key in two lists',
      { '/assessment/sites/0/key': 'right' },
      ['key-twice /session/sites/1/key'],
    ],
    ['a key of nothing', { '/events/0/siteKeys': ['gone'] }, ['unknown-key /events/0/siteKeys/0']],
    [
      'a second key of nothing',
      { '/events/0/siteKeys': ['right', 'gone', 'left'] },
      ['unknown-key /events/0/siteKeys/1'],
    ],
    [
      'a complaint of nothing',
      { '/assessment/complaintKeys': ['gone'] },
      ['unknown-key /assessment/complaintKeys/0'],
    ],
    [
      'a baseline of nothing',
      { '/assessment/pain/0/baseline': 'gone' },
      ['unknown-key /assessment/pain/0/baseline'],
    ],
    [
      'an event of nothing',
      { '/session/stop': { eventKey: 'gone' } },
      ['unknown-key /session/stop/eventKey'],
    ],
    [
      'an unknown practitioner of the visit',
      { '/visit/practitioners': ['pt-1', 'pt-2'] },
      ['unknown-practitioner /visit/practitioners/1'],
    ],
    [
      'an unknown practitioner who decided',
      { '/screening/cancer/decidedBy': 'pt-2' },
      ['unknown-practitioner /screening/cancer/decidedBy'],
    ],
    [
      'one practitioner listed twice',
      { '/practitioners/1': { id: 'pt-1' } },
      ['name-twice /practitioners/1/id'],
    ],
    [
      'one site related twice',
      { '/screening/surgeries/surgeries/0/relations/1': { siteKey: 'left', relation: 'direct' } },
      ['name-twice /screening/surgeries/surgeries/0/relations/1/siteKey'],
    ],
    [
      'a baseline in another record',
      { '/assessment/pain/0/baseline': { recordId: 'v', key: 'x' } },
      [],
    ],
  ])('%s', (_what, changes, issues) => {
    expect(told(readRecord(visitWith(changes)))).toEqual(issues);
  });
});

describe('refuses what members say of each other', () => {
  it.each<[what: string, changes: Record<string, unknown>, issues: string[]]>([
    [
      '"other" without text',
      { '/session/sites/1/muscle': 'other' },
      ['other-without-text /session/sites/1/muscle'],
    ],
    [
      '"other" with text',
      { '/session/sites/1/muscle': 'other', '/session/sites/1/text': 'a scar' },
      [],
    ],
    [
      '"other" with its words as written',
      { '/session/sites/1/muscle': 'other', '/session/sites/1/asWritten': { muscle: 'scar' } },
      [],
    ],
    [
      '"other" among several codes without text',
      { '/session/stop': { reasons: ['equipment', 'other'] } },
      ['other-without-text /session/stop/reasons'],
    ],
    [
      'words for what is no member',
      { '/session/sites/1/asWritten': { nonsense: 'deep' } },
      ['unknown-member /session/sites/1/asWritten/nonsense'],
    ],
    [
      'words for a key',
      { '/session/sites/1/asWritten': { key: 'right' } },
      ['unknown-member /session/sites/1/asWritten/key'],
    ],
    [
      'absence of what is no member',
      { '/session/sites/1/absent': { nonsense: 'unknown' } },
      ['unknown-member /session/sites/1/absent/nonsense'],
    ],
    [
      'absence of what stands there',
      { '/session/sites/1/absent': { side: 'unknown' } },
      ['absent-but-there /session/sites/1/absent/side'],
    ],
    [
      'words alone for what is needed',
      {
        '/session/sites/1/muscle': undefined,
        '/session/sites/1/asWritten': { muscle: 'upper trap' },
      },
      [],
    ],
    [
      'a muscle and a region',
      { '/assessment/sites/0/region': 'neck' },
      ['exactly-one /assessment/sites/0'],
    ],
    [
      'neither muscle nor region',
      { '/assessment/sites/0/muscle': undefined },
      ['exactly-one /assessment/sites/0'],
    ],
    [
      'a screening that is not there',
      { '/screening': undefined },
      ['contradiction /session/screening/basis'],
    ],
    [
      "another record's screening without saying which",
      { '/session/screening': { basis: 'other-record' } },
      ['required /session/screening/recordId'],
    ],
    [
      'a record named beside its own screening',
      { '/session/screening/recordId': 'v-9' },
      ['contradiction /session/screening/recordId'],
    ],
  ])('%s', (_what, changes, issues) => {
    expect(told(readRecord(visitWith(changes)))).toEqual(issues);
  });

  it('a visit that holds nothing', () => {
    const empty = { assessment: undefined, screening: undefined, session: undefined };
    const changes = { ...empty, consents: undefined, events: undefined };
    const paths = Object.fromEntries(Object.keys(changes).map((name) => [`/${name}`, undefined]));
    expect(told(readRecord(visitWith(paths)))).toEqual(['empty-visit ']);
  });

  it('nothing of a bare record that was entered in error', () => {
    const { kind, source, recordId, revision, recordedAt, origin } = visitWith();
    const bare = { kind, source, recordId, revision, recordedAt, origin, patient: { id: 'p-77' } };
    expect(told(readRecord({ ...bare, status: 'entered-in-error' }))).toEqual([]);
    expect(told(readRecord({ ...bare, status: 'final' }))).toEqual([
      'empty-visit ',
      'required /clinic',
      'required /visit',
    ]);
  });
});

describe('members that JavaScript treats apart', () => {
  it.each<[path: string]>([
    ['/__proto__'],
    ['/session/__proto__'],
    ['/session/sites/0/__proto__'],
    ['/local/__proto__'],
    ['/constructor'],
    ['/session/toString'],
    ['/patient/hasOwnProperty'],
  ])('are unknown: %s', (path) => {
    const result = readRecordText(textWith({ [path]: 'x' }));
    expect(told(result)).toEqual([`unknown-member ${path}`]);
    expect({}).not.toHaveProperty('x');
  });

  it.each(['asWritten', 'absent'])('are unknown in %s', (map) => {
    const site = '/session/sites/1';
    const written = JSON.parse('{"__proto__": "unknown", "segments": "unknown"}');
    const result = readRecordText(textWith({ [`${site}/${map}`]: written }));
    expect(told(result)).toEqual([`unknown-member ${site}/${map}/__proto__`]);
  });
});
