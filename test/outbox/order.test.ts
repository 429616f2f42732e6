import { describe, expect, it } from 'vitest';
import type { ClaimedDelivery } from '../../src/outbox/claim.ts';
import { DELIVERED, HELD, LEASE_MS, openFixture, queuedUntil, submission } from './fixture.ts';

const recordIds = (claimed: readonly ClaimedDelivery[]) => claimed.map((row) => row.recordId);

describe('an ordering key', () => {
  it('has one delivery sent at a time; settling it makes the next one ready', async () => {
    const { outbox, claimOne, claimAll } = await openFixture();
    await outbox.enqueue([submission('a'), submission('b'), submission('c')]);
    const first = await claimOne();
    expect(first.recordId).toBe('a');
    expect(await claimAll()).toEqual([]);
    await outbox.settle(first.id, first.attempt, DELIVERED);
    expect((await claimOne()).recordId).toBe('b');
  });

  it('does not delay other ordering keys', async () => {
    const { outbox, claimAll } = await openFixture();
    await outbox.enqueue([
      submission('a', { orderingKey: 'p' }),
      submission('b', { orderingKey: 'q' }),
    ]);
    expect(recordIds(await claimAll())).toEqual(['a', 'b']);
  });

  it('waits for a delivery in back-off', async () => {
    const { outbox, clock, claimOne, claimAll } = await openFixture();
    await outbox.enqueue([submission('a'), submission('b')]);
    const first = await claimOne();
    await outbox.settle(first.id, first.attempt, queuedUntil(clock.ms + 500));
    expect(await claimAll()).toEqual([]);
    clock.ms += 500;
    expect((await claimOne()).recordId).toBe('a');
  });

  it('does not wait for a held delivery, which is sent first again once released', async () => {
    const { outbox, claimOne } = await openFixture();
    await outbox.enqueue([submission('a'), submission('b')]);
    const a = await claimOne();
    await outbox.settle(a.id, a.attempt, HELD);
    expect(await outbox.release([a.id])).toEqual([a.id]);
    expect((await claimOne()).recordId).toBe('a');
  });

  it('sends a released delivery after the running delivery and before the others', async () => {
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

  it('is claimed by priority, live before backfill, then by due time', async () => {
    const { outbox, clock } = await openFixture();
    await outbox.enqueue([submission('old', { orderingKey: '1', priority: 'backfill' })]);
    clock.ms += 1;
    await outbox.enqueue([
      submission('x', { orderingKey: '2' }),
      submission('y', { orderingKey: '3' }),
    ]);
    const claimed = await outbox.claim({ limit: 2, leaseMs: LEASE_MS });
    expect(recordIds(claimed)).toEqual(['x', 'y']);
    expect(recordIds(await outbox.claim({ limit: 2, leaseMs: LEASE_MS }))).toEqual(['old']);
  });

  it('raises the priority of backfill that a live delivery waits for', async () => {
    const { outbox } = await openFixture();
    await outbox.enqueue([submission('other', { orderingKey: 'q', priority: 'backfill' })]);
    await outbox.enqueue([submission('old', { orderingKey: 'p', priority: 'backfill' })]);
    await outbox.enqueue([submission('new', { orderingKey: 'p' })]);
    expect(recordIds(await outbox.claim({ limit: 1, leaseMs: LEASE_MS }))).toEqual(['old']);
  });

  it('raises the priority of released backfill if a live delivery was queued meanwhile', async () => {
    const { outbox, claimOne } = await openFixture();
    await outbox.enqueue([submission('old', { orderingKey: 'p', priority: 'backfill' })]);
    const old = await claimOne();
    await outbox.settle(old.id, old.attempt, HELD);
    await outbox.enqueue([submission('other', { orderingKey: 'q', priority: 'backfill' })]);
    await outbox.enqueue([submission('new', { orderingKey: 'p' })]);
    await outbox.release([old.id]);
    expect(recordIds(await outbox.claim({ limit: 1, leaseMs: LEASE_MS }))).toEqual(['old']);
  });

  it('raises the priority of backfill when a live delivery after it is released', async () => {
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

  it('does not allow two revisions of a record at once, even if a corrected patient changed the key', async () => {
    const { outbox, claimOne, claimAll } = await openFixture();
    await outbox.enqueue([submission('a', { orderingKey: 'wrong patient' })]);
    const first = await claimOne();
    await outbox.enqueue([submission('a', { revision: 2, orderingKey: 'right patient' })]);
    expect(await claimAll()).toEqual([]);
    await outbox.settle(first.id, first.attempt, DELIVERED);
    expect((await claimOne()).revision).toBe(2);
  });

  it('is claimed only for the requested targets', async () => {
    const { outbox } = await openFixture();
    const targets = ['emr', 'lab', 'registry'].map((target) => ({ target, orderingKey: 'p' }));
    await outbox.enqueue([submission('a', { targets })]);
    expect(await outbox.queuedTargets()).toEqual(['emr', 'lab', 'registry']);
    const claimed = await outbox.claim({ limit: 9, leaseMs: LEASE_MS, targets: ['lab'] });
    expect(claimed.map((row) => row.target)).toEqual(['lab']);
    expect(await outbox.queuedTargets()).toEqual(['emr', 'registry']);
  });
});
