import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectIssues, IssueList } from '../../src/ims/reader/issue-list.ts';
import { normalize } from '../../src/ims/reader/normalize.ts';
import { record } from '../../src/ims/schema/record.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { visitWith } from './sample.ts';

/** Holds cleaning member by member against the whole schema, which JSON Schema is made of. */
function agrees(value: unknown): void {
  let cleaned: unknown;
  const issues = collectIssues((list) => {
    cleaned = normalize(value, record, list);
  });
  const parsed = record.schema.safeParse(value);
  expect(issues.length === 0).toBe(parsed.success);
  if (parsed.success) expect(JSON.stringify(cleaned)).toBe(JSON.stringify(parsed.data));
}

/** One value of the record, drawn by `picks`, made another. */
function spoilt(value: unknown, picks: Iterator<number>, others: readonly unknown[]): unknown {
  const pick = picks.next().value;
  if (pick % 60 === 0) return others[pick % others.length];
  if (Array.isArray(value)) return value.map((entry) => spoilt(entry, picks, others));
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).map(([name, inside]) => [
    name,
    spoilt(inside, picks, others),
  ]);
  if (pick % 41 === 0) pairs.push(['unheard-of', 1]);
  return Object.fromEntries(pick % 2 === 0 ? pairs.toReversed() : pairs);
}

const OTHERS = [
  '',
  ' blanks ',
  'cafe\u0301',
  'other',
  'unknown',
  '2026-02-30',
  '2026-03',
  '2026-03-02T09:30:00-08:00',
  'a\u0000',
  'x'.repeat(201),
  -0,
  -1,
  0.1234567,
  7,
  true,
  null,
  [],
  ['b', 'a', 'a'],
  ['segment-l5', 'segment-c2'],
  [1],
  {},
  { low: 1, high: 2 },
  { dateText: 'spring' },
];

describe('cleaning member by member', () => {
  it('gives what the whole schema gives', () => {
    fc.assert(fc.property(arbitraryRecord(), agrees), { numRuns: 100 });
  });

  it('refuses what the whole schema refuses', () => {
    fc.assert(
      fc.property(arbitraryRecord(), fc.infiniteStream(fc.nat()), (value, picks) => {
        agrees(spoilt(value, picks, OTHERS));
      }),
      { numRuns: 300 },
    );
  });

  it.each(OTHERS)('treats %j alike wherever it stands alone', (other) => {
    for (const path of [
      '/patient/phone',
      '/patient/birthDate',
      '/recordId',
      '/revision',
      '/status',
      '/events/0/key',
      '/events/0/siteKeys',
      '/session/sites/0/segments',
      '/session/startAt',
      '/screening/cancer/onset',
      '/assessment/pain/0/value',
      '/visit/practitioners',
      '/session/sites',
      '/session',
      '/local',
      '/clinic/timeZone',
    ]) {
      agrees(visitWith({ [path]: other }));
    }
  });
});

it('shares nothing with what it was given', () => {
  const given = visitWith();
  const value = normalize(given, record, new IssueList());
  const shared = new Set<unknown>();
  collect(given, (one) => shared.add(one));
  collect(value, (one) => expect(shared.has(one)).toBe(false));
});

function collect(value: unknown, found: (object: object) => void): void {
  if (typeof value !== 'object' || value === null) return;
  found(value);
  for (const inside of Object.values(value)) collect(inside, found);
}
