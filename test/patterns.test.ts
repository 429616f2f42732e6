import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Pattern, patternsIn, patternsOf, rulePatterns } from './patterns.ts';

// The checker's JavaScript build, which is the same on every machine and starts no process.
process.env.RECHECK_SYNC_BACKEND = 'pure';
const { checkSync } = await import('recheck');

const VALIDATION = 'profiles/fsh-generated/validation/validation.json';

/** The complexity of a pattern that takes more than linear time; undefined for a safe one. */
function problemOf({ file, source = '', flags }: Pattern): string | undefined {
  // A sticky pattern is tried at one position only, like an anchored one.
  const anchored = flags.includes('y') ? `^(?:${source})` : source;
  const result = checkSync(anchored, flags.replace('y', ''), {
    randomSeed: 1,
    // Limited by steps and not by time, so the result is the same on a busy machine.
    timeout: null,
    attackTimeout: null,
    incubationTimeout: null,
    seedingTimeout: null,
  });
  if (result.status === 'safe') return undefined;
  const reason = result.status === 'vulnerable' ? result.complexity.summary : result.error.kind;
  return `${file} /${source}/ ${reason}`;
}

function distinct(patterns: readonly Pattern[]): Pattern[] {
  return [
    ...new Map(patterns.map((pattern) => [`${pattern.source}/${pattern.flags}`, pattern])).values(),
  ];
}

describe('no regular expression takes more than linear time', () => {
  let all: Pattern[];
  beforeAll(() => {
    all = patternsIn('src');
  });

  it('in src/', () => {
    expect(all.length).toBeGreaterThan(100);
    const known = all.filter(({ source }) => source !== undefined);
    expect(distinct(known).flatMap((pattern) => problemOf(pattern) ?? [])).toEqual([]);
  });

  it('in the rules of the definitions', () => {
    const { rules } = JSON.parse(readFileSync(VALIDATION, 'utf8')) as { rules: object };
    const patterns = rulePatterns(rules);
    expect(patterns.length).toBeGreaterThan(5);
    expect(distinct(patterns).flatMap((pattern) => problemOf(pattern) ?? [])).toEqual([]);
  });

  it('and only FHIRPath functions compile patterns at run time', () => {
    const files = all.filter(({ source }) => source === undefined).map(({ file }) => file);
    // `matches` and `replaceMatches`, whose patterns are those of the rules above.
    expect(files).toEqual(Array(2).fill('validation/fhirpath/functions.ts'));
  });
});

describe('the search for patterns', () => {
  it('finds literals and constructors with any kind of argument', () => {
    const template = '`^$' + '{year}-x$`';
    const source = [
      'const year: string = "\\\\d{4}";',
      `const a = /a+$/gi, b = new RegExp(${template}, "u"), c = RegExp("z" as string);`,
      'function compile(text: string) { return new RegExp(text); }',
    ].join('\n');
    expect(patternsOf('a.ts', source)).toEqual([
      { file: 'a.ts', source: 'a+$', flags: 'gi' },
      { file: 'a.ts', source: '^\\d{4}-x$', flags: 'u' },
      { file: 'a.ts', source: 'z', flags: '' },
      { file: 'a.ts', source: undefined, flags: '' },
    ]);
  });

  it.each([
    ['<[^>]*>', '2nd degree polynomial'],
    ['^(a+)+$', 'exponential'],
    ['/+$', '2nd degree polynomial'],
  ])('and the checker rejects %s', (source, complexity) => {
    expect(problemOf({ file: 'a.ts', source, flags: '' })).toBe(`a.ts /${source}/ ${complexity}`);
  });
});
