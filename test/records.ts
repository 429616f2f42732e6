// Records for tests: one small valid visit; each test replaces the members that it is about.
import { type ReadResult, readRecord } from '../src/ims/reader/read.ts';
import type { ImsRecord } from '../src/ims/schema/record.ts';

/** Plain JSON as a client sends it: a record or a part of one. */
export type Json = { readonly [name: string]: unknown };

/** The clinic system that the records come from. */
export const SOURCE = 'https://clinic.example/ims';

/**
 * A final visit with a minimal chart, as plain JSON. `overrides` replace members of the top level; a
 * member that is undefined is left out.
 */
export function aRecord(overrides: Json = {}): Json {
  return { ...VISIT, ...overrides };
}

const VISIT = {
  kind: 'visit',
  source: SOURCE,
  recordId: 'visit-1',
  revision: 1,
  status: 'final',
  recordedAt: '2026-03-02T10:00:00-08:00',
  origin: { how: 'point-of-care' },
  patient: { id: 'patient-1' },
  practitioners: [{ id: 'dr' }],
  clinic: { id: 'clinic', timeZone: 'America/Vancouver' },
  visit: { startAt: '2026-03-02T09:00:00-08:00', practitioners: ['dr'] },
  assessment: { text: 'Seen' },
};

/** Record id and times of a visit at 9:00 on a day (`08`) of March 2026. */
export function onDay(day: string): Json {
  return {
    recordId: `visit-${day}`,
    recordedAt: `2026-03-${day}T10:00:00-08:00`,
    visit: { startAt: `2026-03-${day}T09:00:00-08:00`, practitioners: ['dr'] },
  };
}

/** A completed session without a documented screening. */
export function aSession(overrides: Json = {}): Json {
  const screening = { basis: 'screening-not-documented' };
  return { status: 'completed', technique: 'ims-session', screening, ...overrides };
}

/** A needled site with the key `s1`. */
export function aSite(overrides: Json = {}): Json {
  return { key: 's1', muscle: 'trapezius-upper', side: 'left', ...overrides };
}

/** The reader's result for a valid record; throws for an invalid one. */
export function accepted(record: unknown): Extract<ReadResult, { ok: true }> {
  const result = readRecord(record);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result;
}

/** `aRecord` as the reader returns it. */
export function anImsRecord(overrides: Json = {}): ImsRecord {
  return accepted(aRecord(overrides)).record;
}
