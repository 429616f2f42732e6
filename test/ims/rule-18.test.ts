// Rule 18: what is wrong in form is refused, each with its pointer; nothing clinical is.
import { expect, it } from 'vitest';
import { readRecord } from '../../src/ims/reader/read.ts';
import { told, visitWith } from './sample.ts';

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
    'an angle beyond 360 degrees',
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
    'a range upside down',
    { '/assessment/pain/0/value': { low: 6, high: 5 } },
    ['format /assessment/pain/0/value'],
  ],
  ['a range of nothing', { '/assessment/pain/0/value': {} }, ['format /assessment/pain/0/value']],
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
    'words for what is no member',
    { '/assessment/pain/0/asWritten': { score: '5' } },
    ['unknown-member /assessment/pain/0/asWritten/score'],
  ],
  [
    'a reason for what is no member',
    { '/assessment/pain/0/absent': { score: 'unknown' } },
    ['unknown-member /assessment/pain/0/absent/score'],
  ],
  [
    'a key without its item',
    { '/events/0/siteKeys': ['none'] },
    ['unknown-key /events/0/siteKeys/0'],
  ],
  [
    'the value of C09',
    { '/screening/s4List': { answer: 'yes' } },
    ['unknown-member /screening/s4List/answer'],
  ],
  [
    'a class given as input',
    { '/screening/cancer/class': 'absolute' },
    ['unknown-member /screening/cancer/class'],
  ],
])('%s is refused', (_what, changes, issues) => {
  const refused = told(readRecord(visitWith(changes)));
  expect(refused).toEqual(issues);
});

it.each<[what: string, changes: Record<string, unknown>]>([
  [
    'a movement short of neutral',
    {
      '/assessment/motion': [
        { key: 'm', joint: 'knee', movement: 'extension', value: -5, unit: 'deg' },
      ],
    },
  ],
  [
    'both sides of a place of pain',
    { '/assessment/painLocations': [{ key: 'l', region: 'temple', side: 'both' }] },
  ],
  [
    'a score of 60 on a scale of its own',
    { '/assessment/pain/0': { ...OTHER_SCALE, key: 'pain-now', context: 'pain-current' } },
  ],
  ['the same of the needling', { '/session/sites/0/painOfNeedling': OTHER_SCALE }],
  ['a range open at one end', { '/assessment/pain/0/value': { low: 8 } }],
])('%s is taken', (_what, changes) => {
  expect(told(readRecord(visitWith(changes)))).toEqual([]);
});
