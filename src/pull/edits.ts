// What a target's own people changed since this adapter wrote there: a pulled visit held against the
// ledger and against the record as it was delivered.
import type { Resource } from '@medplum/fhirtypes';
import { readRecordText } from '../ims/reader/read.ts';
import { type Difference, differencesOf } from '../ims/records/differences.ts';
import { NOTHING_FOUND } from '../ims/records/findings.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { fromFhir, type ReadVisit } from '../mapping/from-fhir.ts';
import { isOfVisit } from '../mapping/identity.ts';
import { ownIdentifier } from '../mapping/resource-index.ts';
import { toFhir } from '../mapping/to-fhir.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { PULLED_TYPES } from './pull.ts';

/** One resource that stands otherwise than it was written. */
export interface EditedResource {
  readonly reference: string;
  /** The version that stands there now; left out where the resource is gone. */
  readonly version?: string;
  /** The version that was written. */
  readonly written?: string;
}

/** What was changed at the target; a member is left out where there is nothing to say. */
export interface Edits {
  readonly editedIn?: readonly EditedResource[];
  readonly differences?: readonly Difference[];
}

/** The edits of a visit. Nothing is said of a visit that was not written from here. */
export async function editsOf(
  { record, resources }: ReadVisit,
  { outbox, target }: { outbox: Outbox; target: string },
): Promise<Edits> {
  if (record === undefined) return {};
  const editedIn = await editedResources(record, resources, { outbox, target });
  if (editedIn.length === 0) return {};
  const differences = await differencesFrom(record, outbox);
  return { editedIn, ...(differences.length === 0 ? {} : { differences }) };
}

async function editedResources(
  { source, recordId }: ImsRecord,
  resources: readonly Resource[],
  { outbox, target }: { outbox: Outbox; target: string },
): Promise<EditedResource[]> {
  const found = new Map(resources.map((one) => [ownIdentifier(one), one.meta?.versionId]));
  const written = await outbox.ledgerOf(target, source, recordId);
  return written
    .filter(({ identifier }) => isOfVisit(identifier))
    .filter(({ state, resourceType }) => state === 'live' && PULLED_TYPES.has(resourceType))
    .flatMap(({ identifier, resourceType, serverId, version }) => {
      const now = found.get(identifier);
      // A server without versions cannot say whether anything changed.
      if (
        found.has(identifier) &&
        (now === version || now === undefined || version === undefined)
      ) {
        return [];
      }
      const reference = `${resourceType}/${serverId}`;
      return [
        {
          reference,
          ...(now === undefined ? {} : { version: now }),
          ...(version === undefined ? {} : { written: version }),
        },
      ];
    });
}

/** Compared with what an untouched target would give back, so that no declared loss counts. */
async function differencesFrom(found: ImsRecord, outbox: Outbox): Promise<Difference[]> {
  const { source, recordId, revision } = found;
  const payload = (await outbox.payload(source, recordId, revision))?.payload;
  const read = payload === undefined ? undefined : readRecordText(payload);
  if (read?.ok !== true) return [];
  const { resources } = toFhir(read.record, NOTHING_FOUND);
  const untouched = fromFhir(resources).visits[0]?.record;
  return untouched === undefined ? [] : differencesOf(untouched, found);
}
