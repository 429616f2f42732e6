// Generated visits to validate and to send.
import fc from 'fast-check';
import { readRecord } from '../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';

/** Number of visits and seed of the generator; the defaults give the same visits in each run. */
const COUNT = Number(process.env.INTEROP_VISITS ?? 60);
const SEED = Number(process.env.INTEROP_SEED ?? 20261128);

/** Signed visits that do not depend on other records. */
export function generatedVisits(): ImsRecord[] {
  console.log(`${COUNT} visits generated with seed ${SEED}`);
  const arbitrary = arbitraryRecord({ statuses: ['final', 'amended'] });
  return fc.sample(arbitrary, { numRuns: COUNT, seed: SEED });
}

/** The same visits as first revisions from different clinics, so that one server can store all of them. */
export function sendableVisits(): ImsRecord[] {
  return generatedVisits().map((record, index) => {
    const { session, ...rest } = record;
    const source = ownSource(record.source, index);
    const first = { ...rest, source, revision: 1, status: 'final' } as const;
    if (session === undefined) return first;
    // A screening in another record would have to be delivered first.
    const { screening, ...needling } = session;
    const isElsewhere = screening?.basis === 'other-record';
    return { ...first, session: isElsewhere ? { ...needling, screening: OPEN } : session };
  });
}

const OPEN = { basis: 'screening-not-documented' } as const;

function ownSource(source: string, index: number): string {
  if (source.startsWith('urn:uuid:')) return `${source.slice(0, -4)}${1000 + index}`;
  if (source.startsWith('urn:oid:')) return `${source}.${index}`;
  return source.includes('#') ? `${source}-${index}` : `${source}/${index}`;
}

/** The next revision, without the optional events and assessment if the record remains valid. */
export function amended(record: ImsRecord): ImsRecord {
  const next = { ...record, revision: record.revision + 1, status: 'amended' } as const;
  const { events, ...withoutEvents } = next;
  const { assessment, ...withoutBoth } = withoutEvents;
  // Other members may refer to them by key, or require them.
  const possible = [withoutBoth, withoutEvents, next].find((one) => readRecord(one).ok);
  return possible ?? next;
}

/** The revision after that, entered in error. */
export function enteredInError(record: ImsRecord): ImsRecord {
  return { ...record, revision: record.revision + 1, status: 'entered-in-error' };
}
