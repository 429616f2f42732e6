// Single FHIR resources of a record, for tests.
import type { Resource } from '@medplum/fhirtypes';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import { assess } from '../../src/safety/assess.ts';
import { anImsRecord } from '../records.ts';

/** A visit with an episode of the given members. */
export function inEpisode(episode: object, members: object = {}): ImsRecord {
  return anImsRecord({ episode: { id: 'e', ...episode }, ...members });
}

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
