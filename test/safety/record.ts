// Records for tests of the rules: one visit with the members that a test needs, read as any record is.
import { readRecord } from '../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';

const VISIT = {
  kind: 'visit',
  source: 'https://clinic.example/ims',
  recordId: 'visit-1',
  revision: 1,
  status: 'final',
  recordedAt: '2026-05-20T18:00:00-07:00',
  origin: { how: 'point-of-care' },
  patient: { id: 'p-1' },
  practitioners: [{ id: 'pt-1' }],
  clinic: { id: 'c-1', timeZone: 'America/Vancouver' },
};

/** What a test changes: the day of the visit, its screening, needled sites, anything else. */
export interface Case {
  /** A civil date, which may be partial, or an instant. */
  readonly visitOn?: string;
  readonly screening?: Readonly<Record<string, unknown>>;
  /** Keys of the needled sites. */
  readonly sites?: readonly string[];
  readonly others?: Readonly<Record<string, unknown>>;
}

/** The record of a case; fails where it is not valid. */
export function recordOf({ visitOn = '2026-05-20', screening, sites, others }: Case): ImsRecord {
  const when = visitOn.includes('T') ? { startAt: visitOn } : { date: visitOn };
  const session = {
    status: 'completed',
    technique: 'ims-session',
    screening: { basis: screening === undefined ? 'screening-not-documented' : 'this-record' },
    sites: sites?.map((key) => ({ key, muscle: 'trapezius-upper', side: 'left' })),
  };
  const result = readRecord({
    ...VISIT,
    visit: { ...when, practitioners: ['pt-1'] },
    assessment: { text: 'seen' },
    ...(screening === undefined ? {} : { screening }),
    ...(sites === undefined ? {} : { session }),
    ...others,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.record;
}

/** A screening with one surgery and its relation to each site. */
export function operated(date: unknown, relations: Readonly<Record<string, string>> = {}) {
  const related = Object.entries(relations).map(([siteKey, relation]) => ({ siteKey, relation }));
  const surgery = {
    key: 'op',
    ...(date === undefined ? {} : { date }),
    ...(related.length === 0 ? {} : { relations: related }),
  };
  return { surgeries: { surgery: 'yes', surgeries: [surgery] } };
}
