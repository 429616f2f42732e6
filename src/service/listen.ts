// The service on a port, from the first request to an orderly end.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AdapterError } from '../errors.ts';
import { isLoopback } from './access.ts';
import { createLifecycle } from './lifecycle.ts';
import { createService, type ServiceOptions } from './service.ts';

/** A service that listens. */
export interface Listening {
  /** Its address, without a slash at its end. */
  readonly base: string;
  /** Lets requests under way end within `graceMs` (10 s) and stops; the adapter stays open. */
  close(options?: { graceMs?: number }): Promise<void>;
}

/** A body of 16 MB over a slow line. */
const REQUEST_TIMEOUT_MS = 120_000;
const GRACE_MS = 10_000;

/**
 * Starts the service on `host` and `port` (0 takes a free one). Throws AdapterError `invalid-config`
 * when others could reach it without a key, or when the port cannot be had.
 */
export async function listen(
  options: Omit<ServiceOptions, 'lifecycle'> & { host: string; port: number },
): Promise<Listening> {
  const { host, port, apiKey } = options;
  if (apiKey === undefined && !isLoopback(host)) {
    throw new AdapterError(
      'invalid-config',
      'Without IMS_FHIR_API_KEY the service listens on 127.0.0.1, ::1 or localhost only.',
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
      const why = `Cannot listen on port ${port} (${cause.code ?? 'no code'}); choose another one.`;
      reject(new AdapterError('invalid-config', why, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // Answers that were just written leave before their connections are cut.
    setTimeout(() => server.closeAllConnections(), 200).unref();
  });
}

function baseOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
