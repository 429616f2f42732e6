// What the mapping writes is without a fault: every example, and records drawn from everything that a
// record may hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { cases, recordOf } from '../examples/cases.ts';
import { faults } from './definitions.ts';

/**
 * R4 binds the category of a Consent extensibly to a list that has no word for a refusal of needling:
 * a local category beside the list's own is allowed, and warned of.
 */
const REFUSAL = /^warning \S+\.category\[1\] \S+\/Consent#binding$/;

function faultsOf(record: ImsRecord): string[] {
  return faults(mapRecord(record).bundle).filter((fault) => !REFUSAL.test(fault));
}

const RUNS = Number(process.env.FUZZ_RUNS ?? 60);

describe('what the mapping writes', () => {
  it.each(cases)('has no fault in the example $name', (example) => {
    expect(faultsOf(recordOf(example))).toEqual([]);
  });

  it('has no fault whatever the record holds', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        expect(faultsOf(record)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
