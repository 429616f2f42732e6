import type { ClaimedDelivery } from '../../src/outbox/claim.ts';
import {
  createDispatcher,
  type Dispatcher,
  type DispatcherOptions,
} from '../../src/outbox/dispatcher.ts';
import type { Settlement } from '../../src/outbox/settle.ts';
import type { Deliver } from '../../src/outbox/worker.ts';
import { type Fixture, LEASE_MS, openFixture } from './fixture.ts';

/** A fixture with a dispatcher that is not started, and the errors it reported. */
interface DispatcherFixture extends Fixture {
  readonly dispatcher: Dispatcher;
  readonly errors: unknown[];
}

/** By default `concurrency` is 4 and every back-off is the longest possible. */
export async function runDispatcher(
  deliver: Deliver,
  options: Partial<DispatcherOptions> = {},
): Promise<DispatcherFixture> {
  const fixture = await openFixture();
  const errors: unknown[] = [];
  const dispatcher = createDispatcher({
    outbox: fixture.outbox,
    deliver,
    concurrency: 4,
    leaseMs: LEASE_MS,
    now: () => fixture.clock.ms,
    random: () => 1,
    onError: (error) => errors.push(error),
    ...options,
  });
  return { ...fixture, dispatcher, errors };
}

/** A target that answers a call only when the test calls its `answer`. */
export function slowTarget() {
  const calls: {
    claimed: ClaimedDelivery;
    signal: AbortSignal;
    answer: (settlement: Settlement) => void;
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
