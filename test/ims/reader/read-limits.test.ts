import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../src/ims/reader/read.ts';
import { aRecord } from '../../records.ts';
import { codesAndPaths } from '../sample.ts';

function issuesWith(changes: Record<string, unknown>): string[] {
  return codesAndPaths(readRecord(aRecord({ recordId: 'v', ...changes })));
}

describe('the limits of a record', () => {
  it('keep the list of issues short for long lists and many unknown members', () => {
    expect(issuesWith({ practitioners: Array.from({ length: 50_000 }, () => 0) })).toContain(
      'range /practitioners',
    );
    const members = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`x${index}`, 1]),
    );
    expect(issuesWith(members).length).toBe(501);
    expect(issuesWith(members).at(-1)).toBe('too-many-faults ');
  });

  it('end the reading after 500 errors', () => {
    let visited = 0;
    const pain = Array.from({ length: 1000 }, () => ({
      get value() {
        visited++;
        return 'much';
      },
      unknown: 1,
    }));
    expect(issuesWith({ assessment: { pain } }).length).toBe(501);
    // Each is visited once for the depth; of those read, about 250, each has two errors.
    expect(visited).toBeGreaterThan(1000);
    expect(visited).toBeLessThan(2000);
  });

  it.each([
    ['different ids', (index: number) => `p${index}`],
    ['the same id', () => 'dr'],
    ['numbers', () => 1],
  ])('allow at most 1,000 entries in a set: %s', (_what, entry) => {
    const practitioners = Array.from({ length: 1001 }, (_, index) => entry(index));
    const visit = { startAt: '2026-03-02T09:30:00-08:00', practitioners };
    expect(issuesWith({ visit })).toEqual(['range /visit/practitioners']);
  });

  it('allow at most 1,000 extras and wordings', () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`x:y${index}`, 1]));
    expect(issuesWith({ local: many })).toEqual(['range /local']);
    expect(issuesWith({ assessment: { asWritten: many } })).toEqual([
      'range /assessment/asWritten',
    ]);
  });

  it('allow at most 30 combining marks in a row, because sorting them takes quadratic time', () => {
    // Without the limit, this text takes minutes to normalise.
    const marks = '\u0301'.repeat(1_000_000) + '\u0323'.repeat(1_000_000);
    const note = (text: string) => issuesWith({ notes: [{ key: 'n', text }] });
    expect(note(`a${marks}`)).toContain('format /notes/0/text');
    expect(note(`a${'\u0301'.repeat(31)}`)).toEqual(['format /notes/0/text']);
    expect(note(`a${'\u0301'.repeat(30)}b${'\u0323'.repeat(30)}`)).toEqual([]);
  });

  it('cut long member names in issues', () => {
    const { issues } = readRecord({ ['k'.repeat(1_000_000)]: 1 });
    const longest = Math.max(...issues.map(({ path, message }) => path.length + message.length));
    expect(longest).toBeLessThan(1000);
  });
});
