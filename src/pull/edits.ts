// Detects what users of a target changed after this adapter wrote there: compares a pulled visit with
// the ledger and with the record as it was delivered.
import type { Resource } from '@medplum/fhirtypes';
import { defined } from '../defined.ts';
import { readRecordText } from '../ims/reader/read.ts';
import { type Difference, differencesOf } from '../ims/records/differences.ts';
import { NO_RULE_RESULTS } from '../ims/records/findings.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { fromFhir, type ReadVisit } from '../mapping/from-fhir.ts';
import { isOfVisit } from '../mapping/identity.ts';
import { ownIdentifier } from '../mapping/resource-index.ts';
import { toFhir } from '../mapping/to-fhir.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { PULLED_TYPES } from './visit-resources.ts';

/** A resource that differs from what was written. */
export interface EditedResource {
  readonly reference: string;
  /** The current version at the target; absent where the resource is gone. */
  readonly version?: string;
  /** The version that was written. */
  readonly written?: string;
}

/** Changes made at the target; members are absent where there are none. */
export interface Edits {
  readonly editedIn?: readonly EditedResource[];
  readonly differences?: readonly Difference[];
}

/** The changes to a visit; empty for a visit that this adapter did not write. */
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
  const versions = new Map(
    resources.map((resource) => [ownIdentifier(resource), resource.meta?.versionId]),
  );
  const written = await outbox.ledgerOf(target, source, recordId);
  return written
    .filter(({ identifier }) => isOfVisit(identifier))
    .filter(({ state, resourceType }) => state === 'live' && PULLED_TYPES.has(resourceType))
    .flatMap(({ identifier, resourceType, serverId, version }) => {
      const current = versions.get(identifier);
      // Without versions, a change cannot be detected.
      const isUnchanged = current === version || current === undefined || version === undefined;
      if (versions.has(identifier) && isUnchanged) return [];
      const reference = `${resourceType}/${serverId}`;
      return [{ reference, ...defined({ version: current, written: version }) }];
    });
}

/**
 * The differences between the pulled record and the record that an unchanged target would return. Members
 * that FHIR cannot represent are therefore not among them.
 */
async function differencesFrom(pulled: ImsRecord, outbox: Outbox): Promise<Difference[]> {
  const { source, recordId, revision } = pulled;
  const payload = (await outbox.payload(source, recordId, revision))?.payload;
  const read = payload === undefined ? undefined : readRecordText(payload);
  if (read?.ok !== true) return [];
  const { resources } = toFhir(read.record, NO_RULE_RESULTS);
  const unchanged = fromFhir(resources).visits[0]?.record;
  return unchanged === undefined ? [] : differencesOf(unchanged, pulled);
}
