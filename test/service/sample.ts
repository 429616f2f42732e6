/** Source of the sample records. */
export const SOURCE = 'https://clinic.example/ims';

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
export function sampleRecord(recordId = 'record-marker', changes: object = {}): object {
  return {
    kind: 'visit',
    source: SOURCE,
    recordId,
    revision: 1,
    status: 'final',
    recordedAt: '2026-03-02T10:05:00-08:00',
    origin: { how: 'point-of-care' },
    patient: {
      id: 'patient-marker-77',
      identifiers: [{ system: 'https://health.example/number', value: '9698658215' }],
      name: { family: 'Markerson', given: 'Zelda-Marker' },
      birthDate: '1980-04-12',
    },
    practitioners: [{ id: 'dr-1', name: { text: 'Inez Vented' } }],
    clinic: { id: 'c-1', name: 'Example Clinic', timeZone: 'America/Vancouver' },
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
    session: {
      status: 'completed',
      technique: 'ims-session',
      screening: { basis: 'this-record' },
      sites: [{ key: 's1', muscle: 'trapezius-upper', side: 'left', twitch: { answer: 'yes' } }],
    },
    ...changes,
  };
}

/** Records as NDJSON. */
export function linesOf(records: readonly object[]): string {
  return records.map((record) => JSON.stringify(record)).join('\n');
}
