// Small records for tests that look at single resources.
import type { Resource } from '@medplum/fhirtypes';
import { readRecord } from '../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import { assess } from '../../src/safety/assess.ts';

/** A visit with more in it, read as it would be from outside. */
export function visit(more: Record<string, unknown> = {}): ImsRecord {
  const read = readRecord({
    kind: 'visit',
    source: 'https://mapping.example/emr',
    recordId: 'visit-1',
    revision: 1,
    status: 'final',
    recordedAt: '2026-03-02T10:00:00-08:00',
    origin: { how: 'point-of-care' },
    patient: { id: 'patient-1' },
    practitioners: [{ id: 'dr' }],
    clinic: { id: 'clinic', timeZone: 'America/Vancouver' },
    visit: { startAt: '2026-03-02T09:00:00-08:00', practitioners: ['dr'] },
    assessment: { pain: [{ key: 'pain', context: 'pain-current', value: 3 }] },
    ...more,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.record;
}

/** The resources of one type that a record becomes, beside what other records say. */
export function resourcesIn<T extends Resource>(
  record: ImsRecord,
  type: T['resourceType'],
  others: readonly ImsRecord[] = [],
): T[] {
  return toFhir(record, assess(record), others).resources.flatMap(({ resource }) =>
    resource.resourceType === type ? [resource as T] : [],
  );
}
