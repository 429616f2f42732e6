// Documentation of the service: the OpenAPI document, a page that shows it, and the JSON Schema of a
// record. The page loads nothing from other hosts.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { recordJsonSchema } from '../../ims/schema/json-schema.ts';
import { openApi } from '../openapi.ts';
import { RequestProblem } from '../problem.ts';
import type { Route } from '../route.ts';

// The files of Swagger UI, but not from its own package, which reports every installation to a third party.
const ASSETS = fileURLToPath(new URL('static/', import.meta.resolve('@fastify/swagger-ui')));
const ASSET_NAMES = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ims-fhir</title>
<link rel="icon" href="favicon-32x32.png">
<link rel="stylesheet" href="swagger-ui.css">
</head>
<body>
<div id="page"></div>
<script src="swagger-ui-bundle.js"></script>
<script src="start.js"></script>
</body>
</html>
`;

// validatorUrl: otherwise the page would send the address of the document to a public service.
const START = `SwaggerUIBundle({
  url: '../openapi.json',
  dom_id: '#page',
  deepLinking: true,
  validatorUrl: null,
});
`;

/** `GET /openapi.json`, `/docs`, `/docs/:file` and `/schema/ims-record-1.json`, given all other routes. */
export function docRoutes(others: readonly Route[]): Route[] {
  let document: string | undefined;
  const openapi: RequestHandler = (_request, response) => {
    document ??= JSON.stringify(openApi([...others, ...routes]));
    response.type('application/json').send(document);
  };
  const routes: Route[] = [
    { method: 'get', path: '/openapi.json', operation: operations.openapi, handlers: [openapi] },
    { method: 'get', path: '/docs', operation: operations.docs, handlers: [page] },
    { method: 'get', path: '/docs/:file', operation: operations.file, handlers: [file] },
    {
      method: 'get',
      path: '/schema/ims-record-1.json',
      operation: operations.schema,
      handlers: [schema],
    },
  ];
  return routes;
}

const page: RequestHandler = (request, response) => {
  // The page uses relative URLs, so that it also works behind a proxy with a path prefix.
  if (request.path.endsWith('/')) response.type('html').send(PAGE);
  else response.redirect(301, 'docs/');
};

const file: RequestHandler = (request, response) => {
  const { file: name } = request.params;
  if (name === 'start.js') {
    response.type('js').send(START);
  } else if (typeof name === 'string' && ASSET_NAMES.has(name)) {
    response.sendFile(join(ASSETS, name), { dotfiles: 'allow' });
  } else {
    throw new RequestProblem('not-found', 'The page has no such file.');
  }
};

const schema: RequestHandler = (_request, response) => {
  response.type('application/schema+json').send(JSON.stringify(recordJsonSchema()));
};

const json = z.looseObject({}).meta({ description: 'A JSON document' });
const tags = ['about'];
const html = { 'text/html': { schema: { type: 'string' } } } as const;
const operations = {
  openapi: {
    operationId: 'openApi',
    tags,
    summary: 'This document',
    responses: {
      200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: json } } },
    },
  },
  docs: {
    operationId: 'docs',
    tags,
    summary: 'This document as a page',
    responses: { 200: { description: 'The page', content: html } },
  },
  file: {
    operationId: 'docsFile',
    tags,
    summary: 'Scripts and styles of the page',
    requestParams: { path: z.object({ file: z.string() }) },
    responses: { 200: { description: 'The file' } },
  },
  schema: {
    operationId: 'recordSchema',
    tags,
    summary: 'JSON Schema of the record',
    responses: {
      200: {
        description: 'Draft 2020-12',
        content: { 'application/schema+json': { schema: json } },
      },
    },
  },
} satisfies Record<string, Route['operation']>;
