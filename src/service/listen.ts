// Starts the service on a port and stops it gracefully.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AdapterError } from '../errors.ts';
import { isLoopback } from './access.ts';
import { createLifecycle } from './lifecycle.ts';
import { createService, type ServiceOptions } from './service.ts';

/** A running service. */
export interface RunningService {
  /** Its address, without a trailing slash. */
  readonly base: string;
  /** Lets running requests finish within `graceMs` (10 s) and stops. The adapter stays open. */
  close(options?: { graceMs?: number }): Promise<void>;
}

/** Enough for a body of 16 MB over a slow connection. */
const REQUEST_TIMEOUT_MS = 120_000;
const GRACE_MS = 10_000;

/**
 * Starts the service on `host` and `port` (0 for any free port). Throws AdapterError `invalid-config`
 * when other machines could reach it without a key, or when the port is not available.
 */
export async function listen(
  options: Omit<ServiceOptions, 'lifecycle'> & { host: string; port: number },
): Promise<RunningService> {
  const { host, port, apiKey } = options;
  if (apiKey === undefined && !isLoopback(host)) {
    throw new AdapterError(
      'invalid-config',
      'IMS_FHIR_API_KEY is required to listen on an address other than 127.0.0.1, ::1 or localhost.',
    );
  }
  const lifecycle = createLifecycle();
  const app = createService({ ...options, lifecycle });
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, app);
  await start(server, host, port);
  return {
    base: baseOf(server, host),
    async close({ graceMs = GRACE_MS } = {}) {
      await lifecycle.drain(graceMs);
      await stop(server);
    },
  };
}

async function start(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message = `Cannot listen on port ${port} (${cause.code ?? 'unknown error'}); choose another port.`;
      reject(new AdapterError('invalid-config', message, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // Gives responses that were just written the time to leave.
    setTimeout(() => server.closeAllConnections(), 200).unref();
  });
}

function baseOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
