import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Adapter, createAdapter } from '../../src/adapter.ts';
import { normalForm } from '../../src/ims/records/normal-form.ts';
import { visitOrder } from '../../src/ims/records/visit-order.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { identifiersOf, ownIdentifier } from '../../src/mapping/resource-index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { arbitraryVisits } from '../arbitraries/record.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 30);
const faults: unknown[] = [];
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

async function withAdapter<T>(work: (adapter: Adapter) => Promise<T>): Promise<T> {
  sandbox.clear();
  const target = {
    name: 'emr',
    base: sandbox.base,
    auth: { kind: 'none' },
    drafts: 'deliver',
  } as const;
  const adapter = await createAdapter({
    store: { path: ':memory:' },
    targets: [target],
    onError: (error) => faults.push(error),
  });
  try {
    return await work(adapter);
  } finally {
    await adapter.close();
  }
}

/** Sends a record; true if it was delivered, false while it waits for its screening. */
async function send(adapter: Adapter, record: ImsRecord): Promise<boolean> {
  const answer = await adapter.submit([{ ok: true, record, issues: [] }], { waitMs: 20_000 });
  const [delivery] = answer.results[0]?.deliveries ?? [];
  const view = await adapter.delivery(delivery?.id ?? '');
  expect(view?.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(['delivered', 'superseded', 'held']).toContain(delivery?.state);
  return delivery?.state === 'delivered';
}

/** A record without injuries of staff, which are never sent. */
function sentPart({ staffEvents, ...rest }: ImsRecord): ImsRecord {
  return rest;
}

/** The last revision of each record, in the order of arrival. */
function lastRevisions(records: readonly ImsRecord[]): ImsRecord[] {
  const last = new Map<string, ImsRecord>();
  for (const record of records) {
    const known = last.get(record.recordId);
    if (known === undefined || known.revision < record.revision) last.set(record.recordId, record);
  }
  return [...last.values()];
}

function expectNoDuplicates(): void {
  const values = sandbox.resources().map(ownIdentifier);
  expect(values).not.toContain(undefined);
  expect(new Set(values).size).toBe(values.length);
}

describe('visits and revisions on one server', () => {
  it('are read back as their last revisions, without duplicate resources', async () => {
    const property = fc.asyncProperty(arbitraryVisits(), (records) =>
      withAdapter(async (adapter) => {
        const delivered = new Set<ImsRecord>();
        for (const record of records) if (await send(adapter, record)) delivered.add(record);
        for (const record of lastRevisions(records).filter((one) => delivered.has(one))) {
          const { source, recordId, status } = record;
          const pulled = await adapter.pull({ source, recordId });
          if (status === 'entered-in-error') {
            expect(pulled?.record?.status ?? status).toBe(status);
            continue;
          }
          expect(pulled?.issues).toEqual([]);
          expect(pulled?.record && normalForm(pulled.record)).toBe(normalForm(sentPart(record)));
        }
        expectNoDuplicates();
      }),
    );
    await fc.assert(property, { numRuns: RUNS });
    expect(faults).toEqual([]);
  });

  it('stay unchanged when everything is sent again', async () => {
    const property = fc.asyncProperty(arbitraryVisits(), (records) =>
      withAdapter(async (adapter) => {
        for (const record of records) await send(adapter, record);
        const before = JSON.stringify(sandbox.resources());
        for (const record of records) await send(adapter, record);
        expect(JSON.stringify(sandbox.resources())).toBe(before);
      }),
    );
    await fc.assert(property, { numRuns: Math.ceil(RUNS / 3) });
  });

  it('share resources that follow the latest visit in any order of arrival', async () => {
    const property = fc.asyncProperty(
      arbitraryVisits(),
      fc.infiniteStream(fc.nat()),
      (records, order) =>
        withAdapter(async (adapter) => {
          const visits = lastRevisions(records).filter(
            ({ status }) => status !== 'entered-in-error',
          );
          const shuffled = visits
            .map((record) => ({ record, at: order.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ record }) => record);
          for (const record of shuffled) await send(adapter, record);
          const sent = shuffled.filter(
            ({ session }) => session?.screening?.basis !== 'other-record',
          );
          const latest = sent.toSorted((a, b) => (visitOrder(a) < visitOrder(b) ? -1 : 1)).at(-1);
          const held = shuffled.length !== sent.length;
          if (held || latest?.episode?.complaints === undefined) return;
          for (const condition of sandbox.resources('Condition')) {
            const value = identifiersOf(condition)[0]?.value ?? '';
            // The other Conditions are working diagnoses and complications.
            if (!value.includes('-cond-')) continue;
            const key = value.slice('e-'.length + 16 + '-cond-'.length);
            const charted = latest.episode.complaints.find((complaint) => complaint.key === key);
            expect(charted).toBeDefined();
            expect(JSON.stringify(condition)).toContain(JSON.stringify(latest.recordId));
          }
        }),
    );
    await fc.assert(property, { numRuns: Math.ceil(RUNS / 2) });
  });
});
