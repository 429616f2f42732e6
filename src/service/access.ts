// Access control: with an API key every caller that sends it, without one only callers on this machine.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { AdapterError } from '../errors.ts';
import { RequestProblem } from './problem.ts';

/** Paths without patient data that supervisors call without a key. */
const OPEN_PATHS = new Set(['/healthz', '/readyz']);

/** True for the loopback names and addresses, which never refer to another machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

/**
 * Accepts only requests with `apiKey` as bearer token or in X-API-Key. Throws AdapterError
 * `invalid-config` for an empty key, which every request would match.
 */
export function requireKey(apiKey: string): RequestHandler {
  if (apiKey === '') throw new AdapterError('invalid-config', 'The API key must not be empty.');
  const expected = digest(apiKey);
  return (request, _response, next) => {
    const given = keyOf(request);
    const isAllowed =
      OPEN_PATHS.has(request.path) || timingSafeEqual(digest(given ?? ''), expected);
    if (isAllowed) return next();
    const message = given === undefined ? 'The API key is missing.' : 'The API key is not valid.';
    next(new RequestProblem('unauthorized', `${message} Send Authorization: Bearer <key>.`));
  };
}

/**
 * Rejects requests whose Host header is not a loopback name. Otherwise a web page whose domain resolves
 * to 127.0.0.1 (DNS rebinding) could read charts through the browser.
 */
export const requireLoopbackHost: RequestHandler = (request, _response, next) => {
  const [, host] = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(request.headers.host ?? '') ?? [];
  if (host !== undefined && isLoopback(host)) return next();
  next(
    new RequestProblem(
      'wrong-host',
      'Without IMS_FHIR_API_KEY the Host header must be localhost or a loopback address.',
    ),
  );
};

function keyOf(request: Request): string | undefined {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? request.get('x-api-key');
}

// Digests have equal length, which the constant-time comparison requires.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
