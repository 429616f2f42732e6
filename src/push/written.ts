// Turns a server's answer to a transaction into ledger rows.
import type { ResourceType } from '@medplum/fhirtypes';
import { AdapterError } from '../errors.ts';
import type { EntryResponse } from '../fhir/bundle.ts';
import { isIdentifiedBy, ownIdentifier } from '../mapping/resource-index.ts';
import type { WrittenResource } from '../store/ledger.ts';
import type { PlannedEntry } from './bundle.ts';
import type { DeliveryContext } from './context.ts';

/**
 * The ledger rows of a transaction that succeeded. A resource whose id the server did not return is
 * looked up by its identifier. Throws AdapterError, with retry `unknown`, if it is not found.
 */
export async function writtenRows(
  planned: readonly PlannedEntry[],
  responses: readonly EntryResponse[],
  context: DeliveryContext,
): Promise<WrittenResource[]> {
  const rows: WrittenResource[] = [];
  for (const [index, entry] of planned.entries()) {
    rows.push(rowOf(entry, responseTo(entry, index, responses)) ?? (await lookUp(entry, context)));
  }
  return rows;
}

/** The ledger rows of the entries that succeeded although others failed. */
export function keptRows(
  planned: readonly PlannedEntry[],
  responses: readonly EntryResponse[],
): WrittenResource[] {
  return planned.flatMap((entry, index) => {
    const response = responseTo(entry, index, responses);
    return response !== undefined && response.status < 300 ? (rowOf(entry, response) ?? []) : [];
  });
}

/** The response to an entry: by the identifier of the returned resource, otherwise by position. */
function responseTo(
  { row }: PlannedEntry,
  index: number,
  responses: readonly EntryResponse[],
): EntryResponse | undefined {
  const isOfEntry = (response: EntryResponse | undefined) =>
    response?.resource !== undefined && isIdentifiedBy(response.resource, row.identifier);
  const response = responses[index];
  const isOfOther =
    response?.resource !== undefined && ownIdentifier(response.resource) !== undefined;
  return isOfOther && !isOfEntry(response) ? responses.find(isOfEntry) : response;
}

/** The row with version and id from the response; a retraction keeps its known id. */
function rowOf(
  { row }: PlannedEntry,
  response: EntryResponse | undefined,
): WrittenResource | undefined {
  const serverId = row.serverId ?? response?.id;
  if (serverId === undefined) return undefined;
  return { ...row, serverId, version: response?.version, etag: response?.etag };
}

/** Finds a resource that was written by the query of its entry. */
async function lookUp(
  { entry, row }: PlannedEntry,
  { target, signal }: DeliveryContext,
): Promise<WrittenResource> {
  const { url = '', ifNoneExist } = entry.request ?? {};
  const query = ifNoneExist ?? url.slice(url.indexOf('?') + 1);
  const type = row.resourceType as ResourceType;
  for await (const resource of target.remote.search(type, [...new URLSearchParams(query)])) {
    signal.throwIfAborted();
    if (resource.id !== undefined && isIdentifiedBy(resource, row.identifier)) {
      return { ...row, serverId: resource.id, version: resource.meta?.versionId };
    }
  }
  const message = `Target ${target.remote.name} did not say where it stored a ${row.resourceType}, and does not find it by its identifier.`;
  throw new AdapterError('remote-protocol', message, { retry: 'unknown' });
}
