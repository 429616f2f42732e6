// What a server supports, from its CapabilityStatement (GET /metadata).
import type { CapabilityStatement } from '@medplum/fhirtypes';
import { AdapterError } from '../errors.ts';
import { isOfType } from '../fhir/resource.ts';
import { itemsOf, memberOf, textOf } from '../fhir/untrusted.ts';
import { expectOk, type RemoteRequest, type Transport } from './transport.ts';

/** What a server claims to support. It may claim too much: it can rule features out, never in. */
export interface Capabilities {
  readonly fhirVersion: string;
  readonly transaction: boolean;
}

/**
 * Fetches the capabilities of a server. Throws `remote-protocol` when it is not a FHIR R4 server or
 * its base is wrong; any other failure by its class (failures.ts).
 */
export async function fetchCapabilities(
  transport: Transport,
  signal?: AbortSignal,
): Promise<Capabilities> {
  const request: RemoteRequest = {
    method: 'GET',
    path: `${transport.base.path}/metadata`,
    description: 'GET /metadata',
    signal,
  };
  const response = await transport.send(request);
  if (response.status === 404 || response.status === 410) {
    throw notFhir(transport.name, 'has no /metadata');
  }
  expectOk(transport, request, response);
  if (!isOfType(response.json, 'CapabilityStatement')) {
    throw notFhir(transport.name, 'did not answer /metadata with a CapabilityStatement');
  }
  const capabilities = readCapabilities(response.json);
  // R4 is 4.0.x; R4B (4.1, 4.3) is the same for all resources that are written here.
  if (!/^4\./.test(capabilities.fhirVersion)) {
    const text = `Target ${transport.name} is not a FHIR R4 server: set its R4 address.`;
    throw new AdapterError('remote-protocol', text);
  }
  return capabilities;
}

/** Reads a CapabilityStatement; what it does not state is not supported. */
export function readCapabilities(statement: CapabilityStatement): Capabilities {
  const rests = itemsOf(statement.rest);
  const rest = rests.find((item) => memberOf(item, 'mode') === 'server') ?? rests[0];
  const interactions = new Set(
    itemsOf(memberOf(rest, 'interaction')).map((item) => memberOf(item, 'code')),
  );
  return {
    fhirVersion: textOf(statement.fhirVersion) ?? '',
    transaction: interactions.has('transaction'),
  };
}

function notFhir(name: string, problem: string): AdapterError {
  return new AdapterError(
    'remote-protocol',
    `Target ${name} ${problem}: its base must be the address of the FHIR service itself, not of a web page or a login in front of it.`,
  );
}
