import { describe, expect, it } from 'vitest';
import { sentencesOf, wordingFaults } from './language.ts';

describe('language', () => {
  it('sees a planted sentence in a comment, a string and a template', () => {
    const planted = [
      '// What a server cannot hold',
      '// is told.',
      "const message = 'is no date';",
      'const more: string = `the record stands here`;',
      'const pattern = /is none of/;',
    ].join('\n');
    expect(wordingFaults('x.ts', sentencesOf(planted))).toEqual([
      'x.ts:1: "told"; better: reports, reported, distinguishes, says',
      'x.ts:3: "is no "; better: is not a …',
      'x.ts:4: "stands"; better: is, exists, is present',
    ]);
  });
});
