import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Adapter, createAdapter } from '../../src/adapter.ts';
import type { Fault } from '../../src/sandbox/options.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { accepted, aRecord } from '../records.ts';

let sandbox: Sandbox;
let adapter: Adapter;
/** What the server does instead of answering, by kind of request. */
let faults: { metadata?: Fault; lost?: Fault; before?: Fault };

beforeEach(async () => {
  faults = {};
  const isRoot = ({ method, url }: { method: string; url: string }) =>
    method === 'POST' && /^\/?$/.test(url);
  sandbox = await createSandbox({
    beforeHandling: async (request) =>
      /metadata/.test(request.url) ? faults.metadata : isRoot(request) ? faults.before : undefined,
    beforeResponse: async (request) => (isRoot(request) ? faults.lost : undefined),
  });
  const target = { name: 'emr', base: sandbox.base, auth: { kind: 'none' } } as const;
  adapter = await createAdapter({ store: { path: ':memory:' }, targets: [target] });
});

afterEach(async () => {
  await adapter.close();
  await sandbox.close();
});

const HTML: Fault = {
  kind: 'response',
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html><body>Log in</body></html>',
};
const EMPTY: Fault = { kind: 'response', status: 204 };
const TOO_FEW: Fault = {
  kind: 'response',
  status: 200,
  headers: { 'content-type': 'application/fhir+json' },
  body: JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: [{ response: { status: '201 Created', location: 'Patient/1' } }],
  }),
};

async function submit(): Promise<string> {
  const { results } = await adapter.submit([accepted(aRecord())]);
  return results[0]?.deliveries[0]?.id ?? '';
}

async function expectState(id: string, state: string, cause?: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const { state: now, cause: why } = (await adapter.delivery(id)) ?? {};
        return { state: now, cause: why };
      },
      { timeout: 20_000 },
    )
    .toEqual({ state, cause });
}

describe('a FHIR server', () => {
  it.each([
    ['HTML with 200', HTML],
    ['204 and nothing', EMPTY],
    ['fewer entries than asked', TOO_FEW],
    ['a cut connection', { kind: 'cut' } as const],
  ])('that answers with %s gets the record again, and stores it once', async (_, fault) => {
    faults = { lost: fault };
    const id = await submit();
    await expectState(id, 'queued', 'unknown-outcome');
    faults = {};
    await expectState(id, 'delivered');
    expect(sandbox.resources('Encounter')).toHaveLength(1);
    expect(sandbox.resources('Provenance')).toHaveLength(1);
  });

  it.each([
    ['has no metadata', { kind: 'response', status: 404 } as const],
    ['answers its metadata in HTML', HTML],
  ])('that %s holds the delivery with a reason', async (_, fault) => {
    faults = { metadata: fault };
    const id = await submit();
    await expectState(id, 'held', 'capability');
    const [first] = (await adapter.delivery(id))?.issues ?? [];
    expect(first?.message).toMatch(/FHIR/);
    expect(sandbox.resources()).toEqual([]);
  });

  it('that throttles gets the record again after its Retry-After', async () => {
    faults = { before: { kind: 'response', status: 429, headers: { 'retry-after': '1' } } };
    const id = await submit();
    await expectState(id, 'queued', 'throttled');
    faults = {};
    await expectState(id, 'delivered');
  });

  it('that rejects the record ends the delivery; the reasons are codes only', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [
        { severity: 'error', code: 'business-rule', diagnostics: 'Invented Person is unknown' },
      ],
    };
    faults = {
      before: {
        kind: 'response',
        status: 422,
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify(outcome),
      },
    };
    const id = await submit();
    await expectState(id, 'rejected', 'refused');
    const issues = JSON.stringify((await adapter.delivery(id))?.issues);
    expect(issues).toContain('business-rule');
    expect(issues).not.toContain('Invented Person');
  });
});
