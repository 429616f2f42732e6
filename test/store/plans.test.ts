import { type RawBuilder, sql } from 'kysely';
import { expect, it } from 'vitest';
import { promotion } from '../../src/store/lane.ts';
import { claim } from '../../src/store/queue.ts';
import { openStore } from '../../src/store/store.ts';

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
// lane or the whole table for each delivery.

it('claims along the ready index and sorts nothing', async () => {
  const request = { target: 'emr', priority: 0, limit: 4, now: 1, leaseUntil: 2 };
  const plan = await planOf(claim(request));
  expect(plan).toContain(
    'SEARCH due USING INDEX delivery_ready (target=? AND priority=? AND run_at<?)',
  );
  expect(plan.filter((step) => /SCAN (due|other|delivery)|TEMP B-TREE/.test(step))).toEqual([]);
});

it('promotes along the lane index', async () => {
  const plan = (await planOf(promotion({ target: 'emr', lane: 'p' }))).join('\n');
  expect(plan).toMatch(
    /SEARCH delivery USING (COVERING )?INDEX delivery_lane \(target=\? AND lane/,
  );
  expect(plan).toMatch(
    /SEARCH delivery USING (COVERING )?INDEX delivery_head \(target=\? AND lane/,
  );
  expect(plan).not.toMatch(/SCAN delivery|TEMP B-TREE/);
});
