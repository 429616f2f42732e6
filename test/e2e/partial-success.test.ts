import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { Bundle, BundleEntry, Flag, Observation, Patient } from '@medplum/fhirtypes';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAdapter, type DeliveryView } from '../../src/adapter.ts';
import { RECORD_SYSTEM } from '../../src/fhir/canonical.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { accepted, aRecord, type Json, onDay } from '../records.ts';

let sandbox: Sandbox;
let folder: string;
/** Changes a transaction before it is handled, and its answer. */
let server: { send(bundle: Bundle): Bundle; answer(answer: Bundle, sent: Bundle): Bundle };
let base: string;

const plain: typeof server = { send: (bundle) => bundle, answer: (answer) => answer };
const proxy = createServer((request, response) => {
  const path = String(request.url).replace('/fhir', '');
  const forward = async () => {
    const sent = request.method === 'POST' ? ((await json(request)) as Bundle) : undefined;
    const answer = await fetch(`${sandbox.base}${path}`, {
      method: String(request.method),
      headers: { 'content-type': 'application/fhir+json', prefer: 'return=representation' },
      ...(sent === undefined ? {} : { body: JSON.stringify(server.send(sent)) }),
    });
    const body = (await answer.json()) as Bundle;
    const changed = sent === undefined || !answer.ok ? body : server.answer(body, sent);
    response
      .writeHead(answer.status, { 'content-type': 'application/fhir+json' })
      .end(JSON.stringify(changed));
  };
  forward().catch(() => response.destroy());
});

beforeAll(async () => {
  sandbox = await createSandbox();
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/fhir`;
});
afterAll(async () => {
  proxy.close();
  await sandbox.close();
});
beforeEach(() => {
  server = plain;
  sandbox.clear();
  folder = mkdtempSync(join(tmpdir(), 'ims-fhir-'));
  return () => rmSync(folder, { recursive: true });
});

const pregnant = { screening: { pregnancy: { answer: 'yes', status: 'pregnant' } } };
const pain = { assessment: { pain: [{ key: 'p', context: 'pain-current', value: 4 }] } };

async function send(members: Json): Promise<DeliveryView | undefined> {
  const read = accepted(aRecord({ ...onDay('01'), ...members }));
  const targets = [{ name: 'emr', base }];
  const adapter = await createAdapter({ store: { path: join(folder, 'data.sqlite') }, targets });
  try {
    const { results } = await adapter.submit([read], { waitMs: 20_000 });
    return await adapter.delivery(results[0]?.deliveries[0]?.id ?? '');
  } finally {
    await adapter.close();
  }
}

/** A server that runs transactions as batches, for a client that may not write resources of `type`. */
function withoutPermissionFor(type: string): typeof server {
  const isForbidden = ({ resource }: BundleEntry) => resource?.resourceType === type;
  return {
    send: (bundle) => ({
      ...bundle,
      entry: (bundle.entry ?? []).filter((entry) => !isForbidden(entry)),
    }),
    answer: (answer, sent) => {
      const results = [...(answer.entry ?? [])];
      const entry = (sent.entry ?? []).map((one) =>
        isForbidden(one) ? { response: { status: '403' } } : (results.shift() ?? {}),
      );
      return { ...answer, entry };
    },
  };
}

const flags = () => sandbox.resources('Flag').map((flag) => (flag as Flag).status);
const observations = () =>
  sandbox.resources('Observation').map((one) => (one as Observation).status);

describe('a delivery of which a part succeeded', () => {
  beforeEach(async () => {
    server = withoutPermissionFor('Provenance');
    const view = await send({ ...pregnant, ...pain });
    expect(view).toMatchObject({ state: 'rejected', cause: 'refused' });
    expect(flags()).toEqual(['active']);
    expect(observations().length).toBeGreaterThan(0);
    server = plain;
  });

  it('is retracted, its contraindications too', async () => {
    const view = await send({ revision: 2, status: 'entered-in-error' });
    expect(view).toMatchObject({ state: 'delivered', issues: [] });
    expect(new Set(flags())).toEqual(new Set(['entered-in-error']));
    expect(new Set(observations())).toEqual(new Set(['entered-in-error']));
  });

  it('is amended: what the next revision drops is retracted', async () => {
    const view = await send({ ...pregnant, revision: 2, status: 'amended' });
    expect(view).toMatchObject({ state: 'delivered' });
    expect(flags()).toEqual(['active']);
    expect(observations()).toContain('entered-in-error');
    expect(sandbox.resources('Provenance').length).toBeGreaterThan(0);
  });
});

describe('an answer of a server', () => {
  const entriesOf = (answer: Bundle, change: (entry: BundleEntry) => BundleEntry) => ({
    ...answer,
    entry: (answer.entry ?? []).map(change),
  });

  it('without ids is completed by a search for the identifiers', async () => {
    server = {
      ...plain,
      answer: (answer) => entriesOf(answer, () => ({ response: { status: '201' } })),
    };
    expect(await send({ ...pregnant, ...pain })).toMatchObject({ state: 'delivered' });
    server = plain;
    await send({ revision: 2, status: 'entered-in-error' });
    expect(new Set([...flags(), ...observations()])).toEqual(new Set(['entered-in-error']));
  });

  it('in another order is held against the identifiers', async () => {
    const isObservation = ({ resource }: BundleEntry) => resource?.resourceType === 'Observation';
    server = {
      ...plain,
      answer: (answer) => {
        const reversed = (answer.entry ?? []).filter(isObservation).reverse();
        return entriesOf(answer, (entry) =>
          isObservation(entry) ? (reversed.shift() ?? {}) : entry,
        );
      },
    };
    const two = [...pain.assessment.pain, { key: 'q', context: 'pain-worst', value: 9 }];
    await send({ assessment: { pain: two } });
    server = plain;
    await send({ ...pain, revision: 2, status: 'amended' });
    const left = (sandbox.resources('Observation') as Observation[]).filter(
      ({ status }) => status !== 'entered-in-error',
    );
    const scores = left
      .map(({ valueQuantity }) => valueQuantity?.value)
      .filter((n) => n === 4 || n === 9);
    expect(scores).toEqual([4]);
  });

  it('may have a Patient with our identifiers of two sources', async () => {
    await send(pain);
    const patient = sandbox.resources('Patient')[0] as Patient;
    const other = { system: RECORD_SYSTEM, value: 'p-aaaaaaaaaaaaaaaa-patient' };
    const identifier = [other, ...(patient.identifier ?? [])];
    const { status } = await fetch(`${sandbox.base}/Patient/${patient.id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ ...patient, identifier }),
    });
    expect(status).toBe(200);
    const view = await send({ ...pain, revision: 2, status: 'amended' });
    expect(view).toMatchObject({ state: 'delivered' });
  });
});
