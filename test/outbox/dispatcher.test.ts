import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClaimedDelivery } from '../../src/outbox/claim.ts';
import { createDispatcher } from '../../src/outbox/dispatcher.ts';
import type { Settlement } from '../../src/outbox/settle.ts';
import { runDispatcher, slowTarget } from './dispatcher-fixture.ts';
import {
  commits,
  DELIVERED,
  type Fixture,
  HELD,
  LEASE_MS,
  openFixture,
  submission,
} from './fixture.ts';

// Timers are fake; setImmediate is not, because commits and answers need it.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a dispatcher', () => {
  it('delivers queued and new deliveries, in order per ordering key', async () => {
    const seen: string[] = [];
    const { outbox, dispatcher, states } = await runDispatcher(async (claimed) => {
      seen.push(claimed.recordId);
      return DELIVERED;
    });
    await outbox.enqueue([submission('a'), submission('b')]);
    dispatcher.start();
    await dispatcher.idle();
    await outbox.enqueue([submission('c')]);
    await dispatcher.idle();
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(await states()).toEqual(['a/1 delivered', 'b/1 delivered', 'c/1 delivered']);
    await dispatcher.stop({ graceMs: 0 });
  });

  it('wakes when a held delivery is released', async () => {
    let answer: Settlement = HELD;
    const { outbox, dispatcher, states } = await runDispatcher(async () => answer);
    dispatcher.start();
    const [submitted] = await outbox.enqueue([submission('a')]);
    await dispatcher.idle();
    answer = DELIVERED;
    await outbox.release([submitted?.deliveries[0]?.id ?? '']);
    await dispatcher.idle();
    expect(await states()).toEqual(['a/1 delivered']);
    await dispatcher.stop({ graceMs: 0 });
  });

  it('finds a delivery that has become due at its next poll', async () => {
    const answers: Settlement[] = [];
    const { outbox, clock, dispatcher, states } = await runDispatcher(
      async () => answers.pop() ?? DELIVERED,
    );
    answers.push({ state: 'queued', cause: 'throttled', runAt: clock.ms + 900, issues: [] });
    dispatcher.start();
    await outbox.enqueue([submission('a')]);
    await dispatcher.idle();
    expect(await states()).toEqual(['a/1 queued']);
    clock.ms += 1_000;
    const done = dispatcher.idle();
    vi.advanceTimersByTime(1_000);
    await done;
    expect(await states()).toEqual(['a/1 delivered']);
    await dispatcher.stop({ graceMs: 0 });
  });

  it('sends at most `concurrency` deliveries at once to each target', async () => {
    const { deliver, calls, reached } = slowTarget();
    const { outbox, dispatcher } = await runDispatcher(deliver, { concurrency: 2 });
    const bothTargets = (orderingKey: string) =>
      ['emr', 'registry'].map((target) => ({ target, orderingKey }));
    const names = ['a', 'b', 'c'];
    await outbox.enqueue(names.map((name) => submission(name, { targets: bothTargets(name) })));
    dispatcher.start();
    await reached(4);
    const targets = calls.map((call) => call.claimed.target);
    expect(targets.toSorted()).toEqual(['emr', 'emr', 'registry', 'registry']);
    calls.find((call) => call.claimed.target === 'emr')?.answer(DELIVERED);
    await reached(5);
    expect(calls.at(-1)?.claimed).toMatchObject({ target: 'emr', recordId: 'c' });
    for (const call of calls) call.answer(DELIVERED);
    await reached(6);
    calls.at(-1)?.answer(DELIVERED);
    await dispatcher.stop({ graceMs: 0 });
  });

  it('queues again what an earlier process was sending before it claims anything', async () => {
    const delivered: ClaimedDelivery[] = [];
    const { outbox, dispatcher, claimOne } = await runDispatcher(async (claimed) => {
      delivered.push(claimed);
      return DELIVERED;
    });
    await outbox.enqueue([submission('a')]);
    await claimOne();
    dispatcher.start();
    await dispatcher.idle();
    expect(delivered).toMatchObject([{ attempt: 2, cause: 'unknown-outcome' }]);
    await dispatcher.stop({ graceMs: 0 });
  });

  it('queues deliveries whose lease has ended again at a poll', async () => {
    const { outbox, clock, claimOne, states } = await runDispatcher(async () => DELIVERED);
    await outbox.enqueue([submission('a')]);
    await claimOne();
    const dispatcher = createDispatcher({
      outbox: { ...outbox, recover: async () => 0 },
      deliver: async () => DELIVERED,
      concurrency: 1,
      leaseMs: LEASE_MS,
    });
    dispatcher.start();
    await commits();
    expect(await states()).toEqual(['a/1 sending']);
    clock.ms += LEASE_MS;
    const done = dispatcher.idle();
    vi.advanceTimersByTime(1_000);
    await done;
    expect(await states()).toEqual(['a/1 delivered']);
    await dispatcher.stop({ graceMs: 0 });
  });
});

