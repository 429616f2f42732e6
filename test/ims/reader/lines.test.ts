import { expect, it } from 'vitest';
import { readLines, splitLines } from '../../../src/ims/reader/lines.ts';
import { textWith } from '../sample.ts';

const one = textWith({ '/recordId': 'one' });
const two = textWith({ '/recordId': 'two' });

/** The number of each line, and the id of its record or the codes of its issues. */
function read(source: string) {
  return readLines(source).map((line) => [
    line.line,
    line.ok ? line.record.recordId : line.issues.map(({ code }) => code).join(),
  ]);
}

const both = [
  [1, 'one'],
  [2, 'two'],
];

it.each([
  ['line feeds', `${one}\n${two}\n`],
  ['no final line break', `${one}\n${two}`],
  ['CRLF', `${one}\r\n${two}\r\n`],
  ['a byte order mark', `\uFEFF${one}\n${two}`],
  ['white space around', `  ${one} \n\t${two}\t`],
])('reads lines with %s', (_what, source) => expect(read(source)).toEqual(both));

it('counts and skips blank lines', () => {
  expect(read(`\n${one}\n\n \r\n${two}\n\n`)).toEqual([
    [2, 'one'],
    [5, 'two'],
  ]);
});

it('rejects a truncated line but not the other lines', () => {
  expect(read(`${one}\n${one.slice(0, 200)}\n${two}`)).toEqual([
    [1, 'one'],
    [2, 'json-syntax'],
    [3, 'two'],
  ]);
});

it('rejects each line of a record that spans several lines', () => {
  const lines = readLines(JSON.stringify(JSON.parse(one), null, 1));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.every(({ ok }) => !ok)).toBe(true);
});

it('does not split at Unicode line separators inside text', () => {
  const text = textWith({ '/patient/address': 'a\u2028b\u2029c' });
  expect(readLines(text)).toMatchObject([{ line: 1, ok: true }]);
});

it('yields one line at a time', () => {
  const lines = splitLines(`${'\n'.repeat(1_000_000)}{}\n${'1\n'.repeat(1_000_000)}`);
  expect(lines.next().value).toEqual({ line: 1_000_001, text: '{}' });
  expect(lines.next().value).toEqual({ line: 1_000_002, text: '1' });
});

it.each(['', '\uFEFF', '\n\r\n \n'])('yields nothing for %j', (source) => {
  expect([...splitLines(source)]).toEqual([]);
});
