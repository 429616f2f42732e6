import { describe, expect, it } from 'vitest';
import { DELIVERED, HELD, openFixture, SOURCE, submission } from './fixture.ts';

describe('purgePayloads', () => {
  it('deletes the content of deliveries settled before the given time and keeps the rest', async () => {
    const { outbox, clock, claimAll } = await openFixture();
    const names = ['done', 'held'];
    await outbox.enqueue(names.map((name) => submission(name, { orderingKey: name })));
    const [done, held] = await claimAll();
    if (!done || !held) throw new Error('two are due');
    await outbox.settle(done.id, done.attempt, DELIVERED);
    await outbox.settle(held.id, held.attempt, HELD);
    expect(await outbox.purgePayloads({ settledBefore: clock.ms })).toBe(0);
    clock.ms += 1;
    expect(await outbox.purgePayloads({ settledBefore: clock.ms })).toBe(1);
    expect(await outbox.payload(SOURCE, 'done', 1)).toMatchObject({ payload: undefined });
    expect((await outbox.payload(SOURCE, 'held', 1))?.payload).toBe('payload of held/1');
  });

  it('keeps the hash, and the content is stored again when another delivery needs it', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const { id, attempt } = await claimOne();
    await outbox.settle(id, attempt, DELIVERED);
    clock.ms += 1;
    await outbox.purgePayloads({ settledBefore: clock.ms });
    const [conflict] = await outbox.enqueue([submission('a', { hash: 'other' })]);
    expect(conflict?.status).toBe('revision-conflict');
    await outbox.enqueue([submission('a')]);
    expect(await outbox.payload(SOURCE, 'a', 1)).toMatchObject({ payload: undefined });
    await outbox.enqueue([
      submission('a', { targets: [{ target: 'registry', orderingKey: 'p' }] }),
    ]);
    expect((await claimOne()).payload).toBe('payload of a/1');
  });
});
