// What the mapping never derives or sends, whatever a record contains.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';

const dense = arbitraryRecord({ density: 'dense' });

it('a billed code and a number of muscles are never derived', () => {
  fc.assert(
    fc.property(dense, (record) => {
      fc.pre(record.session !== undefined);
      const { billed, ...session } = record.session ?? {};
      const sent = codesIn(mapRecord({ ...record, session }).bundle);
      expect(sent).not.toMatch(/billed-code|muscleCount| (cpt-)?205(52|53|60|61)\b/);
      // The pattern does find a code that was billed, so finding none above means something.
      if (billed?.code !== undefined) {
        expect(codesIn(mapRecord(record).bundle)).toMatch(/billed-code.* cpt-205(52|53|60|61)\b/);
      }
    }),
    { numRuns: 60 },
  );
});

it('procedure codes whose names say acupuncture are never sent', () => {
  fc.assert(
    fc.property(dense, (record) => {
      expect(codesIn(mapRecord(record).bundle)).not.toMatch(/ (231082000|231101006|231102004)\b/);
    }),
    { numRuns: 60 },
  );
});

// Codes and addresses of extensions alone: drawn texts and numbers may hold any digits.
const CODED = new Set(['code', 'valueCode', 'url']);
function codesIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([name, inner]) =>
      typeof inner === 'string' && CODED.has(name) ? ` ${inner}` : codesIn(inner),
    )
    .join('');
}
