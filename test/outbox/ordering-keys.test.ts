import { describe, expect, it } from 'vitest';
import type { ClaimedDelivery } from '../../src/outbox/claim.ts';
import { DELIVERED, HELD, LEASE_MS, openFixture, queuedUntil, submission } from './fixture.ts';

const records = (claimed: readonly ClaimedDelivery[]) => claimed.map((row) => row.recordId);

describe('the order of a ordering key', () => {
  it('is one at a time, and a settle makes the next one ready', async () => {
    const { outbox, claimOne, claimAll } = await openFixture();
    await outbox.enqueue([submission('a'), submission('b'), submission('c')]);
    const first = await claimOne();
    expect(first.recordId).toBe('a');
    expect(await claimAll()).toEqual([]);
    await outbox.settle(first.id, first.attempt, DELIVERED);
    expect((await claimOne()).recordId).toBe('b');
  });

  it('does not keep other ordering keys waiting', async () => {
    const { outbox, claimAll } = await openFixture();
    await outbox.enqueue([
      submission('a', { orderingKey: 'p' }),
      submission('b', { orderingKey: 'q' }),
    ]);
    expect(records(await claimAll())).toEqual(['a', 'b']);
  });

  it('is kept by a delivery in back-off', async () => {
    const { outbox, clock, claimOne, claimAll } = await openFixture();
    await outbox.enqueue([submission('a'), submission('b')]);
    const first = await claimOne();
    await outbox.settle(first.id, first.attempt, queuedUntil(clock.ms + 500));
    expect(await claimAll()).toEqual([]);
    clock.ms += 500;
    expect((await claimOne()).recordId).toBe('a');
  });

  it('is left by a held delivery, which rejoins at the place of its id', async () => {
    const { outbox, claimOne } = await openFixture();
    await outbox.enqueue([submission('a'), submission('b')]);
    const a = await claimOne();
    await outbox.settle(a.id, a.attempt, HELD);
    expect(await outbox.release([a.id])).toEqual([a.id]);
    expect((await claimOne()).recordId).toBe('a');
  });

  it('lets a released delivery wait for the one being sent, then go first', async () => {
    const { outbox, clock, claimOne, claimAll } = await openFixture();
    await outbox.enqueue([submission('a'), submission('b'), submission('c')]);
    const a = await claimOne();
    await outbox.settle(a.id, a.attempt, HELD);
    const b = await claimOne();
    await outbox.release([a.id]);
    expect(await claimAll()).toEqual([]);
    await outbox.settle(b.id, b.attempt, queuedUntil(clock.ms));
    expect((await claimOne()).recordId).toBe('a');
  });

  it('claims live before backfill, and longest due first', async () => {
    const { outbox, clock } = await openFixture();
    await outbox.enqueue([submission('old', { orderingKey: '1', priority: 'backfill' })]);
    clock.ms += 1;
    await outbox.enqueue([
      submission('x', { orderingKey: '2' }),
      submission('y', { orderingKey: '3' }),
    ]);
    const claimed = await outbox.claim({ limit: 2, leaseMs: LEASE_MS });
    expect(records(claimed)).toEqual(['x', 'y']);
    expect(records(await outbox.claim({ limit: 2, leaseMs: LEASE_MS }))).toEqual(['old']);
  });

  it('lifts the backfill before a live delivery of the same ordering key', async () => {
    const { outbox } = await openFixture();
    await outbox.enqueue([submission('other', { orderingKey: 'q', priority: 'backfill' })]);
    await outbox.enqueue([submission('old', { orderingKey: 'p', priority: 'backfill' })]);
    await outbox.enqueue([submission('new', { orderingKey: 'p' })]);
    expect(records(await outbox.claim({ limit: 1, leaseMs: LEASE_MS }))).toEqual(['old']);
  });

  it('lifts a released backfill delivery before which a live one came to stand behind', async () => {
    const { outbox, claimOne } = await openFixture();
    await outbox.enqueue([submission('old', { orderingKey: 'p', priority: 'backfill' })]);
    const old = await claimOne();
    await outbox.settle(old.id, old.attempt, HELD);
    await outbox.enqueue([submission('other', { orderingKey: 'q', priority: 'backfill' })]);
    await outbox.enqueue([submission('new', { orderingKey: 'p' })]);
    await outbox.release([old.id]);
    expect(records(await outbox.claim({ limit: 1, leaseMs: LEASE_MS }))).toEqual(['old']);
  });

  it('lifts a backfill delivery before which a live one is released', async () => {
    const { outbox, claimOne } = await openFixture();
    await outbox.enqueue([submission('old', { orderingKey: 'p', priority: 'backfill' })]);
    const old = await claimOne();
    await outbox.settle(old.id, old.attempt, HELD);
    await outbox.enqueue([submission('new', { orderingKey: 'p' })]);
    const live = await claimOne();
    await outbox.settle(live.id, live.attempt, HELD);
    await outbox.enqueue([submission('other', { orderingKey: 'q', priority: 'backfill' })]);
    await outbox.release([old.id]);
    await outbox.release([live.id]);
    expect((await outbox.delivery(old.id))?.priority).toBe('live');
  });

  it('keeps revisions of one record apart even when the patient, and so the ordering key, changed', async () => {
    const { outbox, claimOne, claimAll } = await openFixture();
    await outbox.enqueue([submission('a', { orderingKey: 'wrong patient' })]);
    const first = await claimOne();
    await outbox.enqueue([submission('a', { revision: 2, orderingKey: 'right patient' })]);
    expect(await claimAll()).toEqual([]);
    await outbox.settle(first.id, first.attempt, DELIVERED);
    expect((await claimOne()).revision).toBe(2);
  });

  it('serves only the targets asked for', async () => {
    const { outbox } = await openFixture();
    const targets = ['emr', 'lab', 'registry'].map((target) => ({ target, orderingKey: 'p' }));
    await outbox.enqueue([submission('a', { targets })]);
    expect(await outbox.queuedTargets()).toEqual(['emr', 'lab', 'registry']);
    const claimed = await outbox.claim({ limit: 9, leaseMs: LEASE_MS, targets: ['lab'] });
    expect(claimed.map((row) => row.target)).toEqual(['lab']);
    expect(await outbox.queuedTargets()).toEqual(['emr', 'registry']);
  });
});
