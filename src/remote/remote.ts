// The FHIR server on the other side: sends what it is given, once, and says truthfully what came back.
// Knows nothing of IMS, of deliveries or of the sandbox; never tries again by itself.

import type { Bundle, ExtractResource, ResourceType } from '@medplum/fhirtypes';
import { AdapterError } from '../errors.ts';
import { ID, isOfType } from '../fhir/resource.ts';
import { type Capabilities, fetchCapabilities } from './capabilities.ts';
import { failure, PROTOCOL } from './outcomes.ts';
import { type SearchOptions, type SearchParams, search } from './search.ts';
import { type EntryResult, type TransactOptions, transact } from './transact.ts';
import {
  createTransport,
  expectOk,
  type RemoteRequest,
  type TargetSettings,
  type Transport,
} from './transport.ts';

/** A target's FHIR interface. All methods throw AdapterError only. */
export interface Remote {
  readonly name: string;
  /** Asks the server each time: keep the answer. */
  capabilities(signal?: AbortSignal): Promise<Capabilities>;
  /** Results in the order of the bundle's entries; never one that failed. */
  transact(bundle: Bundle, options?: TransactOptions): Promise<EntryResult[]>;
  /** All matches; pages are fetched while they are being read. */
  search<T extends ResourceType>(
    type: T,
    params: SearchParams,
    options?: SearchOptions,
  ): AsyncGenerator<ExtractResource<T>, void>;
  /** Undefined when there is none, or none any more. */
  read<T extends ResourceType>(
    type: T,
    id: string,
    signal?: AbortSignal,
  ): Promise<ExtractResource<T> | undefined>;
  close(): Promise<void>;
}

/** Opens a target. Throws `invalid-config` for settings that cannot be used. */
export function createRemote(settings: TargetSettings): Remote {
  const transport = createTransport(settings);
  return {
    name: transport.name,
    capabilities: (signal) => fetchCapabilities(transport, signal),
    transact: (bundle, options) => transact(transport, bundle, options),
    search: (type, params, options) => search(transport, [type, params], options),
    read: (type, id, signal) => read(transport, [type, id], signal),
    close: () => transport.close(),
  };
}

async function read<T extends ResourceType>(
  transport: Transport,
  [type, id]: readonly [T, string],
  signal?: AbortSignal,
): Promise<ExtractResource<T> | undefined> {
  if (!ID.test(id)) throw new AdapterError('invalid-input', `This is no id of a ${type}.`);
  const what = `a read of a ${type}`;
  const ask: RemoteRequest = {
    method: 'GET',
    path: `${transport.base.path}/${type}/${id}`,
    what,
    signal,
  };
  const reply = await transport.send(ask);
  // A page of HTML with 404 is a wrong base and no word on the resource.
  const spoken = reply.json !== undefined || reply.text.trim() === '';
  if ((reply.status === 404 || reply.status === 410) && spoken) return undefined;
  expectOk(transport, ask, reply);
  if (isOfType(reply.json, type) && reply.json.id === id) return reply.json;
  const message = `Target ${transport.name} answered ${what} with something else.`;
  throw failure(PROTOCOL, { message, safe: true, reply: reply.text });
}
