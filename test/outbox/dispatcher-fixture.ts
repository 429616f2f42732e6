import type { ClaimedDelivery } from '../../src/outbox/claim.ts';
import {
  createDispatcher,
  type Dispatcher,
  type DispatcherOptions,
} from '../../src/outbox/dispatcher.ts';
import type { Settlement } from '../../src/outbox/settle.ts';
import type { Deliver, Settled } from '../../src/outbox/worker.ts';
import { type Fixture, LEASE_MS, openFixture } from './fixture.ts';

/** A fixture with a dispatcher, not begun, and what it told. */
interface Running extends Fixture {
  readonly dispatcher: Dispatcher;
  readonly settled: Settled[];
  readonly errors: unknown[];
}

/** `concurrency` is 4 and chance always picks the longest wait, unless told. */
export async function runDispatcher(
  deliver: Deliver,
  options: Partial<DispatcherOptions> = {},
): Promise<Running> {
  const fixture = await openFixture();
  const settled: Settled[] = [];
  const errors: unknown[] = [];
  const dispatcher = createDispatcher({
    outbox: fixture.outbox,
    deliver,
    concurrency: 4,
    leaseMs: LEASE_MS,
    now: () => fixture.clock.ms,
    random: () => 1,
    onSettled: (one) => settled.push(one),
    onError: (error) => errors.push(error),
    ...options,
  });
  return { ...fixture, dispatcher, settled, errors };
}

/** A target that answers when told: `calls` in order, each settled by `answer`. */
export function slowTarget() {
  const calls: {
    claimed: ClaimedDelivery;
    signal: AbortSignal;
    answer: (as: Settlement) => void;
  }[] = [];
  const arrivals: (() => void)[] = [];
  const deliver: Deliver = (claimed, { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      calls.push({ claimed, signal, answer: resolve });
      for (const arrived of arrivals.splice(0)) arrived();
    });
  async function reached(count: number): Promise<void> {
    while (calls.length < count) await new Promise<void>((resolve) => arrivals.push(resolve));
  }
  return { deliver, calls, reached };
}
