import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src/ims/reader/json.ts';
import { codesAndPaths } from '../sample.ts';

function issuesOf(source: string): string[] {
  const result = readJson(source);
  return result.ok ? [] : codesAndPaths(result);
}

it('returns the same as JSON.parse', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), (value) => {
      // Unsupported numbers are tested below.
      const source = JSON.stringify(value, (_name, inside) =>
        typeof inside === 'number' ? Math.trunc(inside % 1e6) : inside,
      );
      expect(readJson(source)).toEqual({ ok: true, value: JSON.parse(source) });
    }),
  );
});

describe('rejects', () => {
  it.each([
    ['a member twice', '{"a":1,"b":{"a":2,"c":3,"a":4}}', ['json-member-twice /b/a']],
    ['a member twice under two spellings', '{"a":1,"\\u0061":2}', ['json-member-twice /a']],
    ['a member twice in an entry', '[{"a":1},{"a":1,"a":1}]', ['json-member-twice /1/a']],
    ['a member three times, reported once', '{"a":1,"a":2,"a":3}', ['json-member-twice /a']],
    ['a member twice whose name has a slash', '{"a/b~":1,"a/b~":2}', ['json-member-twice /a~1b~0']],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', ['json-member-twice /__proto__']],
    ['an exponent', '{"a":[1,2e0]}', ['number-form /a/1']],
    ['a capital exponent', '{"a":1E5}', ['number-form /a']],
    ['seven decimals', '{"a":-0.1234567}', ['number-form /a']],
    ['sixteen digits', '{"a":1234567890123456}', ['number-form /a']],
    ['2^53', '{"a":9007199254740992}', ['number-form /a']],
    ['sixteen digits with a point', '{"a":12345678901.12345}', ['number-form /a']],
  ])('%s', (_what, source, issues) => expect(issuesOf(source)).toEqual(issues));

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
  ])('but not %s', (source) => expect(issuesOf(source)).toEqual([]));

  it.each([65, 10_000, 1_000_000])('%i levels, without parsing', (levels) => {
    expect(issuesOf('['.repeat(levels) + ']'.repeat(levels))).toEqual(['json-depth ']);
    expect(issuesOf('{"a":'.repeat(levels))).toEqual(['json-depth ']);
  });

  it('but not 64 levels', () => expect(issuesOf('['.repeat(64) + ']'.repeat(64))).toEqual([]));
});

describe('stops reading', () => {
  const deep = (inside: string) => '['.repeat(62) + inside + ']'.repeat(62);

  it.each([
    ['numbers', deep(`${'1e5,'.repeat(5000)}1`)],
    ['members', `[${'{"a":1,"a":2},'.repeat(5000)}1]`],
  ])('after 500 errors, with a last issue about it: %s', (_what, source) => {
    const issues = issuesOf(source);
    expect(issues.length).toBe(501);
    expect(issues.at(-1)).toBe('too-many-faults ');
  });

  it('after 10,000 repetitions of one error', () => {
    const issues = issuesOf(`{${'"a":1e5,'.repeat(50_000)}"a":1,"b":1e5}`);
    expect(issues).toEqual(['number-form /a', 'json-member-twice /a', 'too-many-faults ']);
  });

  it('after fewer errors if the caller requires it', () => {
    expect(readJson(deep(`${'1e5,'.repeat(50)}1`), 5)).toMatchObject({ issues: { length: 6 } });
  });

  it('without parsing at more than a million values', () => {
    expect(issuesOf(`[${'1,'.repeat(1_000_000)}1]`)).toEqual(['json-size ']);
    expect(issuesOf(`[${'1,'.repeat(999_998)}1]`)).toEqual([]);
  });

  it('without parsing at more than 10,000 different member names after the first 10,000 members', () => {
    const members = (count: number) => Array.from({ length: count }, (_, index) => `"u${index}":1`);
    expect(issuesOf(`{${members(20_001)}}`)).toEqual(['json-size ']);
    expect(issuesOf(`{${members(20_000)}}`)).toEqual([]);
    expect(issuesOf(`[${'{"a":1},'.repeat(50_000)}1]`)).toEqual([]);
  });
});

it('distinguishes unsupported numbers from repeated members, which are lost', () => {
  expect(readJson('{"a":1e5}')).toMatchObject({ ok: false, hasAllMembers: true });
  expect(readJson('{"a":1e5,"a":1}')).not.toHaveProperty('hasAllMembers');
});

it('returns the value with the issues if the text can be parsed', () => {
  expect(readJson('{"a":1,"a":2}')).toMatchObject({ ok: false, value: { a: 2 } });
  expect(readJson('{')).not.toHaveProperty('value');
});
