// Small records for tests of single resources.
import type { Resource } from '@medplum/fhirtypes';
import { readRecord } from '../../src/ims/reader/read.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import { assess } from '../../src/safety/assess.ts';

/** A visit with the given members, read like any input. */
export function visit(members: Record<string, unknown> = {}): ImsRecord {
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
    ...members,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.record;
}

/** A visit with an episode of the given members. */
export function inEpisode(episode: object, members: object = {}): ImsRecord {
  return visit({ episode: { id: 'e', ...episode }, ...members });
}

/** A completed session without sites. */
export const session = {
  status: 'completed',
  technique: 'ims-session',
  screening: { basis: 'screening-not-documented' },
};

/** A needled site. */
export const site = { key: 's', muscle: 'piriformis', side: 'left' };

/** The resources of one type for a record, with other records that share resources with it. */
export function resourcesIn<T extends Resource>(
  record: ImsRecord,
  type: T['resourceType'],
  others: readonly ImsRecord[] = [],
): T[] {
  return toFhir(record, assess(record), others).resources.flatMap(({ resource }) =>
    resource.resourceType === type ? [resource as T] : [],
  );
}
