import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDispatcher } from '../../src/outbox/dispatcher.ts';
import { runDispatcher, slowTarget } from './dispatcher-fixture.ts';
import { commits, DELIVERED, LEASE_MS, openFixture, submission } from './fixture.ts';

// Timers are fake; setImmediate is not, because commits and answers need it.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a delivery that throws', () => {
  it('is retried after a back-off, and held after five attempts', async () => {
    const { outbox, clock, dispatcher, errors, states } = await runDispatcher(async () => {
      throw new Error('an internal error');
    });
    dispatcher.start();
    await outbox.enqueue([submission('a')]);
    await dispatcher.idle();
    const [first] = await outbox.list({});
    expect(first).toMatchObject({ state: 'queued', cause: 'internal', runAt: clock.ms + 1_000 });
    for (let tries = 1; tries < 5; tries += 1) {
      clock.ms += 300_000;
      const done = dispatcher.idle();
      vi.advanceTimersByTime(1_000);
      await done;
    }
    expect(await states()).toEqual(['a/1 held']);
    expect((await outbox.list({}))[0]).toMatchObject({ cause: 'internal', attempt: 5 });
    expect(errors).toHaveLength(5);
    await dispatcher.stop({ graceMs: 0 });
  });
});

describe('a lease', () => {
  it('is renewed every third of its length while the delivery runs', async () => {
    const { deliver, calls, reached } = slowTarget();
    const { outbox, clock, dispatcher, states } = await runDispatcher(deliver);
    dispatcher.start();
    await outbox.enqueue([submission('a')]);
    await reached(1);
    for (let thirds = 0; thirds < 9; thirds += 1) {
      clock.ms += LEASE_MS / 3;
      vi.advanceTimersByTime(LEASE_MS / 3);
      await commits();
      expect(await outbox.reclaim()).toBe(0);
    }
    const done = dispatcher.idle();
    calls[0]?.answer(DELIVERED);
    await done;
    expect(await states()).toEqual(['a/1 delivered']);
    await dispatcher.stop({ graceMs: 0 });
  });

  it('that was lost aborts the delivery, whose answer is then ignored', async () => {
    const { deliver, calls, reached } = slowTarget();
    const { outbox, clock, dispatcher } = await runDispatcher(deliver);
    dispatcher.start();
    await outbox.enqueue([submission('a')]);
    await reached(1);
    clock.ms += LEASE_MS;
    await outbox.reclaim();
    vi.advanceTimersByTime(LEASE_MS / 3);
    await reached(2);
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(calls[1]?.claimed).toMatchObject({ attempt: 2, cause: 'unknown-outcome' });
    const done = dispatcher.idle();
    calls[1]?.answer(DELIVERED);
    await done;
    expect((await outbox.list({}))[0]).toMatchObject({ state: 'delivered', attempt: 2 });
    await dispatcher.stop({ graceMs: 0 });
  });

  it('aborts the delivery before it ends if two renewals in a row fail', async () => {
    const { deliver, calls, reached } = slowTarget();
    const { outbox } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const dispatcher = createDispatcher({
      outbox: { ...outbox, renew: () => Promise.reject(new Error('no room on the disk')) },
      deliver,
      concurrency: 1,
      leaseMs: LEASE_MS,
    });
    dispatcher.start();
    await reached(1);
    vi.advanceTimersByTime(LEASE_MS / 3);
    await commits();
    expect(calls[0]?.signal.aborted).toBe(false);
    const done = dispatcher.idle();
    vi.advanceTimersByTime(LEASE_MS / 3);
    await done;
    expect((await outbox.list({}))[0]).toMatchObject({ state: 'queued', cause: 'unknown-outcome' });
    await dispatcher.stop({ graceMs: 0 });
  });
});
