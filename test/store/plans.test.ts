import { type KyselyPlugin, type RawBuilder, sql } from 'kysely';
import { expect, it } from 'vitest';
import {
  contributionsOf,
  contributionsTo,
  contributorContents,
  replaceContributions,
} from '../../src/store/contribution.ts';
import {
  competingDeliveries,
  deliveriesOfRecord,
  hasDelivered,
  highestDelivered,
  waitingFor,
} from '../../src/store/delivery.ts';
import { ledgerEntries, ledgerOfRecord, recordInLedger } from '../../src/store/ledger.ts';
import { promotion } from '../../src/store/ordering-key.ts';
import { findPayload, highestRevision, readPayload } from '../../src/store/payload.ts';
import { claim } from '../../src/store/queue.ts';
import { openStore } from '../../src/store/store.ts';
import type { Db } from '../../src/store/tables.ts';

/** What SQLite says it will do for a statement, a line per step. */
async function planOf(statement: RawBuilder<unknown>): Promise<string[]> {
  const store = await openStore({ file: ':memory:' });
  const { rows } = await store.read((db) =>
    sql<{ detail: string }>`explain query plan ${statement}`.execute(db),
  );
  await store.close();
  return rows.map((row) => row.detail);
}

// Without these a backlog sorted by patient, which every chart export is, costs a walk through the
// ordering key or the whole table for each delivery.

it('claims along the ready index and sorts nothing', async () => {
  const request = { target: 'emr', priority: 0, limit: 4, now: 1, leaseUntil: 2 };
  const plan = await planOf(claim(request));
  expect(plan).toContain(
    'SEARCH due USING INDEX delivery_ready (target=? AND priority=? AND run_at<?)',
  );
  expect(plan.filter((step) => /SCAN (due|other|delivery)|TEMP B-TREE/.test(step))).toEqual([]);
});

it('promotes along the ordering key index', async () => {
  const plan = (await planOf(promotion({ target: 'emr', ordering_key: 'p' }))).join('\n');
  expect(plan).toMatch(
    /SEARCH delivery USING (COVERING )?INDEX delivery_order \(target=\? AND ordering_key/,
  );
  expect(plan).toMatch(
    /SEARCH delivery USING (COVERING )?INDEX delivery_head \(target=\? AND ordering_key/,
  );
  expect(plan).not.toMatch(/SCAN delivery|TEMP B-TREE/);
});

const of = { target: 'emr', source: 'urn:clinic', recordId: 'V-1' };
const revision = { ...of, revision: 1 };
const contributions = { identifiers: ['p-1'], visitAt: '1', content: '{}' };
const records = { target: 'emr', source: 'urn:clinic', recordIds: ['V-1'] };
const written = {
  identifier: 'v-1',
  resourceType: 'Procedure',
  serverId: '7',
  state: 'live',
} as const;

// Every delivery asks these: one that reads all of a target makes each slower than the one before.
it.each<[string, (db: Db) => Promise<unknown>]>([
  ['competingDeliveries', (db) => competingDeliveries(db, revision)],
  ['hasDelivered', (db) => hasDelivered(db, of)],
  ['highestDelivered', (db) => highestDelivered(db, of)],
  ['waitingFor', (db) => waitingFor(db, of)],
  ['deliveriesOfRecord', (db) => deliveriesOfRecord(db, of.source, of.recordId)],
  ['findPayload', (db) => findPayload(db, revision)],
  ['readPayload', (db) => readPayload(db, revision)],
  ['highestRevision', (db) => highestRevision(db, of.source, of.recordId)],
  ['recordInLedger', (db) => recordInLedger(db, [{ ...revision, ...written }])],
  ['ledgerEntries', (db) => ledgerEntries(db, of.target, ['v-1', 'v-2'])],
  ['ledgerOfRecord', (db) => ledgerOfRecord(db, of)],
  ['replaceContributions', (db) => replaceContributions(db, revision, contributions)],
  ['contributionsTo', (db) => contributionsTo(db, of.target, ['p-1', 'p-2'])],
  ['contributionsOf', (db) => contributionsOf(db, records)],
  ['contributorContents', (db) => contributorContents(db, records)],
])('%s looks at the rows of its own record alone', async (_name, ask) => {
  const store = await openStore({ file: ':memory:' });
  const steps = await store.commit((db) => stepsOf(db, ask));
  await store.close();
  expect(steps.filter((step) => /SCAN |\(target=\?\)/.test(step))).toEqual([]);
});

/** What SQLite does for all that `ask` asks. */
async function stepsOf(db: Db, ask: (db: Db) => Promise<unknown>): Promise<string[]> {
  const asked: { sql: string; parameters: readonly unknown[] }[] = [];
  const listen: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      asked.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await ask(db.withPlugin(listen));
  const steps: string[] = [];
  for (const one of asked) {
    const explained = { ...one, sql: `explain query plan ${one.sql}` };
    const { rows } = await db.executeQuery<{ detail: string }>(explained as never);
    steps.push(...rows.map(({ detail }) => detail));
  }
  return steps;
}
