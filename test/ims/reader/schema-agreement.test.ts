import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectIssues, IssueList } from '../../../src/ims/reader/issue-list.ts';
import { normalize } from '../../../src/ims/reader/normalize.ts';
import { record } from '../../../src/ims/schema/record.ts';
import { arbitraryRecord } from '../../arbitraries/record.ts';
import { visitWith } from '../sample.ts';

/** Compares normalisation member by member with the schema of the whole record. */
function expectAgreement(value: unknown): void {
  let normal: unknown;
  const issues = collectIssues((list) => {
    normal = normalize(value, record, list);
  });
  const parsed = record.schema.safeParse(value);
  expect(issues.length === 0).toBe(parsed.success);
  if (parsed.success) expect(JSON.stringify(normal)).toBe(JSON.stringify(parsed.data));
}

/** The value with some inner values replaced and unknown members added, as `picks` decide. */
function mutate(value: unknown, picks: Iterator<number>, others: readonly unknown[]): unknown {
  const pick = picks.next().value;
  if (pick % 60 === 0) return others[pick % others.length];
  if (Array.isArray(value)) return value.map((entry) => mutate(entry, picks, others));
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).map(([name, inside]) => [
    name,
    mutate(inside, picks, others),
  ]);
  if (pick % 41 === 0) pairs.push(['unknown', 1]);
  return Object.fromEntries(pick % 2 === 0 ? pairs.toReversed() : pairs);
}

const OTHERS = [
  '',
  ' spaces ',
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

describe('normalisation member by member', () => {
  it('returns the same as the schema of the whole record', () => {
    fc.assert(fc.property(arbitraryRecord(), expectAgreement), { numRuns: 100 });
  });

  it('rejects what the schema of the whole record rejects', () => {
    fc.assert(
      fc.property(arbitraryRecord(), fc.infiniteStream(fc.nat()), (value, picks) => {
        expectAgreement(mutate(value, picks, OTHERS));
      }),
      { numRuns: 300 },
    );
  });

  it.each(OTHERS)('treats %j like the schema in every kind of member', (other) => {
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
      expectAgreement(visitWith({ [path]: other }));
    }
  });
});

it('shares no object with its input', () => {
  const given = visitWith();
  const value = normalize(given, record, new IssueList());
  const inputs = new Set<unknown>();
  eachObject(given, (object) => inputs.add(object));
  eachObject(value, (object) => expect(inputs.has(object)).toBe(false));
});

function eachObject(value: unknown, visit: (object: object) => void): void {
  if (typeof value !== 'object' || value === null) return;
  visit(value);
  for (const inner of Object.values(value)) eachObject(inner, visit);
}
