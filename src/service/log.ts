// One line a request: route, status, time, id. Never a body, a query, a path's values or a header:
// all of them can name a patient.
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { type HttpLogger, pinoHttp } from 'pino-http';
import { AdapterError } from '../errors.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Logs each answered request and gives it an id, told as X-Request-Id; a caller's UUID is kept. */
export function requestLog(logger: Logger): RequestHandler {
  const log: HttpLogger<Request, Response> = pinoHttp({
    logger,
    wrapSerializers: false,
    // pino-http writes out the whole request for a logger that nobody uses here: nothing of it, then.
    serializers: { err: errorFacts, req: () => undefined },
    genReqId: requestId,
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'requestId', responseTime: 'ms' },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customSuccessObject: (request, response, { ms }) => facts(request, response, { ms }),
    customErrorObject: (request, response, _error, { ms }) =>
      facts(request, response, { ms, ...(response.err ? { err: response.err } : {}) }),
  });
  return log;
}

/** What may be told of an error: its codes and where it arose, never a text that may quote data. */
export function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const own = error instanceof AdapterError;
  return {
    name: error.name,
    ...(own ? { code: error.code, retry: error.retry, message: error.message } : {}),
    stack: error.stack?.split('\n').filter((line) => /^\s+at /.test(line)),
    ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }),
  };
}

function requestId(request: Request, response: Response): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && UUID.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}

function facts(request: Request, response: Response, more: object): object {
  const route = typeof request.route?.path === 'string' ? request.route.path : 'none';
  return {
    method: request.method,
    route,
    status: response.statusCode,
    ...(response.writableFinished ? {} : { aborted: true }),
    ...more,
  };
}
