// Records to judge: the examples, and visits drawn at random from the definition of a record.
import fc from 'fast-check';
import type { ImsRecord } from '../../src/ims/record.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';

/** How many visits are drawn, and from where; the same ones each time unless told otherwise. */
const COUNT = Number(process.env.INTEROP_VISITS ?? 60);
const SEED = Number(process.env.INTEROP_SEED ?? 20261128);

/** Signed visits, each whole by itself. */
export function drawnVisits(): ImsRecord[] {
  console.log(`${COUNT} visits drawn with seed ${SEED}`);
  const arbitrary = arbitraryRecord({ statuses: ['final', 'amended'] });
  return fc.sample(arbitrary, { numRuns: COUNT, seed: SEED });
}
