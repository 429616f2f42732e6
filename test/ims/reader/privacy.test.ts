import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLines } from '../../../src/ims/reader/lines.ts';
import { readRecord, readRecordText } from '../../../src/ims/reader/read.ts';
import { assess } from '../../../src/safety/assess.ts';
import { arbitraryRecord } from '../../arbitraries/record.ts';
import { textWith } from '../sample.ts';

const MARK = 'Xq7Zk';

/** The record with the mark in every value; the member names stay. */
function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return `${MARK}${value}`;
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, marked(inside)]));
}

/** The record with the mark in some values only, so that rules across members are also evaluated. */
function partlyMarked(value: unknown, picks: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((entry) => partlyMarked(entry, picks));
  if (typeof value !== 'object' || value === null) {
    return picks.next().value % 5 === 0 ? marked(value) : value;
  }
  const pairs = Object.entries(value);
  return Object.fromEntries(pairs.map(([name, inside]) => [name, partlyMarked(inside, picks)]));
}

it('no issue contains a value', () => {
  fc.assert(
    fc.property(arbitraryRecord(), fc.infiniteStream(fc.nat()), (record, picks) => {
      const whole = readRecord(marked(record));
      expect(whole.ok).toBe(false);
      const part = readRecordText(JSON.stringify(partlyMarked(record, picks)));
      const issues = [
        ...whole.issues,
        ...part.issues,
        ...(part.ok ? assess(part.record).issues : []),
      ];
      for (const { message, path, source } of issues) {
        expect(message).not.toContain(MARK);
        expect(source ?? '').not.toContain(MARK);
        // A pointer consists of member names; only extras and wordings can have other names.
        expect(path).not.toContain(MARK);
      }
    }),
    { numRuns: 100 },
  );
});

it('no issue contains text of invalid JSON', () => {
  const text = textWith({ '/patient/phone': MARK });
  for (const broken of [
    text.replace(`"${MARK}"`, MARK),
    text.replace(`"${MARK}"`, `"${MARK}`),
    text.slice(0, text.indexOf(MARK) + MARK.length),
    `${MARK}${text}`,
    `${text}${MARK}`,
    `// ${MARK}\n${text}`,
  ]) {
    const [issue, ...others] = readRecordText(broken).issues;
    expect(others).toEqual([]);
    expect(issue?.code).toBe('json-syntax');
    expect(issue?.message).not.toContain(MARK);
  }
});

it('no issue of a line contains its text', () => {
  const [line] = readLines(`{"${MARK}": `);
  expect(JSON.stringify(line)).not.toContain(MARK);
});
