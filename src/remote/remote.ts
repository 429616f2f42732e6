// Client of a FHIR server: sends each request once, never retries, and classifies every failure.
// Independent of IMS, of mapping and of the store.

import type { Bundle, ExtractResource, ResourceType } from '@medplum/fhirtypes';
import { AdapterError } from '../errors.ts';
import type { EntryResponse } from '../fhir/bundle.ts';
import { parseReference, type TypeAndId } from '../fhir/reference.ts';
import { isOfType, RESOURCE_ID } from '../fhir/resource.ts';
import { type Capabilities, fetchCapabilities } from './capabilities.ts';
import { PROTOCOL, remoteError } from './failures.ts';
import { followLink } from './page-link.ts';
import { type ReportOutcome, type SearchParams, search } from './search.ts';
import { type TransactOptions, transact } from './transact.ts';
import {
  createTransport,
  expectOk,
  type RemoteRequest,
  type TargetSettings,
  type Transport,
} from './transport.ts';

/** The FHIR interface of one target. Its methods throw AdapterError only. */
export interface Remote {
  readonly name: string;
  /** Sends a request on every call: callers keep the result. */
  capabilities(signal?: AbortSignal): Promise<Capabilities>;
  /** Posts a transaction or batch. Results in the order of its entries; throws if one failed. */
  transact(bundle: Bundle, options?: TransactOptions): Promise<EntryResponse[]>;
  /**
   * All matches of a search; each page is fetched when it is needed. `report` receives what the server
   * says about its answer.
   */
  search<T extends ResourceType>(
    type: T,
    params: SearchParams,
    report?: ReportOutcome,
  ): AsyncGenerator<ExtractResource<T>, void>;
  /** Undefined when the resource does not exist or was deleted. */
  read<T extends ResourceType>(
    type: T,
    id: string,
    signal?: AbortSignal,
  ): Promise<ExtractResource<T> | undefined>;
  /** The resource that a reference names; undefined for references that are not to this server. */
  typeAndIdOf(reference: string | undefined): TypeAndId | undefined;
  close(): Promise<void>;
}

/** Opens a client of a target. Throws `invalid-config` when its base is invalid. */
export function createRemote(settings: TargetSettings): Remote {
  const transport = createTransport(settings);
  return {
    name: transport.name,
    capabilities: (signal) => fetchCapabilities(transport, signal),
    transact: (bundle, options) => transact(transport, bundle, options),
    search: (type, params, report) => search(transport, [type, params], report),
    read: (type, id, signal) => read(transport, [type, id], signal),
    typeAndIdOf: (reference) => ownTypeAndId(reference, transport),
    close: () => transport.close(),
  };
}

/** An absolute reference is to this server if its base is that of the server, or an internal name of it. */
function ownTypeAndId(reference: string | undefined, { base }: Transport): TypeAndId | undefined {
  const parsed = parseReference(reference ?? '');
  if (parsed.kind !== 'relative' && parsed.kind !== 'absolute') return undefined;
  const { type, id } = parsed;
  if (parsed.kind === 'relative') return { type, id };
  return followLink(`${parsed.base}/${type}/${id}`, base) === `${base.path}/${type}/${id}`
    ? { type, id }
    : undefined;
}

async function read<T extends ResourceType>(
  transport: Transport,
  [type, id]: readonly [T, string],
  signal?: AbortSignal,
): Promise<ExtractResource<T> | undefined> {
  if (!RESOURCE_ID.test(id))
    throw new AdapterError('invalid-input', `The id of a ${type} is invalid.`);
  const description = `a read of ${type}`;
  const request: RemoteRequest = {
    method: 'GET',
    path: `${transport.base.path}/${type}/${id}`,
    description,
    signal,
  };
  const response = await transport.send(request);
  // A 404 with an HTML page means a wrong base and says nothing about the resource.
  const isFhir = response.json !== undefined || response.text.trim() === '';
  if ((response.status === 404 || response.status === 410) && isFhir) return undefined;
  expectOk(transport, request, response);
  if (isOfType(response.json, type) && response.json.id === id) return response.json;
  const message = `Target ${transport.name} did not answer ${description} with that resource.`;
  throw remoteError(PROTOCOL, { message, isRead: true });
}
