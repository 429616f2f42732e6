import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownIdentifier } from '../../src/mapping/resource-index.ts';
import type { Hook } from '../../src/sandbox/options.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { aRecord } from '../records.ts';
import { type ServiceProcess, startService } from './service-process.ts';

const TIMES = 10;

let dataDir: string;
let sandbox: Sandbox;
let service: ServiceProcess | undefined;
/** Hooks of a test before and after each transaction. */
let before: Hook = async () => {};
let after: Hook = async () => {};

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ims-fhir-crash-'));
  before = async () => {};
  after = async () => {};
  const isWrite = ({ method, url }: { method: string; url: string }) =>
    method === 'POST' && /^\/?$/.test(url);
  sandbox = await createSandbox({
    beforeHandling: async (request) => (isWrite(request) ? before(request) : undefined),
    beforeResponse: async (request) => (isWrite(request) ? after(request) : undefined),
  });
});

afterEach(async () => {
  await service?.kill();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function post({ base }: ServiceProcess, recordId: string): Promise<string> {
  const answer = await fetch(`${base}/v1/records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(aRecord({ recordId })),
  });
  expect(answer.status).toBe(202);
  const body = (await answer.json()) as { results: { deliveries: { id: string }[] }[] };
  return body.results[0]?.deliveries[0]?.id ?? '';
}

/** Polls until the record is delivered: the time is up to the service, and nothing else reports it. */
async function delivered({ base }: ServiceProcess, id: string): Promise<void> {
  await expect
    .poll(
      async () =>
        ((await (await fetch(`${base}/v1/deliveries/${id}`)).json()) as { state: string }).state,
      {
        timeout: 20_000,
        interval: 25,
      },
    )
    .toBe('delivered');
}

function expectOnce(recordIds: readonly string[]): void {
  const values = sandbox.resources().map(ownIdentifier);
  expect(new Set(values).size).toBe(values.length);
  expect(sandbox.resources('Encounter')).toHaveLength(recordIds.length);
  expect(sandbox.resources('Provenance')).toHaveLength(recordIds.length);
  expect(sandbox.resources('Patient')).toHaveLength(1);
}

function signal() {
  return Promise.withResolvers<void>();
}

describe('a service killed', () => {
  it(`between accept and claim, ${TIMES} times, delivers every accepted record once`, async () => {
    const accepted: string[] = [];
    for (let round = 0; round < TIMES; round++) {
      service = await startService({ dataDir, target: sandbox.base });
      // The first of each pair is stuck at the server and blocks its ordering key, so the second is
      // accepted but not claimed when the service is killed.
      const arrived = signal();
      before = async () => {
        arrived.resolve();
        await new Promise(() => {});
      };
      const first = `stuck-${round}`;
      await post(service, first);
      await arrived.promise;
      await post(service, `waiting-${round}`);
      accepted.push(first, `waiting-${round}`);
      await service.kill();
      before = async () => {};
      service = await startService({ dataDir, target: sandbox.base });
      await delivered(service, await post(service, `waiting-${round}`));
      await service.kill();
    }
    expectOnce(accepted);
  });

  it(`during the POST, ${TIMES} times, stores each record once although the lost request arrives`, async () => {
    const accepted: string[] = [];
    for (let round = 0; round < TIMES; round++) {
      service = await startService({ dataDir, target: sandbox.base });
      const arrived = signal();
      const gone = signal();
      before = async () => {
        arrived.resolve();
        await gone.promise;
      };
      const recordId = `posted-${round}`;
      const id = await post(service, recordId);
      accepted.push(recordId);
      await arrived.promise;
      await service.kill();
      before = async () => {};
      // The request is carried out after its sender was killed.
      gone.resolve();
      service = await startService({ dataDir, target: sandbox.base });
      await delivered(service, id);
      await service.kill();
    }
    expectOnce(accepted);
  });

  it(`between POST and settle, ${TIMES} times, writes nothing twice`, async () => {
    const accepted: string[] = [];
    for (let round = 0; round < TIMES; round++) {
      service = await startService({ dataDir, target: sandbox.base });
      const done = signal();
      after = async () => {
        done.resolve();
        await new Promise(() => {});
      };
      const recordId = `written-${round}`;
      const id = await post(service, recordId);
      accepted.push(recordId);
      await done.promise;
      const before = sandbox.resources().length;
      await service.kill();
      after = async () => {};
      service = await startService({ dataDir, target: sandbox.base });
      await delivered(service, id);
      expect(sandbox.resources()).toHaveLength(before);
      await service.kill();
    }
    expectOnce(accepted);
  });
});
