// Rule 18: a record of invalid form is rejected, with a pointer for each error. Clinical rules never
// reject a record.
import { expect, it } from 'vitest';
import { readRecord } from '../../../src/ims/reader/read.ts';
import { codesAndPaths, visitWith } from '../sample.ts';

const OTHER_SCALE = { value: 60, scale: 'other', asWritten: { scale: 'of 100' } };

it.each<[what: string, changes: Record<string, unknown>, issues: string[]]>([
  ['a score above 10', { '/assessment/pain/0/value': 11 }, ['range /assessment/pain/0/value']],
  [
    'a score range that ends above 10',
    { '/assessment/pain/0/value': { low: 9, high: 11 } },
    ['range /assessment/pain/0/value'],
  ],
  ['a score below 0', { '/assessment/pain/0/value': -1 }, ['range /assessment/pain/0/value']],
  [
    'an angle of more than 360 degrees',
    {
      '/assessment/motion': [
        { key: 'm', joint: 'neck', movement: 'rotation', value: 361, unit: 'deg' },
      ],
    },
    ['range /assessment/motion/0/value'],
  ],
  [
    'a count below 0',
    { '/session/sites/0/twitch/count': -1 },
    ['range /session/sites/0/twitch/count'],
  ],
  [
    'a range whose low is above its high',
    { '/assessment/pain/0/value': { low: 6, high: 5 } },
    ['format /assessment/pain/0/value'],
  ],
  ['a range without ends', { '/assessment/pain/0/value': {} }, ['format /assessment/pain/0/value']],
  [
    'an end before its start',
    { '/session/endAt': '2026-03-02T09:39:00-08:00' },
    ['time-order /session/endAt'],
  ],
  [
    'both sides at a needled site',
    { '/session/sites/0/side': 'both' },
    ['unknown-code /session/sites/0/side'],
  ],
  [
    'wording of an unknown member',
    { '/assessment/pain/0/asWritten': { score: '5' } },
    ['unknown-member /assessment/pain/0/asWritten/score'],
  ],
  [
    'a reason for absence of an unknown member',
    { '/assessment/pain/0/absent': { score: 'unknown' } },
    ['unknown-member /assessment/pain/0/absent/score'],
  ],
  [
    'a reference to an item that does not exist',
    { '/events/0/siteKeys': ['none'] },
    ['unknown-key /events/0/siteKeys/0'],
  ],
  [
    'an answer of C09, which is a list',
    { '/screening/s4List': { answer: 'yes' } },
    ['unknown-member /screening/s4List/answer'],
  ],
  [
    'a class, which is a result and not input',
    { '/screening/cancer/class': 'absolute' },
    ['unknown-member /screening/cancer/class'],
  ],
])('%s is rejected', (_what, changes, issues) => {
  expect(codesAndPaths(readRecord(visitWith(changes)))).toEqual(issues);
});

it.each<[what: string, changes: Record<string, unknown>]>([
  [
    'a negative angle: a movement that does not reach neutral',
    {
      '/assessment/motion': [
        { key: 'm', joint: 'knee', movement: 'extension', value: -5, unit: 'deg' },
      ],
    },
  ],
  [
    'both sides of a pain location',
    { '/assessment/painLocations': [{ key: 'l', region: 'temple', side: 'both' }] },
  ],
  [
    'a pain score of 60 on another scale',
    { '/assessment/pain/0': { ...OTHER_SCALE, key: 'pain-now', context: 'pain-current' } },
  ],
  ['the pain of needling on another scale', { '/session/sites/0/painOfNeedling': OTHER_SCALE }],
  ['a range with one end', { '/assessment/pain/0/value': { low: 8 } }],
])('%s is accepted', (_what, changes) => {
  expect(codesAndPaths(readRecord(visitWith(changes)))).toEqual([]);
});
