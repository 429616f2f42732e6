import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Flag } from '@medplum/fhirtypes';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAdapter } from '../../src/adapter.ts';
import { createOutbox } from '../../src/outbox/outbox.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { openStore } from '../../src/store/store.ts';
import { accepted, aRecord, type Json, onDay } from '../records.ts';

let sandbox: Sandbox;
let folder: string;
let file: string;

beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.clear();
  folder = mkdtempSync(join(tmpdir(), 'ims-fhir-'));
  file = join(folder, 'data.sqlite');
  return () => rmSync(folder, { recursive: true });
});

const pregnant = { screening: { pregnancy: { answer: 'yes', status: 'pregnant' } } };
const notPregnant = { screening: { pregnancy: { answer: 'no', status: 'not-pregnant' } } };

async function send(day: string, members: Json): Promise<void> {
  const read = accepted(aRecord({ ...onDay(day), ...members }));
  const targets = [{ name: 'emr', base: sandbox.base }];
  const adapter = await createAdapter({ store: { path: file }, targets });
  const { results } = await adapter.submit([read], { waitMs: 20_000 });
  expect(results[0]?.deliveries[0]?.state).toBe('delivered');
  await adapter.close();
}

async function purge(): Promise<void> {
  const store = await openStore({ file });
  const purged = await createOutbox(store).purgePayloads({ settledBefore: Date.now() + 60_000 });
  expect(purged).toBeGreaterThan(0);
  await store.close();
}

function change(sql: string): void {
  const database = new Sqlite(file);
  database.exec(sql);
  database.close();
}

const flags = () => sandbox.resources('Flag').map((flag) => (flag as Flag).status);

describe('a Flag of several visits whose payloads were purged', () => {
  it('is restored from what the earlier visit contributed', async () => {
    await send('01', pregnant);
    await send('08', notPregnant);
    expect(flags()).toEqual(['inactive']);
    await purge();
    await send('08', { ...notPregnant, revision: 2, status: 'entered-in-error' });
    expect(flags()).toEqual(['active']);
  });

  it('stays unchanged if a contributor cannot be read', async () => {
    await send('01', pregnant);
    await send('08', pregnant);
    await purge();
    change("update contributor set content = '{' where record_id = 'visit-01'");
    await send('08', { ...pregnant, revision: 2, status: 'entered-in-error' });
    expect(flags()).toEqual(['active']);
  });

  it('is restored from the payload if an older store has no content', async () => {
    await send('01', pregnant);
    await send('08', notPregnant);
    change('delete from contributor');
    await send('08', { ...notPregnant, revision: 2, status: 'entered-in-error' });
    expect(flags()).toEqual(['active']);
  });
});
