// Turns a plan into the entries of a transaction, each with the ledger row to record for it.
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
  /** The ledger row; a new resource gets its server id from the server's answer. */
  readonly row: Omit<WrittenResource, 'serverId'> & { readonly serverId?: string };
  /** For a retraction: the resource as it was at the target. */
  readonly existing?: Resource | undefined;
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
  const existing: Resource | undefined = await target.remote.read(
    resourceType as ResourceType,
    serverId,
    signal,
  );
  const url = `${resourceType}/${serverId}`;
  const isDeletion = existing === undefined || DELETED_TYPES.has(resourceType);
  return {
    entry: isDeletion
      ? { request: { method: 'DELETE', url } }
      : {
          fullUrl: `urn:ims-fhir:${url}`,
          resource: retracted(existing, record),
          request: { method: 'PUT', url },
        },
    row: { identifier, resourceType, serverId, visitAt: visitOrder(record), state: 'retracted' },
    existing,
  };
}
