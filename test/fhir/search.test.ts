import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  escapeSearchValue,
  splitSearchValue,
  tokenOf,
  unescapeSearchValue,
} from '../../src/fhir/search.ts';

it('escapes the separators of search values and the backslash', () => {
  expect(escapeSearchValue('a\\b,c|d$e')).toBe('a\\\\b\\,c\\|d\\$e');
  expect(tokenOf('http://x.test/a|b', '1,2')).toBe('http://x.test/a\\|b|1\\,2');
  expect(tokenOf(undefined, 'x')).toBe('x');
});

it('splits escaped and joined texts back into the same texts', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
      for (const separator of [',', '|', '$'] as const) {
        const value = texts.map(escapeSearchValue).join(separator);
        expect(splitSearchValue(value, separator).map(unescapeSearchValue)).toEqual(texts);
      }
    }),
  );
});
