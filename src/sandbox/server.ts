// The HTTP server of the sandbox.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  badRequest,
  contentTooLarge,
  getStatus,
  serverError,
  unsupportedMediaType,
} from '@medplum/core';
import type { OperationOutcome } from '@medplum/fhirtypes';
import express, { type NextFunction, type Request, type Response } from 'express';
import { AdapterError } from '../errors.ts';
import { etagOf, FHIR_JSON, isOfType } from '../fhir/resource.ts';
import { Engine } from './engine.ts';
import type { Interaction, InteractionResponse } from './interactions.ts';
import type { Fault, Sandbox, SandboxOptions, SandboxRequest } from './options.ts';

const JSON_TYPES = [FHIR_JSON, 'application/json', 'application/json-patch+json'];
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** Starts the server; `createSandbox` has checked the host. */
export async function startServer(options: SandboxOptions): Promise<Sandbox> {
  const engine = new Engine(options);
  const host = options.host ?? '127.0.0.1';
  const server = createApp(engine, options).listen(options.port ?? 0, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const text =
      'The sandbox cannot listen on this port: choose another one, or 0 for any free port.';
    throw new AdapterError('invalid-config', text, { cause });
  }
  const { port } = server.address() as AddressInfo;
  engine.base = `http://${host === '::1' ? '[::1]' : host}:${port}/fhir`;
  return {
    base: engine.base,
    counts: engine.counts,
    resources: (type) => engine.resources(type),
    clear: () => engine.clear(),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      engine.clear();
    },
  };
}

function createApp(engine: Engine, options: SandboxOptions): express.Express {
  const app = express();
  const limit = options.maxBodyBytes ?? 16 * 1024 * 1024;
  app.disable('x-powered-by');
  app.disable('etag');
  // DNS rebinding: a web page could reach loopback under its own host name.
  app.use((request, response, next) => {
    if (LOOPBACK.test(request.headers.host ?? '')) return next();
    sendOutcome(response, badRequest('The Host header must be a loopback name.'));
  });
  app.use(express.json({ type: JSON_TYPES, limit }));
  app.use(express.text({ type: 'application/x-www-form-urlencoded', limit }));
  app.use('/fhir', (request, response) => serve({ engine, options }, request, response));
  app.use((_request, response) =>
    sendOutcome(response, badRequest('The base of the FHIR service is /fhir.')),
  );
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    sendOutcome(response, outcomeOf(error));
  });
  return app;
}

async function serve(
  { engine, options }: { engine: Engine; options: SandboxOptions },
  request: Request,
  response: Response,
): Promise<void> {
  const { method, body } = request;
  const url = request.url.replace(/^\//, '');
  const forHooks: SandboxRequest = { method, url, body };
  const faultBefore = await options.beforeHandling?.(forHooks);
  if (faultBefore) return injectFault(response, faultBefore);
  const isUnreadable = body === undefined && Number(request.headers['content-length'] ?? 0) > 0;
  const result = isUnreadable
    ? failed(unsupportedMediaType)
    : await engine.handle(readRequest(request, url));
  const faultAfter = await options.beforeResponse?.(forHooks);
  if (faultAfter) return injectFault(response, faultAfter);
  send(response, result, { base: engine.base, prefer: request.headers.prefer });
}

function readRequest({ method, body, headers }: Request, url: string): Interaction {
  return {
    method,
    url: url.startsWith('?') ? '' : url,
    body,
    ifMatch: headers['if-match'],
    ifNoneExist: headers['if-none-exist'] as string | undefined,
  };
}

function send(
  response: Response,
  { status, resource, outcome }: InteractionResponse,
  { base, prefer }: { base: string; prefer: string | string[] | undefined },
): void {
  const { id, meta, resourceType } = resource ?? {};
  if (id !== undefined && meta?.versionId !== undefined && meta.lastUpdated !== undefined) {
    response.set('ETag', etagOf(meta.versionId));
    response.set('Last-Modified', new Date(meta.lastUpdated).toUTCString());
    if (status === 201) {
      response.set('Location', `${base}/${resourceType}/${id}/_history/${meta.versionId}`);
    }
  }
  const isMinimal = String(prefer).includes('return=minimal') && status < 300;
  response.status(status).type(FHIR_JSON);
  if (isMinimal && !isOfType(resource, 'Bundle')) response.end();
  else response.send(JSON.stringify(resource ?? outcome));
}

function injectFault(response: Response, fault: Fault): void {
  if (fault.kind === 'cut') {
    response.socket?.destroy();
    return;
  }
  response
    .status(fault.status)
    .set({ ...fault.headers })
    .send(fault.body ?? '');
}

function failed(outcome: OperationOutcome): InteractionResponse {
  return { status: getStatus(outcome), outcome, resource: outcome };
}

function sendOutcome(response: Response, outcome: OperationOutcome): void {
  response.status(getStatus(outcome)).type(FHIR_JSON).send(JSON.stringify(outcome));
}

/** The outcome of an error of the body parser, or of any other error. */
function outcomeOf(error: unknown): OperationOutcome {
  const status = error instanceof Error && 'status' in error ? error.status : 500;
  if (status === 413) return contentTooLarge('The body is too large.');
  if (status === 415) return unsupportedMediaType;
  return status === 400
    ? badRequest('The body must be JSON.')
    : serverError(new Error('Internal error of the sandbox.'));
}
