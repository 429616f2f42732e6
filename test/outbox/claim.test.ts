import { describe, expect, it } from 'vitest';
import { DELIVERED, HELD, LEASE_MS, openFixture, submission } from './fixture.ts';

describe('a lease', () => {
  it('that has ended queues the delivery again as unknown outcome', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const { id } = await claimOne();
    clock.ms += LEASE_MS - 1;
    expect(await outbox.reclaim()).toBe(0);
    clock.ms += 1;
    expect(await outbox.reclaim()).toBe(1);
    expect(await outbox.delivery(id)).toMatchObject({ state: 'queued', cause: 'unknown-outcome' });
    expect(await claimOne()).toMatchObject({ id, attempt: 2, cause: 'unknown-outcome' });
  });

  it('is extended by a renewal, until the claim is lost', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const { id, attempt } = await claimOne();
    clock.ms += LEASE_MS - 1;
    expect(await outbox.renew(id, attempt, LEASE_MS)).toBe(true);
    clock.ms += LEASE_MS - 1;
    expect(await outbox.reclaim()).toBe(0);
    clock.ms += 1;
    await outbox.reclaim();
    expect(await outbox.renew(id, attempt, LEASE_MS)).toBe(false);
    await claimOne();
    expect(await outbox.renew(id, attempt, LEASE_MS)).toBe(false);
  });

  it('that was lost delays the next attempt until the lost one can no longer take effect', async () => {
    const lateWriteMs = (target: string) => (target === 'emr' ? 500 : 0);
    const { outbox, clock, claimOne, claimAll } = await openFixture({ lateWriteMs });
    await outbox.enqueue([submission('a')]);
    await claimOne();
    await outbox.recover();
    clock.ms += 499;
    expect(await claimAll()).toEqual([]);
    clock.ms += 1;
    expect((await claimOne()).recordId).toBe('a');
  });

  it('lost five times without an answer holds the delivery and continues with the next', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('poison'), submission('next')]);
    for (let claims = 0; claims < 5; claims += 1) {
      expect((await claimOne()).recordId).toBe('poison');
      clock.ms += LEASE_MS;
      await outbox.reclaim();
    }
    const [poison] = await outbox.list({ state: 'held' });
    expect(poison).toMatchObject({ recordId: 'poison', cause: 'internal' });
    expect(poison?.issues.map((issue) => issue.code)).toEqual(['no-answer']);
    expect((await claimOne()).recordId).toBe('next');
  });

  it('is counted from zero again after an answer and after a release', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const loseFourTimes = async () => {
      for (let claims = 0; claims < 4; claims += 1) {
        await claimOne();
        clock.ms += LEASE_MS;
        await outbox.reclaim();
      }
    };
    await loseFourTimes();
    const { id, attempt } = await claimOne();
    await outbox.settle(id, attempt, HELD);
    await outbox.release([id]);
    await loseFourTimes();
    expect((await outbox.delivery(id))?.state).toBe('queued');
  });
});

describe('recover', () => {
  it('queues everything an earlier process was sending, whether or not the lease has ended', async () => {
    const { outbox, claimAll, states } = await openFixture();
    await outbox.enqueue([
      submission('a', { orderingKey: 'p' }),
      submission('b', { orderingKey: 'q' }),
    ]);
    const [a] = await claimAll();
    expect(await outbox.recover()).toBe(2);
    expect(await states()).toEqual(['a/1 queued', 'b/1 queued']);
    expect(await outbox.settle(a?.id ?? '', 1, DELIVERED)).toBeUndefined();
  });
});

describe('a released claim', () => {
  it('leaves the delivery as it was before the claim', async () => {
    const { outbox, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const before = await outbox.list({});
    for (let claims = 0; claims < 9; claims += 1) {
      const { id, attempt } = await claimOne();
      expect(await outbox.releaseClaim(id, attempt)).toBe(true);
      expect(await outbox.releaseClaim(id, attempt)).toBe(false);
    }
    expect(await outbox.list({})).toEqual(before);
  });
});
