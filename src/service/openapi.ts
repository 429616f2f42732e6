// Builds the OpenAPI document from the routes; every route includes its operation.
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Route } from './route.ts';
import { version } from './version.ts';

const DESCRIPTION = `Sends records of intramuscular stimulation (dry needling) to FHIR servers and reads
them back. Errors are problem details (RFC 9457) with a stable \`code\`, or OperationOutcome under /fhir.
Error responses and logs contain codes and paths, never a patient's data. A request from another
machine needs an API key.`;

const keys = {
  bearer: { type: 'http', scheme: 'bearer' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
} as const;

/** The OpenAPI 3.1 document of `routes`. URLs are relative to the document. */
export function openApi(routes: readonly Route[]): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const { method, path, operation } of routes) {
    const template = path.replace(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method]: operation };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'ims-fhir',
      version,
      description: DESCRIPTION.replace(/\n/g, ' '),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: './' }],
    security: [{ bearer: [] }, { apiKey: [] }, {}],
    components: { securitySchemes: keys },
    paths,
  });
}
