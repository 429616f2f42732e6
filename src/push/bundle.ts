// A plan as the entries of a transaction, each with the ledger row it leaves.
import type { BundleEntry, Resource, ResourceType } from '@medplum/fhirtypes';
import { visitOrder } from '../ims/records/visit-order.ts';
import { DELETED_TYPES, retracted } from '../mapping/retract.ts';
import { toEntry } from '../mapping/to-fhir.ts';
import type { LedgerEntry, WrittenResource } from '../store/ledger.ts';
import type { DeliveryContext } from './context.ts';
import type { Plan } from './plan.ts';

/** One entry to send. */
export interface PlannedEntry {
  readonly entry: BundleEntry;
  readonly row: Omit<WrittenResource, 'serverId'> & { readonly serverId?: string };
  /** Of a retraction, the resource as the server holds it. */
  readonly found?: Resource | undefined;
}

/** The entries of a plan; resources to retract are read from the target first. Throws AdapterError. */
export async function entriesOf(plan: Plan, context: DeliveryContext): Promise<PlannedEntry[]> {
  const entries: PlannedEntry[] = plan.writes.map(({ resource, row }) => ({
    entry: toEntry(resource),
    row,
  }));
  for (const entry of plan.retractions) entries.push(await retraction(entry, context));
  return entries;
}

async function retraction(
  { identifier, resourceType, serverId }: LedgerEntry,
  { record, target, signal }: DeliveryContext,
): Promise<PlannedEntry> {
  const found: Resource | undefined = await target.remote.read(
    resourceType as ResourceType,
    serverId,
    signal,
  );
  const url = `${resourceType}/${serverId}`;
  const isDeleted = found === undefined || DELETED_TYPES.has(resourceType);
  return {
    entry: isDeleted
      ? { request: { method: 'DELETE', url } }
      : {
          fullUrl: `urn:ims-fhir:${url}`,
          resource: retracted(found, record),
          request: { method: 'PUT', url },
        },
    row: { identifier, resourceType, serverId, visitAt: visitOrder(record), state: 'retracted' },
    found,
  };
}
