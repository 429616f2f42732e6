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
  hasDelivered,
  highestDelivered,
  rowsWaitingFor,
} from '../../src/store/delivery.ts';
import { ledgerEntries, ledgerOfRecord, recordInLedger } from '../../src/store/ledger.ts';
import { promoteHeadStatement } from '../../src/store/ordering-key.ts';
import { findPayload, readPayload } from '../../src/store/payload.ts';
import { claimStatement } from '../../src/store/queue.ts';
import { openStore } from '../../src/store/store.ts';
import type { Db } from '../../src/store/tables.ts';

/** SQLite's query plan of a statement, one line per step. */
async function planOf(statement: RawBuilder<unknown>): Promise<string[]> {
  const store = await openStore({ file: ':memory:' });
  const { rows } = await store.read((db) =>
    sql<{ detail: string }>`explain query plan ${statement}`.execute(db),
  );
  await store.close();
  return rows.map((row) => row.detail);
}

// Without these indexes each delivery of a backlog sorted by patient (every chart export is) would read
// all rows of its ordering key, or the whole table.

it('claims through the index of ready rows, without sorting', async () => {
  const request = { target: 'emr', priority: 0, limit: 4, now: 1, leaseUntil: 2 };
  const plan = await planOf(claimStatement(request));
  expect(plan).toContain(
    'SEARCH due USING INDEX delivery_ready (target=? AND priority=? AND run_at<?)',
  );
  expect(plan.filter((step) => /SCAN (due|other|delivery)|TEMP B-TREE/.test(step))).toEqual([]);
});

it('promotes through the index of the ordering key', async () => {
  const plan = (await planOf(promoteHeadStatement({ target: 'emr', ordering_key: 'p' }))).join(
    '\n',
  );
  expect(plan).toMatch(
    /SEARCH delivery USING (COVERING )?INDEX delivery_order \(target=\? AND ordering_key/,
  );
  expect(plan).toMatch(
    /SEARCH delivery USING (COVERING )?INDEX delivery_head \(target=\? AND ordering_key/,
  );
  expect(plan).not.toMatch(/SCAN delivery|TEMP B-TREE/);
});

const record = { target: 'emr', source: 'urn:clinic', recordId: 'V-1' };
const revision = { ...record, revision: 1 };
const contributions = { identifiers: ['p-1'], visitAt: '1', content: '{}' };
const records = { target: 'emr', source: 'urn:clinic', recordIds: ['V-1'] };
const written = {
  identifier: 'v-1',
  resourceType: 'Procedure',
  serverId: '7',
  state: 'live',
} as const;

// Every delivery runs these queries: if one read all rows of a target, deliveries would get slower and
// slower.
it.each<[string, (db: Db) => Promise<unknown>]>([
  ['competingDeliveries', (db) => competingDeliveries(db, revision)],
  ['hasDelivered', (db) => hasDelivered(db, record)],
  ['highestDelivered', (db) => highestDelivered(db, record)],
  ['rowsWaitingFor', (db) => rowsWaitingFor(db, record)],
  ['findPayload', (db) => findPayload(db, revision)],
  ['readPayload', (db) => readPayload(db, revision)],
  ['recordInLedger', (db) => recordInLedger(db, [{ ...revision, ...written }])],
  ['ledgerEntries', (db) => ledgerEntries(db, record.target, ['v-1', 'v-2'])],
  ['ledgerOfRecord', (db) => ledgerOfRecord(db, record)],
  ['replaceContributions', (db) => replaceContributions(db, revision, contributions)],
  ['contributionsTo', (db) => contributionsTo(db, record.target, ['p-1', 'p-2'])],
  ['contributionsOf', (db) => contributionsOf(db, records)],
  ['contributorContents', (db) => contributorContents(db, records)],
])('%s reads only the rows of the given record', async (_name, query) => {
  const store = await openStore({ file: ':memory:' });
  const steps = await store.commit((db) => stepsOf(db, query));
  await store.close();
  expect(steps.filter((step) => /SCAN |\(target=\?\)/.test(step))).toEqual([]);
});

/** The query plan steps of all statements that `query` runs. */
async function stepsOf(db: Db, query: (db: Db) => Promise<unknown>): Promise<string[]> {
  const statements: { sql: string; parameters: readonly unknown[] }[] = [];
  const recorder: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      statements.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await query(db.withPlugin(recorder));
  const steps: string[] = [];
  for (const statement of statements) {
    const explained = { ...statement, sql: `explain query plan ${statement.sql}` };
    const { rows } = await db.executeQuery<{ detail: string }>(explained as never);
    steps.push(...rows.map(({ detail }) => detail));
  }
  return steps;
}
