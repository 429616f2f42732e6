import { Writable } from 'node:stream';
import type { Express } from 'express';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { type Adapter, type AdapterSettings, createAdapter, policyOf } from '../../src/adapter.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { createService, type ServiceOptions } from '../../src/service/service.ts';

/** A service with a real adapter and a real FHIR server in memory. */
export interface Harness {
  readonly app: Express;
  readonly adapter: Adapter;
  readonly sandbox: Sandbox;
  /** Lines of the log so far. */
  readonly log: readonly string[];
}

/** Starts a harness that is closed after the test file. */
export async function startHarness(
  options: Partial<Omit<ServiceOptions, 'adapter' | 'logger'>> = {},
  settings: Pick<AdapterSettings, 'policy'> = {},
): Promise<Harness> {
  const sandbox = await createSandbox();
  const adapter = await createAdapter({
    ...settings,
    store: { path: ':memory:' },
    targets: [
      { name: 'first', base: sandbox.base, auth: { kind: 'none' } },
      // Nothing listens on port 1: deliveries to it stay queued.
      { name: 'gone', base: 'http://127.0.0.1:1/fhir', auth: { kind: 'none' }, timeoutMs: 1000 },
    ],
  });
  afterAll(async () => {
    await adapter.close({ graceMs: 0 });
    await sandbox.close();
  });
  const { logger, log } = logSpy();
  return { app: createService({ adapter, logger, ...options }), adapter, sandbox, log };
}

/** A logger that collects its lines. */
export function logSpy() {
  const log: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log.push(String(chunk));
      done();
    },
  });
  return { logger: pino({ level: 'debug' }, stream), log };
}

/** An adapter whose functions fail with `error`, for failures that are hard to cause in a real one. */
export function failingAdapter(error: Error, parts: Partial<Adapter> = {}): Adapter {
  const fail = () => Promise.reject(error);
  return {
    targets: ['first'],
    policy: policyOf({}),
    submit: fail,
    waitUntilSettled: fail,
    delivery: fail,
    pull: fail,
    search: fail,
    ready: () => Promise.resolve(false),
    idle: () => Promise.resolve(),
    close: () => Promise.resolve(),
    ...parts,
  };
}
