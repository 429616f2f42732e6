import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { AdapterError } from '../../src/errors.ts';
import { createOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { Db } from '../../src/store/tables.ts';

const record = (recordId: string, payload = 'text') => ({
  source: 'urn:clinic',
  recordId,
  revision: 1,
  hash: 'h',
  payload,
  targets: [{ target: 'emr', orderingKey: recordId }],
});

async function openOutbox(): Promise<{ store: Store; outbox: Outbox }> {
  const store = await openStore({ file: ':memory:' });
  return { store, outbox: createOutbox(store) };
}

const execute = (store: Store, statement: string) =>
  store.commit((db) => sql.raw(statement).execute(db));

async function recordsOf(outbox: Outbox): Promise<string[]> {
  return (await outbox.list({ limit: 1_000 })).map((row) => row.recordId);
}

describe('commits of one tick', () => {
  it('share one transaction', async () => {
    const { store } = await openOutbox();
    const transactions = new Set<Db>();
    const work = async (db: Db) => transactions.add(db);
    await Promise.all([store.commit(work), store.commit(work), store.commit(work)]);
    expect(transactions.size).toBe(1);
    await store.commit(work);
    expect(transactions.size).toBe(2);
  });

  it('are split if together they would block the process for too long', async () => {
    const { store } = await openOutbox();
    const transactions = new Set<Db>();
    const work = async (db: Db) => transactions.add(db);
    await Promise.all([1_000, 1, 999, 5_000].map((weight) => store.commit(work, weight)));
    expect(transactions.size).toBe(3);
  });

  it('do not fail because of another one that fails', async () => {
    const { store, outbox } = await openOutbox();
    await execute(
      store,
      `create trigger bad before insert on delivery when new.record_id = 'bad'
       begin select raise(abort, 'a value that must not be reported'); end`,
    );
    const answers = await Promise.allSettled([
      outbox.enqueue([record('a')]),
      outbox.enqueue([record('b'), record('bad')]),
      outbox.enqueue([record('c')]),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await recordsOf(outbox)).toEqual(['a', 'c']);
    const [, bad] = answers;
    if (bad?.status !== 'rejected') throw new Error('the bad record was stored');
    expect(bad.reason).toBeInstanceOf(AdapterError);
    expect(bad.reason.code).toBe('internal');
    expect(bad.reason.message).not.toContain('a value');
  });

  it('do not fail because of another one rejected before its SQL', async () => {
    const { outbox } = await openOutbox();
    const answers = await Promise.allSettled([
      outbox.enqueue([record('a')]),
      outbox.enqueue([record('bad', '\0')]),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected']);
    expect(await recordsOf(outbox)).toEqual(['a']);
  });

  it('store nothing and fail when the disk is full, and work again when there is space', async () => {
    const { store, outbox } = await openOutbox();
    const { rows } = await store.read((db) =>
      sql<{ page_count: number }>`pragma page_count`.execute(db),
    );
    const pages = rows[0]?.page_count ?? 0;
    const limitPages = (limit: number) =>
      store.read((db) => sql.raw(`pragma max_page_count = ${limit}`).execute(db));
    await limitPages(pages + 2);
    const big = 'x'.repeat(100_000);
    const answers = await Promise.allSettled([
      outbox.enqueue([record('a')]),
      outbox.enqueue([record('b', big)]),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 'rejected',
        reason: { code: 'store-unavailable', retry: 'later' },
      });
    }
    expect(await recordsOf(outbox)).toEqual([]);
    await limitPages(1_000_000);
    await outbox.enqueue([record('a'), record('b', big)]);
    expect(await recordsOf(outbox)).toEqual(['a', 'b']);
  });
});
