import { describe, expect, it } from 'vitest';
import { DELIVERED, HELD, openFixture, submission, TARGET } from './fixture.ts';

describe('queries', () => {
  it('count by target, state and cause', async () => {
    const { outbox, claimAll } = await openFixture();
    const names = ['a', 'b', 'c'];
    await outbox.enqueue(names.map((name) => submission(name, { orderingKey: name })));
    const [a, b] = await claimAll();
    if (!a || !b) throw new Error('three are due');
    await outbox.settle(a.id, a.attempt, HELD);
    await outbox.settle(b.id, b.attempt, HELD);
    expect(await outbox.counts()).toEqual([
      { target: TARGET, state: 'held', cause: 'policy', count: 2 },
      { target: TARGET, state: 'sending', cause: undefined, count: 1 },
    ]);
  });

  it('list by state and cause, page by page, for release', async () => {
    const { outbox, claimAll } = await openFixture();
    const names = ['a', 'b', 'c'];
    await outbox.enqueue(names.map((name) => submission(name, { orderingKey: name })));
    for (const row of await claimAll()) await outbox.settle(row.id, row.attempt, HELD);
    const filter = { state: 'held', cause: 'policy', target: TARGET, limit: 2 } as const;
    const first = await outbox.list(filter);
    const after = first.at(-1)?.id ?? '';
    const second = await outbox.list({ ...filter, after });
    expect([...first, ...second].map((row) => row.recordId)).toEqual(names);
    const released = await outbox.release([...first.map((row) => row.id), '999', 'nonsense']);
    expect(released).toEqual(first.map((row) => row.id));
    expect(await outbox.list(filter)).toHaveLength(1);
  });

  it('return nothing for an unknown id', async () => {
    const { outbox } = await openFixture();
    expect(await outbox.delivery('1')).toBeUndefined();
    expect(await outbox.delivery('__proto__')).toBeUndefined();
    expect(await outbox.settle('x', 1, DELIVERED)).toBeUndefined();
  });
});
