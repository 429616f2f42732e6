// What the rules and the mapping never do, whatever a record holds.
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
      const bare = { ...record, session } as typeof record;
      const written = JSON.stringify(mapRecord(bare).bundle);
      expect(written).not.toMatch(/billed-code|muscleCount|\b205(52|53|60|61)\b/);
    }),
    { numRuns: 60 },
  );
});

it('procedure codes whose names say acupuncture are never sent', () => {
  fc.assert(
    fc.property(dense, (record) => {
      const written = JSON.stringify(mapRecord(record).bundle);
      expect(written).not.toMatch(/"(231082000|231101006|231102004)"/);
    }),
    { numRuns: 60 },
  );
});