describe('a failing store', () => {
  it('is reported and used again at the next poll', async () => {
    const { outbox, states } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const errors: unknown[] = [];
    const outages = [new Error('no room on the disk')];
    const claim: typeof outbox.claim = async (options) => {
      const outage = outages.pop();
      if (outage) throw outage;
      return outbox.claim(options);
    };
    const dispatcher = createDispatcher({
      outbox: { ...outbox, claim },
      deliver: async () => DELIVERED,
      concurrency: 1,
      leaseMs: LEASE_MS,
      onError: (error) => errors.push(error),
    });
    dispatcher.start();
    const done = dispatcher.idle();
    await commits();
    expect(await states()).toEqual(['a/1 queued']);
    vi.advanceTimersByTime(1_000);
    await done;
    expect(await states()).toEqual(['a/1 delivered']);
    expect(errors).toHaveLength(1);
    await dispatcher.stop({ graceMs: 0 });
  });
});

describe('stop', () => {
  it('lets running deliveries end and claims nothing more', async () => {
    const { deliver, calls, reached } = slowTarget();
    const { outbox, dispatcher, states } = await runDispatcher(deliver);
    await outbox.enqueue([submission('a'), submission('b')]);
    dispatcher.start();
    await reached(1);
    const stopped = dispatcher.stop({ graceMs: 10_000 });
    calls[0]?.answer(DELIVERED);
    await stopped;
    expect(await states()).toEqual(['a/1 delivered', 'b/1 queued']);
    expect(calls).toHaveLength(1);
  });

  it('aborts deliveries that outlast the grace period, as unknown outcomes', async () => {
    const { deliver, calls, reached } = slowTarget();
    const { outbox, dispatcher } = await runDispatcher(deliver);
    await outbox.enqueue([submission('a')]);
    dispatcher.start();
    await reached(1);
    const stopped = dispatcher.stop({ graceMs: 10_000 });
    await commits();
    vi.advanceTimersByTime(10_000);
    await stopped;
    expect(calls[0]?.signal.aborted).toBe(true);
    expect((await outbox.list({}))[0]).toMatchObject({
      state: 'queued',
      cause: 'unknown-outcome',
    });
  });

  it('releases deliveries it has claimed but not started, without counting an attempt', async () => {
    const started: string[] = [];
    const { outbox } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const observed = observeFirstClaim(outbox);
    const dispatcher = createDispatcher({
      outbox: observed.outbox,
      deliver: async (claimed) => {
        started.push(claimed.id);
        return DELIVERED;
      },
      concurrency: 1,
      leaseMs: LEASE_MS,
    });
    dispatcher.start();
    await observed.firstClaim;
    await dispatcher.stop({ graceMs: 0 });
    expect(started).toEqual([]);
    expect((await outbox.list({}))[0]).toMatchObject({ state: 'queued', attempt: 0 });
  });
});

/** The same outbox, and a promise that resolves when its first claim is requested. */
function observeFirstClaim(outbox: Fixture['outbox']) {
  const { promise: firstClaim, resolve } = Promise.withResolvers<void>();
  const claim: typeof outbox.claim = (options) => {
    resolve();
    return outbox.claim(options);
  };
  return { firstClaim, outbox: { ...outbox, claim } };
}
