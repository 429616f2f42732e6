import { aRecord, aSession, aSite, type Json } from '../records.ts';

/** Values that must never appear in a log: names, numbers, ids, texts. */
export const MARKERS = [
  'Markerson',
  'Zelda-Marker',
  '1980-04-12',
  'patient-marker-77',
  'record-marker',
  'words-marker',
  '9698658215',
  'clinic.example',
] as const;

/** A fictional visit as JSON; `changes` replace top-level members. */
export function sampleRecord(recordId = 'record-marker', changes: Json = {}): Json {
  return aRecord({
    recordId,
    patient: {
      id: 'patient-marker-77',
      identifiers: [{ system: 'https://health.example/number', value: '9698658215' }],
      name: { family: 'Markerson', given: 'Zelda-Marker' },
      birthDate: '1980-04-12',
    },
    practitioners: [{ id: 'dr-1', name: { text: 'Inez Vented' } }],
    visit: {
      startAt: '2026-03-02T09:30:00-08:00',
      endAt: '2026-03-02T10:00:00-08:00',
      practitioners: ['dr-1'],
    },
    screening: {
      cancer: { answer: 'no' },
      pregnancy: { answer: 'not-asked' },
      needleFear: { answer: 'yes', severity: 'mild', rationale: 'words-marker' },
    },
    session: aSession({
      screening: { basis: 'this-record' },
      sites: [aSite({ twitch: { answer: 'yes' } })],
    }),
    ...changes,
  });
}

/** Records as NDJSON. */
export function linesOf(records: readonly object[]): string {
  return records.map((record) => JSON.stringify(record)).join('\n');
}
