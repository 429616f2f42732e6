// Graceful shutdown: new requests are rejected, running ones may finish.
import type { Request, RequestHandler, Response } from 'express';
import { AdapterError } from '../errors.ts';
import { sendProblem } from './problem.ts';

/** Tracks the running requests and whether the service is stopping. */
export interface Lifecycle {
  isStopping(): boolean;
  /** Must be the first of all handlers. */
  readonly track: RequestHandler;
  /** Rejects new requests; resolves when no request is running, at the latest after `graceMs`. */
  drain(graceMs: number): Promise<void>;
}

/** Paths that supervisors call while the service is stopping. */
const OPEN_WHILE_STOPPING = new Set(['/healthz', '/readyz']);

/** The lifecycle of one service. */
export function createLifecycle(): Lifecycle {
  const running = new Map<Response, Request>();
  let isStopping = false;
  let onIdle: () => void = () => undefined;

  const track: RequestHandler = (request, response, next) => {
    running.set(response, request);
    response.once('close', () => {
      running.delete(response);
      if (running.size === 0) onIdle();
    });
    if (!isStopping) return next();
    response.set('Connection', 'close');
    next(OPEN_WHILE_STOPPING.has(request.path) ? undefined : stoppingError());
  };

  async function drain(graceMs: number): Promise<void> {
    isStopping = true;
    if (running.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    for (const [response, request] of running) {
      if (!response.headersSent) sendProblem(request, response, stoppingError());
    }
  }
  return { isStopping: () => isStopping, track, drain };
}

function stoppingError(): AdapterError {
  return new AdapterError(
    'shutting-down',
    'The service is stopping. Send the request again later: records that were stored are reported as duplicates.',
    { retry: 'unknown' },
  );
}
