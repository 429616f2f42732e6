// Records for tests of the rules: one visit with the members that a test needs.
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { anImsRecord, aSession, aSite, type Json } from '../records.ts';

/** What a test changes: the day of the visit, its screening, needled sites, other members. */
export interface Case {
  /** A civil date, which may be partial, or an instant. */
  readonly visitOn?: string;
  readonly screening?: Json;
  /** Keys of the needled sites. */
  readonly sites?: readonly string[];
  readonly others?: Json;
}

/** The record of a case; throws if it is not valid. */
export function recordOf({ visitOn = '2026-05-20', screening, sites, others }: Case): ImsRecord {
  const when = visitOn.includes('T') ? { startAt: visitOn } : { date: visitOn };
  const session = aSession({
    screening: { basis: screening === undefined ? 'screening-not-documented' : 'this-record' },
    sites: sites?.map((key) => aSite({ key })),
  });
  return anImsRecord({
    recordedAt: '2026-05-20T18:00:00-07:00',
    visit: { ...when, practitioners: ['dr'] },
    ...(screening === undefined ? {} : { screening }),
    ...(sites === undefined ? {} : { session }),
    ...others,
  });
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
