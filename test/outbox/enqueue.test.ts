import { describe, expect, it } from 'vitest';
import { AdapterError } from '../../src/errors.ts';
import type { Submission } from '../../src/outbox/enqueue.ts';
import { DELIVERED, HELD, openFixture, REJECTED, SOURCE, submission, TARGET } from './fixture.ts';

describe('enqueue', () => {
  it('stores a revision and one delivery per target', async () => {
    const { outbox } = await openFixture();
    const targets = [
      { target: 'emr', orderingKey: 'p' },
      { target: 'registry', orderingKey: 'q' },
    ];
    const [answer] = await outbox.enqueue([submission('a', { targets })]);
    expect(answer?.status).toBe('accepted');
    expect(answer?.deliveries.map(({ target, state }) => [target, state])).toEqual([
      ['emr', 'queued'],
      ['registry', 'queued'],
    ]);
    expect(await outbox.payload(SOURCE, 'a', 1)).toEqual({ payload: 'payload of a/1' });
    expect(await outbox.payload(SOURCE, 'b', 1)).toBeUndefined();
  });

  it('reports a resend as duplicate with its existing deliveries', async () => {
    const { outbox, claimOne, states } = await openFixture();
    const [first] = await outbox.enqueue([submission('a')]);
    const { id, attempt } = await claimOne();
    await outbox.settle(id, attempt, DELIVERED);
    const [second] = await outbox.enqueue([submission('a')]);
    expect(second).toEqual({
      status: 'duplicate',
      deliveries: [{ id: first?.deliveries[0]?.id, target: TARGET, state: 'delivered' }],
    });
    expect(await states()).toHaveLength(1);
  });

  it('adds deliveries for the new targets of a duplicate', async () => {
    const { outbox, states } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const targets = [
      { target: TARGET, orderingKey: 'patient' },
      { target: 'registry', orderingKey: 'patient' },
    ];
    const [answer] = await outbox.enqueue([submission('a', { targets })]);
    expect(answer?.status).toBe('duplicate');
    expect(answer?.deliveries.map((row) => row.target)).toEqual([TARGET, 'registry']);
    expect(await states()).toHaveLength(2);
  });

  it('queues a rejected delivery again when the same revision is sent again', async () => {
    const { outbox, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const first = await claimOne();
    await outbox.settle(first.id, first.attempt, REJECTED);
    const [answer] = await outbox.enqueue([submission('a')]);
    expect(answer?.status).toBe('duplicate');
    expect(answer?.deliveries).toEqual([
      { id: first.id, target: TARGET, state: 'queued', cause: 'refused' },
    ]);
    expect((await claimOne()).id).toBe(first.id);
  });

  it('leaves a held delivery held when the same revision is sent again', async () => {
    const { outbox, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const first = await claimOne();
    await outbox.settle(first.id, first.attempt, HELD);
    const [answer] = await outbox.enqueue([submission('a')]);
    expect(answer?.deliveries[0]?.state).toBe('held');
  });

  it('rejects the same revision with other content and stores nothing', async () => {
    const { outbox, states } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const targets = [{ target: 'registry', orderingKey: 'p' }];
    const other = submission('a', { hash: 'other', payload: 'other', targets });
    expect(await outbox.enqueue([other])).toEqual([
      { status: 'revision-conflict', deliveries: [] },
    ]);
    expect((await outbox.payload(SOURCE, 'a', 1))?.payload).toBe('payload of a/1');
    expect(await states()).toHaveLength(1);
  });

  it('stores an older revision that arrives late as superseded', async () => {
    const { outbox, claimAll } = await openFixture();
    await outbox.enqueue([submission('a', { revision: 2 })]);
    const [answer] = await outbox.enqueue([submission('a', { revision: 1 })]);
    expect(answer?.status).toBe('accepted');
    expect(answer?.deliveries[0]?.state).toBe('superseded');
    expect((await claimAll()).map((row) => row.revision)).toEqual([2]);
    expect((await outbox.payload(SOURCE, 'a', 1))?.payload).toBe('payload of a/1');
  });

  it('queues an older revision for a target that has no newer one', async () => {
    const { outbox } = await openFixture();
    await outbox.enqueue([submission('a', { revision: 2 })]);
    const targets = [{ target: 'registry', orderingKey: 'p' }];
    const [answer] = await outbox.enqueue([submission('a', { revision: 1, targets })]);
    expect(answer?.deliveries[0]?.state).toBe('queued');
  });

  it.each([
    ['held', HELD],
    ['rejected', REJECTED],
  ] as const)('supersedes an older %s revision in the same commit', async (_, settlement) => {
    const { outbox, claimOne, states } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const { id, attempt } = await claimOne();
    await outbox.settle(id, attempt, settlement);
    await outbox.enqueue([submission('a', { revision: 2 })]);
    expect(await states()).toEqual(['a/1 superseded', 'a/2 queued']);
    expect(await outbox.release([id])).toEqual([]);
  });

  it('supersedes an older queued revision and makes the next of its ordering key ready', async () => {
    const { outbox, claimAll, states } = await openFixture();
    await outbox.enqueue([submission('a'), submission('b')]);
    await outbox.enqueue([submission('a', { revision: 2 })]);
    expect(await states()).toEqual(['a/1 superseded', 'b/1 queued', 'a/2 queued']);
    expect((await claimAll()).map((row) => row.recordId)).toEqual(['b']);
  });

  it('processes two revisions of one record in one request in order', async () => {
    const { outbox, states } = await openFixture();
    const answers = await outbox.enqueue([submission('a'), submission('a', { revision: 2 })]);
    expect(answers.map((answer) => answer.deliveries[0]?.state)).toEqual(['superseded', 'queued']);
    expect(await states()).toEqual(['a/1 superseded', 'a/2 queued']);
  });

  it('reports a repeated submission in one request as accepted, then duplicate', async () => {
    const { outbox, states } = await openFixture();
    const answers = await outbox.enqueue([submission('a'), submission('a')]);
    expect(answers.map((answer) => answer.status)).toEqual(['accepted', 'duplicate']);
    expect(await states()).toEqual(['a/1 queued']);
  });

  it.each([
    ['U+0000', '{"a":"\0"}'],
    ['a lone surrogate', '{"a":"\ud800"}'],
  ])('rejects a payload with %s and stores nothing of its request', async (_, payload) => {
    const { outbox, states } = await openFixture();
    const attempt = outbox.enqueue([submission('a'), submission('b', { payload })]);
    const error = await attempt.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AdapterError);
    expect(error).toMatchObject({
      code: 'invalid-input',
      issues: [{ severity: 'error', code: 'not-storable', path: '/1/payload' }],
    });
    expect(await states()).toEqual([]);
  });

  it.each<[string, Partial<Submission>]>([
    ['/0/source', { source: 'x\0' }],
    ['/0/hash', { hash: '\udfff' }],
    ['/0/targets/0/orderingKey', { targets: [{ target: 't', orderingKey: '\0' }] }],
    ['/0/revision', { revision: 1.5 }],
  ])('reports %s if it cannot be stored', async (path, changes) => {
    const { outbox } = await openFixture();
    const error = await outbox.enqueue([submission('a', changes)]).catch((thrown) => thrown);
    expect(error.issues.map((issue: { path: string }) => issue.path)).toEqual([path]);
  });
});
