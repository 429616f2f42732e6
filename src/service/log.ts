// Logs one line per request: route, status, time and id. Never a body, query, path parameter or header:
// all of them can identify a patient.
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { type HttpLogger, pinoHttp } from 'pino-http';
import { AdapterError } from '../errors.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Logs each request and assigns its id, returned as X-Request-Id; a UUID sent by the caller is kept. */
export function requestLog(logger: Logger): RequestHandler {
  const log: HttpLogger<Request, Response> = pinoHttp({
    logger,
    wrapSerializers: false,
    // pino-http would serialize the whole request for request.log, which is not used here.
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

/** What is logged about an error: codes and stack, never a message that may quote data. */
export function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const isOurs = error instanceof AdapterError;
  return {
    name: error.name,
    ...(isOurs ? { code: error.code, retry: error.retry, message: error.message } : {}),
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

function facts(request: Request, response: Response, extra: object): object {
  const route = typeof request.route?.path === 'string' ? request.route.path : 'none';
  return {
    method: request.method,
    route,
    status: response.statusCode,
    ...(response.writableFinished ? {} : { aborted: true }),
    ...extra,
  };
}
