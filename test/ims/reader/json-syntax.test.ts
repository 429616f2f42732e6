import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src/ims/reader/json.ts';

describe('the position of a syntax error', () => {
  it.each([
    ['an empty text', '', 'line 1, column 1'],
    ['an unknown word', 'nil', 'line 1, column 1'],
    ['a trailing comma', '{"a":1,}', 'line 1, column 8'],
    ['a comment', '{"a":1 // note\n}', 'line 1, column 8'],
    ['single quotes', "{'a':1}", 'line 1, column 2'],
    ['two values', '{}{}', 'line 1, column 3'],
    ['a line break in a string', '{"a":"b\nc"}', 'line 1, column 6'],
    ['a truncated text', '{\n  "a": [1, 2', 'line 2, column 13'],
    ['NaN', '{"a":NaN}', 'line 1, column 6'],
  ])('of %s', (_what, source, place) => {
    const result = readJson(source);
    expect(result.ok).toBe(false);
    const [issue] = result.ok ? [] : result.issues;
    expect(issue).toMatchObject({ code: 'json-syntax', path: '' });
    expect(issue?.message).toContain(place);
  });

  it('is searched in the first million characters only', () => {
    const result = readJson(`["${'a'.repeat(1_000_000)}",,]`);
    const messages = result.ok ? [] : result.issues.map(({ message }) => message);
    expect(messages).toEqual(['is not valid JSON, after the first 1,000,000 characters']);
  });
});

it.each([
  ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: expected a comma'],
  ['{"a" 1}', 'line 1, column 6: expected a colon after the member name'],
  [
    '{"a": visit}',
    'line 1, column 7: text without quotes; only true, false, null and numbers are allowed',
  ],
  ["{'a': 1}", 'line 1, column 2: text without quotes'],
  ['{"a": 1', 'line 1, column 8: unexpected end of the text'],
  ['{"a": "x', 'line 1, column 7: string without its closing quote'],
  [
    '{"a": 1} {"b": 2}',
    'line 1, column 10: unexpected text after the end; for one record per line use NDJSON',
  ],
  ['// a\n{}', 'line 1, column 1: comments are not allowed'],
  ['{"a": 1,}', 'line 1, column 9: trailing comma before }'],
  ['[1, 2,\n]', 'line 2, column 1: trailing comma before ]'],
  ['', 'line 1, column 1: unexpected end of the text'],
])('the message says what is wrong: %s', (source, expected) => {
  const result = readJson(source);
  expect(result.ok ? [] : result.issues.map(({ message }) => message)).toEqual([
    expect.stringContaining(`is not valid JSON at ${expected}`),
  ]);
});
