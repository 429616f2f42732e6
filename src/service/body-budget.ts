// How many bytes of bodies the service holds at once. Each body is limited by its route; without a
// limit over all of them a few dozen large requests would end the process.
import type { Request, RequestHandler } from 'express';
import { LARGEST_BODY } from './body.ts';
import { RequestProblem } from './problem.ts';

/** Bytes of bodies that requests may hold together: eight of the largest, or thousands of visits. */
export const MAX_BYTES_IN_FLIGHT = 8 * LARGEST_BODY;

/**
 * Counts the body of each request from its headers on until its response is sent or its connection
 * closes, and refuses with 503 what would exceed `maxBytes` together with the bodies counted then.
 */
export function limitBytesInFlight(maxBytes: number): RequestHandler {
  let held = 0;
  return (request, response, next) => {
    const size = sizeOf(request);
    if (size === 0) return next();
    if (held + size > maxBytes) {
      return next(
        new RequestProblem('overloaded', 'Too many large requests; send it again later.'),
      );
    }
    held += size;
    response.once('close', () => {
      held -= size;
    });
    next();
  };
}

/** The most that a body may come to; a compressed one or one of unknown length may be the largest. */
function sizeOf({ headers }: Request): number {
  if (headers['transfer-encoding'] !== undefined) return LARGEST_BODY;
  const length = Number(headers['content-length'] ?? 0);
  const isCompressed = length > 0 && (headers['content-encoding'] ?? 'identity') !== 'identity';
  // What is larger is refused unread.
  return isCompressed ? LARGEST_BODY : Math.min(length, LARGEST_BODY);
}
