// A read-only FHIR endpoint for the published definitions: profiles, Questionnaires, value sets and concept
// maps. It does not serve records.
import type { Bundle, CapabilityStatement } from '@medplum/fhirtypes';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Definition, Definitions } from '../../definitions/published.ts';
import { FHIR_JSON } from '../../fhir/resource.ts';
import { readParams } from '../input.ts';
import { RequestProblem } from '../problem.ts';
import type { Context, Route } from '../route.ts';
import { anyResource } from '../schemas.ts';
import { version } from '../version.ts';

const startedAt = new Date().toISOString();

// `+` in a query means a space, and many clients do not escape it.
const format = z.enum([
  'json',
  'application/json',
  'application/fhir+json',
  'application/fhir json',
]);
const type = z.string().regex(/^[A-Z][A-Za-z]{1,63}$/, 'must be the name of a resource type');
const readRequest = {
  path: z.object({ type, id: z.string().max(64) }),
  query: z.strictObject({ _format: format.exactOptional() }),
};
const searchRequest = {
  path: z.object({ type }),
  query: z.strictObject({
    url: z.string().exactOptional().meta({ description: 'Canonical, with or without |version' }),
    version: z.string().exactOptional(),
    _id: z.string().exactOptional(),
    _format: format.exactOptional(),
  }),
};
const metadataRequest = {
  path: z.object({}),
  query: z.object({ _format: format.exactOptional() }),
};

/** `GET /fhir/metadata`, `/fhir/:type` and `/fhir/:type/:id`. */
export function definitionRoutes({ definitions, baseOf }: Context): Route[] {
  const capabilities: RequestHandler = (request, response) => {
    readParams(request, metadataRequest);
    send(request, response, capabilityStatement(definitions(), baseOf(request)));
  };
  const searchType: RequestHandler = (request, response) => {
    const { path, query } = readParams(request, searchRequest);
    requireKnownType(definitions(), path.type);
    const { _id: id, url, version: definitionVersion } = query;
    const matches = definitions().search(path.type, { id, url, version: definitionVersion });
    send(request, response, searchset(matches, `${baseOf(request)}/fhir`, { path, query }));
  };
  const readOne: RequestHandler = (request, response) => {
    const { path } = readParams(request, readRequest);
    requireKnownType(definitions(), path.type);
    const definition = definitions().read(path.type, path.id);
    if (definition === undefined) {
      throw new RequestProblem('not-found', 'No definition has this id.');
    }
    send(request, response, definition);
  };
  return [
    {
      method: 'get',
      path: '/fhir/metadata',
      operation: operations.metadata,
      handlers: [capabilities],
    },
    { method: 'get', path: '/fhir/:type', operation: operations.search, handlers: [searchType] },
    { method: 'get', path: '/fhir/:type/:id', operation: operations.read, handlers: [readOne] },
  ];
}

function send(request: Request, response: Response, resource: object): void {
  if (request.accepts([FHIR_JSON, 'application/json', 'text/html']) === false) {
    throw new RequestProblem('not-acceptable', `The response can only be ${FHIR_JSON}.`);
  }
  response.type(FHIR_JSON).send(JSON.stringify(resource));
}

function requireKnownType({ types }: Definitions, requested: string): void {
  if (types.includes(requested)) return;
  const message = `The resource type must be one of: ${types.join(', ')}.`;
  throw new RequestProblem('not-found', message);
}

function searchset(
  matches: readonly Definition[],
  base: string,
  { path, query }: { path: { type: string }; query: Record<string, string> },
): Bundle {
  const self = `${base}/${path.type}?${new URLSearchParams(query)}`;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: matches.length,
    link: [{ relation: 'self', url: self.replace(/\?$/, '') }],
    ...(matches.length === 0 ? {} : { entry: matches.map((resource) => entryOf(resource, base)) }),
  };
}

function entryOf(resource: Definition, base: string) {
  const fullUrl = `${base}/${resource.resourceType}/${resource.id}`;
  return { fullUrl, resource, search: { mode: 'match' as const } };
}

function capabilityStatement(definitions: Definitions, base: string): CapabilityStatement {
  const searchParam = [
    { name: 'url', type: 'uri' },
    { name: 'version', type: 'token' },
    { name: '_id', type: 'token' },
  ] as const;
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: startedAt,
    kind: 'instance',
    software: { name: 'ims-fhir', version },
    implementation: { description: 'Definitions of IMS records in FHIR', url: `${base}/fhir` },
    fhirVersion: '4.0.1',
    format: [FHIR_JSON],
    rest: [
      {
        mode: 'server',
        documentation: 'Definitions only. Records are available under /v1, see /openapi.json.',
        resource: definitions.types.map((name) => ({
          type: name as 'StructureDefinition',
          interaction: [{ code: 'read' }, { code: 'search-type' }],
          searchParam: [...searchParam],
        })),
      },
    ],
  };
}

const fhir = (description: string) => ({
  description,
  content: { [FHIR_JSON]: { schema: anyResource } },
});
const failures = {
  400: fhir('OperationOutcome: invalid query'),
  404: fhir('OperationOutcome: not found'),
  406: fhir(`OperationOutcome: only ${FHIR_JSON} is available`),
};
const tags = ['definitions'];
const operations = {
  metadata: {
    operationId: 'fhirMetadata',
    tags,
    summary: 'Capabilities of this FHIR endpoint',
    requestParams: { query: metadataRequest.query },
    responses: { 200: fhir('CapabilityStatement'), 400: failures[400], 406: failures[406] },
  },
  search: {
    operationId: 'fhirSearch',
    tags,
    summary: 'Find definitions by canonical',
    requestParams: searchRequest,
    responses: { 200: fhir('Bundle of type searchset'), ...failures },
  },
  read: {
    operationId: 'fhirRead',
    tags,
    summary: 'Read one definition',
    requestParams: readRequest,
    responses: { 200: fhir('The definition'), ...failures },
  },
} satisfies Record<string, Route['operation']>;
