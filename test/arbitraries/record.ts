// Arbitrary records for property tests, derived from the tree of members: a member added there is
// generated here without a word. Always valid, always in normal form.
import fc from 'fast-check';
import { recordStatuses } from '../../src/ims/codes/general.ts';
import { record as definition, type ImsRecord } from '../../src/ims/schema/record.ts';
import { DENSITIES, type Raw, rawGroup } from './raw.ts';
import { settleRecord } from './settle.ts';
import { settleVisits } from './visits.ts';

/** A status a record may have. */
export type RecordStatus = (typeof recordStatuses.codes)[number];

/** What records to draw. */
export interface RecordOptions {
  /** Statuses drawn from; all of them unless given. */
  readonly statuses?: readonly RecordStatus[];
  /** How full records are; mostly sparse with some fuller ones unless given. */
  readonly density?: keyof typeof DENSITIES;
}

/** Valid records in normal form: reading one gives it back unchanged and without an error. */
export function arbitraryRecord(options: RecordOptions = {}): fc.Arbitrary<ImsRecord> {
  return rawRecord(options).map(settleRecord);
}

/**
 * One to five records of one patient, episode and clinic in the order of time, each another visit or
 * the next revision of the one before; patient, clinic and practitioners are the same throughout,
 * sites come and go by key. What is entered in error stays so: nothing follows it.
 */
export function arbitraryVisits(
  options: Pick<RecordOptions, 'density'> = {},
): fc.Arbitrary<readonly ImsRecord[]> {
  const step = fc.record({
    raw: rawRecord(options),
    isRevision: fc.boolean(),
    daysLater: fc.integer({ min: 1, max: 60 }),
  });
  return fc
    .tuple(rawRecord(options), fc.array(step, { minLength: 1, maxLength: 5 }))
    .map(([shared, steps]) => settleVisits(shared, steps));
}

function rawRecord({ statuses = recordStatuses.codes, density }: RecordOptions): fc.Arbitrary<Raw> {
  const raw = density === undefined ? mixed() : rawOf(density);
  return fc
    .tuple(raw, fc.constantFrom(...statuses), fc.constantFrom(1, 1, 2, 3, 17, 2_147_483_647))
    .map(([drawn, status, revision]) => ({ ...drawn, status, revision }));
}

function mixed(): fc.Arbitrary<Raw> {
  return fc.oneof(
    { weight: 6, arbitrary: rawOf('sparse') },
    { weight: 3, arbitrary: rawOf('medium') },
    { weight: 1, arbitrary: rawOf('dense') },
  );
}

const known = new Map<string, fc.Arbitrary<Raw>>();

/** Built once: an arbitrary of the whole tree takes a while to put together. */
function rawOf(density: keyof typeof DENSITIES): fc.Arbitrary<Raw> {
  const built =
    known.get(density) ??
    rawGroup(definition, DENSITIES[density], ['clinic', 'visit', 'practitioners']);
  known.set(density, built);
  return built;
}
