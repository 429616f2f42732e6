import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { AdapterError } from '../errors.ts';
import { isOfType } from '../fhir/resource.ts';
import { keepReply } from './outcomes.ts';
import { expectOk, type RemoteRequest, type Transport } from './transport.ts';

/** What a server says it can do with one resource type. */
interface TypeCapabilities {
  /** FHIR's codes: `read`, `create`, `search-type`, … */
  readonly interactions: ReadonlySet<string>;
  readonly searchParams: ReadonlySet<string>;
  readonly conditionalCreate: boolean;
  readonly conditionalUpdate: boolean;
  readonly conditionalDelete: boolean;
  /** A client may choose the id. */
  readonly updateCreate: boolean;
  /** Updates can be guarded by If-Match. */
  readonly versioned: boolean;
}

/** What a server says it can. It may lie: a plan may only be narrowed by it, never widened. */
export interface Capabilities {
  readonly fhirVersion: string;
  /** Name and version of the software, where it says so. */
  readonly software: string | undefined;
  readonly transaction: boolean;
  readonly batch: boolean;
  readonly types: ReadonlyMap<string, TypeCapabilities>;
}

/**
 * Asks a server what it can. Throws `remote-protocol` when it is no FHIR R4 server or its base is
 * wrong, and what the table says for every other failure.
 */
export async function fetchCapabilities(
  transport: Transport,
  signal?: AbortSignal,
): Promise<Capabilities> {
  const what = 'the question what it can (GET /metadata)';
  const ask: RemoteRequest = {
    method: 'GET',
    path: `${transport.base.path}/metadata`,
    what,
    signal,
  };
  const reply = await transport.send(ask);
  if (reply.status === 404 || reply.status === 410) {
    throw noFhir(transport.name, 'has no /metadata', reply.text);
  }
  expectOk(transport, ask, reply);
  if (!isOfType(reply.json, 'CapabilityStatement')) {
    throw noFhir(transport.name, 'answers /metadata with something else than FHIR', reply.text);
  }
  const capabilities = readCapabilities(reply.json);
  // R4 is 4.0.x; R4B (4.1, 4.3) has the same content for all that is written here.
  if (!/^4\./.test(capabilities.fhirVersion)) {
    const text = `Target ${transport.name} does not speak FHIR R4: look for its R4 address.`;
    throw new AdapterError('remote-protocol', text);
  }
  return capabilities;
}

/** Reads a CapabilityStatement; what it leaves out it cannot do. */
export function readCapabilities(statement: CapabilityStatement): Capabilities {
  const rest = statement.rest?.find((one) => one.mode === 'server') ?? statement.rest?.[0];
  const system = new Set(rest?.interaction?.map((one) => one.code));
  const everywhere = (rest?.searchParam ?? []).map((param) => param.name);
  const { name, version } = statement.software ?? {};
  return {
    fhirVersion: statement.fhirVersion ?? '',
    software: name === undefined ? undefined : [name, version].filter(Boolean).join(' '),
    transaction: system.has('transaction'),
    batch: system.has('batch'),
    types: new Map(
      (rest?.resource ?? []).map((resource) => [resource.type, readType(resource, everywhere)]),
    ),
  };
}

function readType(
  resource: CapabilityStatementRestResource,
  everywhere: readonly string[],
): TypeCapabilities {
  const conditionalDelete = resource.conditionalDelete ?? 'not-supported';
  return {
    interactions: new Set(resource.interaction?.map((one) => one.code)),
    searchParams: new Set([...everywhere, ...(resource.searchParam ?? []).map((one) => one.name)]),
    conditionalCreate: resource.conditionalCreate === true,
    conditionalUpdate: resource.conditionalUpdate === true,
    conditionalDelete: conditionalDelete !== 'not-supported',
    updateCreate: resource.updateCreate === true,
    versioned: resource.versioning === 'versioned-update' || resource.versioning === 'versioned',
  };
}

function noFhir(name: string, finding: string, reply: string): AdapterError {
  const error = new AdapterError(
    'remote-protocol',
    `Target ${name} ${finding}: check that its base is the address of the FHIR service itself, not of a web page or a login in front of it.`,
  );
  keepReply(error, reply);
  return error;
}
