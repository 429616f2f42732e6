// Records to judge and to send: visits drawn at random from the definition of a record.
import fc from 'fast-check';
import { readRecord } from '../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
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

/** The same as first revisions that can stand beside each other: each of a clinic of its own. */
export function sendableVisits(): ImsRecord[] {
  return drawnVisits().map((record, index) => {
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

/** The next revision: what it may go without is taken out of the record. */
export function amended(record: ImsRecord): ImsRecord {
  const next = { ...record, revision: record.revision + 1, status: 'amended' } as const;
  const { events, ...withoutEvents } = next;
  const { assessment, ...withoutBoth } = withoutEvents;
  // Other members may name what was in them by key, or be nothing without them.
  const possible = [withoutBoth, withoutEvents, next].find((one) => readRecord(one).ok);
  return possible ?? next;
}

/** The revision after that: the whole record was an error. */
export function takenBack(record: ImsRecord): ImsRecord {
  return { ...record, revision: record.revision + 1, status: 'entered-in-error' };
}
