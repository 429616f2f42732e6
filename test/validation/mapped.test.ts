// What the mapping writes is without a fault: every example, and records drawn from everything that a
// record may hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { cases, recordOf } from '../examples/cases.ts';
import { faults } from './definitions.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 60);

describe('what the mapping writes', () => {
  it.each(cases)('has no fault in the example $name', (example) => {
    expect(faults(mapRecord(recordOf(example)).bundle)).toEqual([]);
  });

  it('has no fault whatever the record holds', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        expect(faults(mapRecord(record).bundle)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
