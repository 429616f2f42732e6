// From the order to stop to the last answer: new requests are refused, those under way may end.
import type { Request, RequestHandler, Response } from 'express';
import { AdapterError } from '../errors.ts';
import { sendProblem } from './problem.ts';

/** Knows the requests under way and whether the service is stopping. */
export interface Lifecycle {
  isStopping(): boolean;
  /** First of all handlers. */
  readonly track: RequestHandler;
  /** Refuses what comes from now on; resolves when nothing is under way, at the latest after `graceMs`. */
  drain(graceMs: number): Promise<void>;
}

/** Asked by supervisors while the service stops. */
const ANSWERED_WHILE_STOPPING = new Set(['/healthz', '/readyz']);

/** The lifecycle of one service. */
export function createLifecycle(): Lifecycle {
  const active = new Map<Response, Request>();
  let stopping = false;
  let ended: () => void = () => undefined;

  const track: RequestHandler = (request, response, next) => {
    active.set(response, request);
    response.once('close', () => {
      active.delete(response);
      if (active.size === 0) ended();
    });
    if (!stopping) return next();
    response.set('Connection', 'close');
    next(ANSWERED_WHILE_STOPPING.has(request.path) ? undefined : stoppingError());
  };

  async function drain(graceMs: number): Promise<void> {
    stopping = true;
    if (active.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      ended = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    for (const [response, request] of active) {
      if (!response.headersSent) sendProblem(request, response, stoppingError());
    }
  }
  return { isStopping: () => stopping, track, drain };
}

function stoppingError(): AdapterError {
  return new AdapterError(
    'shutting-down',
    'The service is stopping. Send the request again: what was kept already is answered as duplicate.',
    { retry: 'unknown' },
  );
}
