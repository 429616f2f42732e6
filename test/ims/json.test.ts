import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/ims/reader/json.ts';

function told(source: string): string[] {
  const result = readJson(source);
  return result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`);
}

it('gives what JSON.parse gives', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), (value) => {
      // Numbers are of the record's own form and tested below.
      const source = JSON.stringify(value, (_name, inside) =>
        typeof inside === 'number' ? Math.trunc(inside % 1e6) : inside,
      );
      expect(readJson(source)).toEqual({ ok: true, value: JSON.parse(source) });
    }),
  );
});

describe('refuses', () => {
  it.each([
    ['a member twice', '{"a":1,"b":{"a":2,"c":3,"a":4}}', ['json-member-twice /b/a']],
    ['a member twice under two spellings', '{"a":1,"\\u0061":2}', ['json-member-twice /a']],
    ['a member twice in an entry', '[{"a":1},{"a":1,"a":1}]', ['json-member-twice /1/a']],
    ['a member three times, told once', '{"a":1,"a":2,"a":3}', ['json-member-twice /a']],
    ['a member twice whose name has a slash', '{"a/b~":1,"a/b~":2}', ['json-member-twice /a~1b~0']],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', ['json-member-twice /__proto__']],
    ['an exponent', '{"a":[1,2e0]}', ['number-form /a/1']],
    ['a capital exponent', '{"a":1E5}', ['number-form /a']],
    ['seven decimals', '{"a":-0.1234567}', ['number-form /a']],
    ['sixteen digits', '{"a":1234567890123456}', ['number-form /a']],
    ['2^53', '{"a":9007199254740992}', ['number-form /a']],
    ['sixteen digits with a point', '{"a":12345678901.12345}', ['number-form /a']],
  ])('%s', (_what, source, issues) => expect(told(source)).toEqual(issues));

  it.each([
    '0',
    '-1',
    '123456789012345',
    '123456789.123456',
    '0.000001',
    '-0.5',
    '"1e5"',
    '"a:b{[,:"',
    '"\\""',
    '"\\\\"',
    '{"a\\"b":{"a":1}}',
  ])('but not %s', (source) => expect(told(source)).toEqual([]));

  it.each([
    ['nothing', '', 'line 1, column 1'],
    ['a word', 'nil', 'line 1, column 1'],
    ['a comma too many', '{"a":1,}', 'line 1, column 8'],
    ['a comment', '{"a":1 // note\n}', 'line 1, column 8'],
    ['single quotes', "{'a':1}", 'line 1, column 2'],
    ['two values', '{}{}', 'line 1, column 3'],
    ['a raw line break in text', '{"a":"b\nc"}', 'line 1, column 6'],
    ['a cut text', '{\n  "a": [1, 2', 'line 2, column 13'],
    ['NaN', '{"a":NaN}', 'line 1, column 6'],
  ])('%s, and says where', (_what, source, place) => {
    const result = readJson(source);
    expect(result.ok).toBe(false);
    const [issue] = result.ok ? [] : result.issues;
    expect(issue).toMatchObject({ code: 'json-syntax', path: '' });
    expect(issue?.message).toContain(place);
  });

  it.each([65, 10_000, 1_000_000])('%i levels, without reading them', (levels) => {
    expect(told('['.repeat(levels) + ']'.repeat(levels))).toEqual(['json-depth ']);
    expect(told('{"a":'.repeat(levels))).toEqual(['json-depth ']);
  });

  it('but not 64 levels', () => expect(told('['.repeat(64) + ']'.repeat(64))).toEqual([]));
});

describe('stops', () => {
  const deep = (inside: string) => '['.repeat(62) + inside + ']'.repeat(62);

  it.each([
    ['numbers', deep(`${'1e5,'.repeat(5000)}1`)],
    ['members', `[${'{"a":1,"a":2},'.repeat(5000)}1]`],
  ])('at 500 faults, and says so last: %s', (_what, source) => {
    const issues = told(source);
    expect(issues.length).toBe(501);
    expect(issues.at(-1)).toBe('too-many-faults ');
  });

  it('at 10,000 repetitions of one fault', () => {
    const issues = told(`{${'"a":1e5,'.repeat(50_000)}"a":1,"b":1e5}`);
    expect(issues).toEqual(['number-form /a', 'json-member-twice /a', 'too-many-faults ']);
  });

  it('at the fewer faults that are asked for', () => {
    expect(readJson(deep(`${'1e5,'.repeat(50)}1`), 5)).toMatchObject({ issues: { length: 6 } });
  });

  it('at a million values, unparsed', () => {
    expect(told(`[${'1,'.repeat(1_000_000)}1]`)).toEqual(['json-size ']);
    expect(told(`[${'1,'.repeat(999_998)}1]`)).toEqual([]);
  });

  it('at 10,000 different member names after the first 10,000 members, unparsed', () => {
    const members = (count: number) => Array.from({ length: count }, (_, at) => `"u${at}":1`);
    expect(told(`{${members(20_001)}}`)).toEqual(['json-size ']);
    expect(told(`{${members(20_000)}}`)).toEqual([]);
    expect(told(`[${'{"a":1},'.repeat(50_000)}1]`)).toEqual([]);
  });

  it('looking for the place of a syntax fault after a million characters', () => {
    const result = readJson(`["${'a'.repeat(1_000_000)}",,]`);
    const messages = result.ok ? [] : result.issues.map(({ message }) => message);
    expect(messages).toEqual(['is not valid JSON, after the first 1,000,000 characters']);
  });
});

it('tells numbers that cannot be kept from members that are lost', () => {
  expect(readJson('{"a":1e5}')).toMatchObject({ ok: false, hasAllMembers: true });
  expect(readJson('{"a":1e5,"a":1}')).not.toHaveProperty('hasAllMembers');
});

it('says what it could read beside what it refuses', () => {
  expect(readJson('{"a":1,"a":2}')).toMatchObject({ ok: false, value: { a: 2 } });
  expect(readJson('{')).not.toHaveProperty('value');
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
])('says what is wrong and where: %s', (source, expected) => {
  const result = readJson(source);
  expect(result.ok ? [] : result.issues.map(({ message }) => message)).toEqual([
    expect.stringContaining(`is not valid JSON at ${expected}`),
  ]);
});
