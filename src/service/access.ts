// Who may call: with a key whoever sends it; without one this machine alone.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { AdapterError } from '../errors.ts';
import { RequestProblem } from './problem.ts';

/** Paths that say nothing of patients and that a supervisor asks without a key. */
const OPEN_PATHS = new Set(['/healthz', '/readyz']);

/** True for names and addresses of this machine that nobody else can claim. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

/**
 * Lets a request pass that brings `apiKey`, as bearer token or in X-API-Key. Throws AdapterError
 * `invalid-config` for an empty one, which would open every door.
 */
export function requireKey(apiKey: string): RequestHandler {
  if (apiKey === '') throw new AdapterError('invalid-config', 'The API key is empty.');
  const wanted = digest(apiKey);
  return (request, _response, next) => {
    const given = keyOf(request);
    const passes = OPEN_PATHS.has(request.path) || timingSafeEqual(digest(given ?? ''), wanted);
    if (passes) return next();
    const why = given === undefined ? 'brings no key' : 'brings a key that is not known here';
    next(new RequestProblem('unauthorized', `The request ${why}: Authorization: Bearer <key>.`));
  };
}

/**
 * Refuses requests that reached this machine under a name that is not its own: a web page whose
 * name was turned to 127.0.0.1 (DNS rebinding) could otherwise read charts from the browser.
 */
export const requireLoopbackHost: RequestHandler = (request, _response, next) => {
  const [, host] = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(request.headers.host ?? '') ?? [];
  if (host !== undefined && isLoopback(host)) return next();
  next(
    new RequestProblem(
      'wrong-host',
      'Without a key the service answers to localhost only; set IMS_FHIR_API_KEY to open it.',
    ),
  );
};

function keyOf(request: Request): string | undefined {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? request.get('x-api-key');
}

// Digests have one length, which the constant-time comparison needs.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
