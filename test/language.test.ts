import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sentencesOf, wordingFaults } from './language.ts';

const ROOT = join(import.meta.dirname, '..');

function faultsBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => {
      const file = join(folder, name);
      return wordingFaults(file, sentencesOf(readFileSync(join(ROOT, file), 'utf8')));
    });
}

describe('language', () => {
  it.each(['src', 'profiles/scripts'])('is plain English in all of %s', (folder) => {
    expect(faultsBelow(folder)).toEqual([]);
  });

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
