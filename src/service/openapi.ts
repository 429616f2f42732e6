// The service described by its own routes: a route without its page cannot be written.
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Route } from './route.ts';
import { version } from './version.ts';

const DESCRIPTION = `Records of intramuscular stimulation (dry needling) go to FHIR servers and come
back. Errors are problem details (RFC 9457) with a stable \`code\`, OperationOutcome under /fhir.
No answer to a failed request, no log line and no address holds a patient's value, only codes and
paths. On a machine of one's own no key is needed; elsewhere each request brings one.`;

const keys = {
  bearer: { type: 'http', scheme: 'bearer' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
} as const;

/** The OpenAPI 3.1 document of `routes`; their addresses are relative to the document. */
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
