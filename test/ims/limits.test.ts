import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/ims/reader/read.ts';
import { aRecord, aSession, SOURCE } from '../records.ts';

function told(changes: Record<string, unknown>): string[] {
  const { issues } = readRecord(aRecord({ recordId: 'v', ...changes }));
  return issues.map(({ code, path }) => `${code} ${path}`);
}

describe('a record that would do harm', () => {
  it('may not carry identifiers that only this program writes: they would name somebody else', () => {
    const ours = { system: 'https://ims-fhir.org/fhir/NamingSystem/record', value: 'p-x-patient' };
    const source = { system: `${SOURCE}#patient`, value: 'q' };
    const patient = { id: 'p', identifiers: [ours, source] };
    expect(told({ patient })).toEqual([
      'reserved /patient/identifiers/0/system',
      'reserved /patient/identifiers/1/system',
    ]);
    const practitioners = [{ id: 'dr', identifiers: [ours] }];
    expect(told({ practitioners })).toEqual(['reserved /practitioners/0/identifiers/0/system']);
  });

  it('may not use keys that differ only in case, nor rest on itself, nor be called as a path step', () => {
    const pain = ['a', 'A'].map((key) => ({ key, context: 'pain-current', value: 4 }));
    expect(told({ assessment: { pain } })).toEqual(['key-twice /assessment/pain/1/key']);
    const screening = { basis: 'other-record', recordId: 'v' };
    expect(told({ session: aSession({ screening }) })).toEqual([
      'contradiction /session/screening/recordId',
    ]);
    expect(told({ recordId: '..' })).toEqual(['format /recordId']);
  });

  it('is answered shortly, however long it is', () => {
    expect(told({ practitioners: Array.from({ length: 50_000 }, () => 0) })).toContain(
      'range /practitioners',
    );
    const members = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`x${at}`, 1]));
    expect(told(members).length).toBe(501);
    expect(told(members).at(-1)).toBe('too-many-faults ');
  });

  it('is read until it has 500 faults and no further', () => {
    let visited = 0;
    const pain = Array.from({ length: 1000 }, () => ({
      get value() {
        visited++;
        return 'much';
      },
      heard: 'of',
    }));
    expect(told({ assessment: { pain } }).length).toBe(501);
    // Once each for the depth, and then those of the first 250 or so, which have two faults each.
    expect(visited).toBeGreaterThan(1000);
    expect(visited).toBeLessThan(2000);
  });

  it.each([
    ['names given outside', '/visit/practitioners', (at: number) => `p${at}`],
    ['the same name', '/visit/practitioners', () => 'dr'],
    ['what is no name', '/visit/practitioners', () => 1],
  ])('has no set of more than 1,000 entries: %s', (_what, path, entry) => {
    const practitioners = Array.from({ length: 1001 }, (_, at) => entry(at));
    const visit = { startAt: '2026-03-02T09:30:00-08:00', practitioners };
    expect(told({ visit })).toEqual([`range ${path}`]);
  });

  it('has no more than 1,000 extras or words of its own', () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`x:y${at}`, 1]));
    expect(told({ local: many })).toEqual(['range /local']);
    expect(told({ assessment: { asWritten: many } })).toEqual(['range /assessment/asWritten']);
  });

  it('has at most 30 combining marks in a row, which cannot be sorted in quadratic time', () => {
    // Without the limit, this text takes minutes to normalise.
    const marks = '\u0301'.repeat(1_000_000) + '\u0323'.repeat(1_000_000);
    const note = (text: string) => told({ notes: [{ key: 'n', text }] });
    expect(note(`a${marks}`)).toContain('format /notes/0/text');
    expect(note(`a${'\u0301'.repeat(31)}`)).toEqual(['format /notes/0/text']);
    expect(note(`a${'\u0301'.repeat(30)}b${'\u0323'.repeat(30)}`)).toEqual([]);
  });

  it('repeats no long name in its issues', () => {
    const { issues } = readRecord({ ['k'.repeat(1_000_000)]: 1 });
    const longest = Math.max(...issues.map(({ path, message }) => path.length + message.length));
    expect(longest).toBeLessThan(1000);
  });
});
