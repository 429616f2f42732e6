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
import type { Answer, Interaction } from './interactions.ts';
import type { Fault, Sandbox, SandboxOptions, SandboxRequest } from './options.ts';

const JSON_TYPES = [FHIR_JSON, 'application/json', 'application/json-patch+json'];
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** Starts the server of `createSandbox`, which has checked the host. */
export async function startServer(options: SandboxOptions): Promise<Sandbox> {
  const engine = new Engine(options);
  const host = options.host ?? '127.0.0.1';
  const server = appOf(engine, options).listen(options.port ?? 0, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const text = 'The sandbox cannot listen on this port: choose another, or 0 for any free one.';
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

function appOf(engine: Engine, options: SandboxOptions): express.Express {
  const app = express();
  const limit = options.maxBodyBytes ?? 16 * 1024 * 1024;
  app.disable('x-powered-by');
  app.disable('etag');
  // A page in a browser could reach loopback under a name of its own.
  app.use((request, response, next) => {
    if (LOOPBACK.test(request.headers.host ?? '')) return next();
    tell(response, badRequest('The sandbox answers to loopback names only.'));
  });
  app.use(express.json({ type: JSON_TYPES, limit }));
  app.use(express.text({ type: 'application/x-www-form-urlencoded', limit }));
  app.use('/fhir', (request, response) => serve({ engine, options }, request, response));
  app.use((_request, response) => tell(response, badRequest('FHIR is under /fhir.')));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    tell(response, refusalOf(error));
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
  const seen: SandboxRequest = { method, url, body };
  const early = await options.beforeWork?.(seen);
  if (early) return disturb(response, early);
  const unread = body === undefined && Number(request.headers['content-length'] ?? 0) > 0;
  const answer = unread
    ? refused(unsupportedMediaType)
    : await engine.handle(readRequest(request, url));
  const late = await options.beforeAnswer?.(seen);
  if (late) return disturb(response, late);
  send(response, answer, { base: engine.base, prefer: request.headers.prefer });
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
  { status, resource, outcome }: Answer,
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
  const minimal = String(prefer).includes('return=minimal') && status < 300;
  response.status(status).type(FHIR_JSON);
  if (minimal && !isOfType(resource, 'Bundle')) response.end();
  else response.send(JSON.stringify(resource ?? outcome));
}

function disturb(response: Response, fault: Fault): void {
  if (fault.kind === 'cut') {
    response.socket?.destroy();
    return;
  }
  response
    .status(fault.status)
    .set({ ...fault.headers })
    .send(fault.body ?? '');
}

function refused(outcome: OperationOutcome): Answer {
  return { status: getStatus(outcome), outcome, resource: outcome };
}

function tell(response: Response, outcome: OperationOutcome): void {
  response.status(getStatus(outcome)).type(FHIR_JSON).send(JSON.stringify(outcome));
}

/** What the body parser throws, and anything unforeseen. */
function refusalOf(error: unknown): OperationOutcome {
  const status = error instanceof Error && 'status' in error ? error.status : 500;
  if (status === 413) return contentTooLarge('The body is too large.');
  if (status === 415) return unsupportedMediaType;
  return status === 400
    ? badRequest('The body is not JSON.')
    : serverError(new Error('The sandbox failed.'));
}
