import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { muscles } from '../../../src/ims/codes/muscles.ts';
import { readRecord } from '../../../src/ims/reader/read.ts';
import { unknownMessage } from '../../../src/ims/reader/suggest.ts';
import { labelOf } from '../../../src/ims/reader/zod-issues.ts';
import { visitWith } from '../sample.ts';

const MUSCLE = '/session/sites/0/muscle';
const LISTED =
  "listed in the record's JSON Schema (ims-fhir/record.schema.json, or /schema/ims-record-1.json of the service)";

/** The message at `path` for a visit with these changes; undefined without an issue there. */
function messageAt(path: string, changes: Readonly<Record<string, unknown>>): string | undefined {
  return readRecord(visitWith(changes)).issues.find((issue) => issue.path === path)?.message;
}

function messageFor(path: string, value: unknown): string | undefined {
  return messageAt(path, { [path]: value });
}

describe('an unknown code', () => {
  it.each([
    ['trapezious-uper', 'trapezius-upper, trapezius-lower'],
    ['Upper trapezius', 'trapezius-upper'],
    ['Uper trapezious', 'trapezius-upper, trapezius-lower'],
    ['hamstring', 'posterior-thigh-muscle'],
    ['TRAPEZIUS_UPPER', 'trapezius-upper'],
    ['infraspinatis', 'infraspinatus'],
    ['glutéus medius', 'gluteus-medius'],
    ['gluteus', 'gluteus-maximus, gluteus-medius, gluteus-minimus'],
  ])('%j: the message suggests the most similar codes, by code or label', (value, codes) => {
    expect(messageFor(MUSCLE, value)).toBe(`unknown code; did you mean ${codes}?`);
  });

  it('L5: the message suggests the code whose last part it is', () => {
    const segments = '/assessment/sites/0/segments';
    expect(messageAt(`${segments}/0`, { [segments]: ['L5'] })).toBe(
      'unknown code; did you mean segment-l5?',
    );
  });

  it.each([['xyzzy'], [''], [5], ['-'], ['trapezius-upper '.repeat(5)]])(
    '%j, which is similar to none: the message says where the codes are listed',
    (value) => {
      const { length } = muscles.codes;
      expect(messageFor(MUSCLE, value)).toBe(
        `unknown code; the ${length} allowed codes are ${LISTED}`,
      );
    },
  );

  it('of a short list: the message has the whole list', () => {
    expect(messageFor('/session/sites/0/side', 'Left')).toBe(
      'unknown code; must be one of: left, right, midline',
    );
    expect(messageFor('/screening/cancer/answer', 'maybe')).toBe(
      'unknown code; must be one of: yes, no, unknown, not-asked, declined, not-applicable',
    );
  });

  it('gets at most five suggestions, all of them allowed', () => {
    const candidates = muscles.codes.map((name) => ({ name, label: labelOf(name) }));
    const names: ReadonlySet<string> = new Set(muscles.codes);
    const misspelt = fc
      .tuple(fc.constantFrom(...muscles.codes), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([code, at, text]) => {
        const index = at % code.length;
        return `${code.slice(0, index)}${text}${code.slice(index + 1)}`;
      });
    fc.assert(
      fc.property(fc.oneof(misspelt, fc.string({ unit: 'grapheme' })), (given) => {
        const message = unknownMessage('code', given, candidates);
        const [, list] = /did you mean (.+)\?$/.exec(message) ?? [];
        const suggested = list?.split(', ') ?? [];
        expect(suggested.length).toBeLessThanOrEqual(5);
        expect(suggested.filter((name) => !names.has(name))).toEqual([]);
      }),
    );
  });
});

describe('an unknown member', () => {
  it.each([
    ['/recordID', 'recordId'],
    ['/Screenings', 'screening'],
    ['/screening/needlesFear', 'needleFear'],
    ['/session/sites/0/needels', 'needles'],
    ['/session/sites/0/What the patient felt', 'sensations'],
  ])('%s: the message suggests the most similar names, by name or label', (path, name) => {
    expect(messageFor(path, 'x')).toBe(`unknown member; did you mean ${name}?`);
  });

  it('of asWritten: the message suggests the most similar name', () => {
    const asWritten = '/session/sites/0/asWritten';
    expect(messageAt(`${asWritten}/mucle`, { [asWritten]: { mucle: 'trap' } })).toBe(
      'unknown member; did you mean muscle?',
    );
  });

  it('that is similar to none: the message says where the members are listed', () => {
    expect(messageFor('/qqqqq', 1)).toMatch(/^unknown member; the \d\d allowed members are listed/);
  });

  it('of a small object: the message has all names', () => {
    const length = '/session/sites/0/needles/0/lengthMm';
    expect(messageAt(`${length}/lo`, { [length]: { lo: 1 } })).toBe(
      'unknown member; must be one of: low, high',
    );
    const baseline = '/session/sites/0/baseline';
    expect(messageAt(`${baseline}/recordID`, { [baseline]: { recordID: 'a', key: 'b' } })).toBe(
      'unknown member; must be one of: recordId, key',
    );
  });
});
