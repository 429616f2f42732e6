// Validates mapped records: every example, and generated ones with any content a record may have.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { cases, recordOf } from '../examples/cases.ts';
import { faults } from './definitions.ts';

/**
 * The value set that R4 binds Consent.category to (extensible) has no code for a refusal of needling. A
 * second, local category is allowed and gives a warning.
 */
const REFUSAL_CATEGORY = /^warning \S+\.category\[1\] \S+\/Consent#binding$/;

function faultsOf(record: ImsRecord): string[] {
  return faults(mapRecord(record).bundle).filter((fault) => !REFUSAL_CATEGORY.test(fault));
}

const RUNS = Number(process.env.FUZZ_RUNS ?? 60);

describe('a mapped record', () => {
  it.each(cases)('of the example $name is valid', (example) => {
    expect(faultsOf(recordOf(example))).toEqual([]);
  });

  it('is valid for any record', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        expect(faultsOf(record)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
