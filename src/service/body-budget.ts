// Limits the bytes of all request bodies in memory. Each body is limited by its route; without a limit on
// their sum a few dozen large requests would exhaust the memory of the process.
import type { Request, RequestHandler } from 'express';
import { LARGEST_BODY } from './body.ts';
import { RequestProblem } from './problem.ts';

/** The sum of all bodies in memory: eight of the largest, or thousands of visits. */
export const MAX_BYTES_IN_FLIGHT = 8 * LARGEST_BODY;

const releases = new WeakMap<Request, () => void>();

/**
 * Counts the body of each request from its headers until it is released, its response is sent or its
 * connection closes. Rejects a request with 503 if its body would raise the sum above `maxBytes`.
 */
export function limitBytesInFlight(maxBytes: number): RequestHandler {
  let bytesInFlight = 0;
  return (request, response, next) => {
    const size = sizeOf(request);
    if (size === 0) return next();
    if (bytesInFlight + size > maxBytes) {
      return next(
        new RequestProblem(
          'overloaded',
          'Too many large requests at once; send the request again later.',
        ),
      );
    }
    bytesInFlight += size;
    const release = () => {
      if (releases.delete(request)) bytesInFlight -= size;
    };
    releases.set(request, release);
    response.once('close', release);
    next();
  };
}

/** Drops the body of a request that only waits for something from now on. */
export function releaseBody(request: Request): void {
  request.body = undefined;
  releases.get(request)?.();
}

/** The maximum size of a body. A compressed one, or one of unknown length, may be the largest. */
function sizeOf({ headers }: Request): number {
  if (headers['transfer-encoding'] !== undefined) return LARGEST_BODY;
  const length = Number(headers['content-length'] ?? 0);
  const isCompressed = length > 0 && (headers['content-encoding'] ?? 'identity') !== 'identity';
  // A larger body is rejected without being read.
  return isCompressed ? LARGEST_BODY : Math.min(length, LARGEST_BODY);
}
