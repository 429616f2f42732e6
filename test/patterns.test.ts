import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Pattern, patternsIn, patternsOf, rulePatterns } from './patterns.ts';

// The build in JavaScript: the same checker on every machine, without starting a process.
process.env.RECHECK_SYNC_BACKEND = 'pure';
const { checkSync } = await import('recheck');

const VALIDATION = 'profiles/fsh-generated/validation/validation.json';

/** What the checker says against a pattern; undefined where nothing. Its attacks are drawn by lot. */
function faultOf({ file, source = '', flags }: Pattern): string | undefined {
  // A sticky pattern is tried at one place only, like one with an anchor.
  const anchored = flags.includes('y') ? `^(?:${source})` : source;
  const found = checkSync(anchored, flags.replace('y', ''), {
    randomSeed: 1,
    // Bounded by steps, not by time, so that a busy machine gets the same result.
    timeout: null,
    attackTimeout: null,
    incubationTimeout: null,
    seedingTimeout: null,
  });
  if (found.status === 'safe') return undefined;
  const why = found.status === 'vulnerable' ? found.complexity.summary : found.error.kind;
  return `${file} /${source}/ ${why}`;
}

function distinct(patterns: readonly Pattern[]): Pattern[] {
  return [...new Map(patterns.map((one) => [`${one.source}/${one.flags}`, one])).values()];
}

describe('no regular expression takes more than linear time', () => {
  let all: Pattern[];
  beforeAll(() => {
    all = patternsIn('src');
  });

  it('of those that src/ spells out', () => {
    expect(all.length).toBeGreaterThan(100);
    const known = all.filter(({ source }) => source !== undefined);
    expect(distinct(known).flatMap((one) => faultOf(one) ?? [])).toEqual([]);
  });

  it('of those that the rules of the definitions are asked with', () => {
    const { rules } = JSON.parse(readFileSync(VALIDATION, 'utf8')) as { rules: object };
    const asked = rulePatterns(rules);
    expect(asked.length).toBeGreaterThan(5);
    expect(distinct(asked).flatMap((one) => faultOf(one) ?? [])).toEqual([]);
  });

  it('and no other pattern is made while the program runs', () => {
    const made = all.filter(({ source }) => source === undefined).map(({ file }) => file);
    // `matches` and `replaceMatches`: the patterns of the rules above.
    expect(made).toEqual(Array(2).fill('validation/fhirpath/functions.ts'));
  });
});

describe('the search for patterns', () => {
  it('finds literals and constructors, whatever they are made of', () => {
    const template = '`^$' + '{year}-x$`';
    const source = [
      'const year: string = "\\\\d{4}";',
      `const a = /a+$/gi, b = new RegExp(${template}, "u"), c = RegExp("z" as string);`,
      'function made(text: string) { return new RegExp(text); }',
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
  ])('and the checker refuses %s', (source, complexity) => {
    expect(faultOf({ file: 'a.ts', source, flags: '' })).toBe(`a.ts /${source}/ ${complexity}`);
  });
});
