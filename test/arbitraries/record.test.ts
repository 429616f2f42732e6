import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord, readRecordText } from '../../src/ims/reader/read.ts';
import { absentNames, asWrittenNames } from '../../src/ims/schema/build.ts';
import type { Group } from '../../src/ims/schema/members.ts';
import { record as definition, type ImsRecord } from '../../src/ims/schema/record.ts';
import { arbitraryRecord, arbitraryVisits } from './record.ts';

const GENERAL = ['text', 'saidBy', 'saidByText', 'askedAt', 'complaintKeys', 'baseline'];

/** Every member an object of the tree may hold, as a path without positions. */
function pathsOf(group: Group, path = ''): string[] {
  const own = Object.entries(group.members).flatMap(([name, member]) => [
    `${path}/${name}`,
    ...(member.kind === 'group' ? pathsOf(member, `${path}/${name}`) : []),
    ...(member.kind === 'list' ? pathsOf(member.of, `${path}/${name}`) : []),
  ]);
  if (!group.general) return own;
  const maps = [
    ...(asWrittenNames(group.members).length > 0 ? ['asWritten'] : []),
    ...(absentNames(group.members).length > 0 ? ['absent'] : []),
  ];
  return [...own, ...[...GENERAL, ...maps].map((name) => `${path}/${name}`)];
}

function pathsIn(value: unknown, path: string, found: Set<string>): void {
  if (Array.isArray(value)) for (const entry of value) pathsIn(entry, path, found);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, inside] of Object.entries(value)) {
    found.add(`${path}/${name}`);
    pathsIn(inside, `${path}/${name}`, found);
  }
}

describe('arbitrary records', () => {
  it('are read without an issue and given back as they are', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        expect(readRecord(record)).toStrictEqual({ ok: true, record, issues: [] });
        // The same order of members too, which toStrictEqual does not look at.
        const read = readRecordText(JSON.stringify(record));
        expect(read.ok && JSON.stringify(read.record)).toBe(JSON.stringify(record));
      }),
      { numRuns: 300 },
    );
  });

  it('hold every member of the tree at least once in 500', () => {
    const found = new Set<string>();
    for (const record of fc.sample(arbitraryRecord(), { numRuns: 500, seed: 1 })) {
      pathsIn(record, '', found);
    }
    expect(pathsOf(definition).filter((path) => !found.has(path))).toEqual([]);
  });

  it('have every status, and are bare at times when entered in error', () => {
    const records = fc.sample(arbitraryRecord(), { numRuns: 300, seed: 2 });
    expect(new Set(records.map(({ status }) => status)).size).toBe(4);
    const retracted = records.filter(({ status }) => status === 'entered-in-error');
    expect(retracted.some(({ visit }) => visit === undefined)).toBe(true);
    expect(retracted.some(({ visit }) => visit !== undefined)).toBe(true);
  });

  it('keep to the statuses asked for', () => {
    const records = fc.sample(arbitraryRecord({ statuses: ['final'] }), { numRuns: 50, seed: 3 });
    expect(new Set(records.map(({ status }) => status))).toEqual(new Set(['final']));
  });

  it('shrink to a small one', () => {
    const details = fc.check(
      fc.property(arbitraryRecord(), ({ session }) => session?.sites === undefined),
      { seed: 4, numRuns: 200 },
    );
    const [smallest] = details.counterexample ?? [];
    expect(JSON.stringify(smallest).length).toBeLessThan(1_200);
  });
});

describe('arbitrary visits', () => {
  const keysOf = (record: ImsRecord) => record.session?.sites?.map(({ key }) => key) ?? [];

  it('are valid, of one patient, clinic and staff, and go on in time', () => {
    fc.assert(
      fc.property(arbitraryVisits(), (visits) => {
        expect(visits.length).toBeGreaterThanOrEqual(1);
        expect(visits.length).toBeLessThanOrEqual(5);
        for (const record of visits) {
          expect(readRecord(record)).toStrictEqual({ ok: true, record, issues: [] });
        }
        const whole = visits.filter(({ visit }) => visit !== undefined);
        for (const name of ['source', 'patient', 'clinic', 'practitioners', 'episode'] as const) {
          expect(new Set(whole.map((record) => JSON.stringify(record[name]))).size).toBeLessThan(2);
        }
        const times = visits.map(({ recordedAt }) => Date.parse(recordedAt));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 100 },
    );
  });

  it('count revisions of a visit up from one', () => {
    fc.assert(
      fc.property(arbitraryVisits({ density: 'sparse' }), (visits) => {
        const revisions = new Map<string, number[]>();
        for (const { recordId, revision } of visits) {
          revisions.set(recordId, [...(revisions.get(recordId) ?? []), revision]);
        }
        for (const counted of revisions.values()) {
          expect(counted).toEqual(counted.map((_, index) => index + 1));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('bring sites that go and come again', () => {
    const sequences = fc.sample(arbitraryVisits(), { numRuns: 100, seed: 5 });
    const goes = sequences.some((visits) =>
      visits.some((record, index) => {
        const before = visits[index - 1];
        const keys = keysOf(record);
        return (
          before !== undefined &&
          keys.length > 0 &&
          keysOf(before).some((key) => !keys.includes(key))
        );
      }),
    );
    const stays = sequences.some((visits) =>
      visits.some((record, index) => {
        const before = visits[index - 1];
        return before !== undefined && keysOf(before).some((key) => keysOf(record).includes(key));
      }),
    );
    expect({ goes, stays }).toEqual({ goes: true, stays: true });
  });
});
