import { AdapterError, type Issue } from '../errors.ts';
import type { DeliveryState } from '../store/delivery.ts';
import { backoffMs } from './backoff.ts';
import type { ClaimedDelivery } from './claim.ts';
import type { Outbox } from './outbox.ts';
import type { Settlement } from './settle.ts';

/**
 * Carries one delivery to its target and says what it came to. It must give up when `signal` aborts:
 * the claim is lost or the service ends. What it throws is taken as a fault on our side.
 */
export type Deliver = (
  claimed: ClaimedDelivery,
  context: { readonly signal: AbortSignal },
) => Promise<Settlement>;

/** A settled delivery, told after its commit. `state` may differ from the one `settlement` asked for. */
export interface Settled {
  readonly claimed: ClaimedDelivery;
  readonly settlement: Settlement;
  readonly state: DeliveryState;
}

/** What the work on one delivery takes from outside. `now` in ms, `random` in [0, 1). */
export interface WorkerOptions {
  readonly outbox: Outbox;
  readonly deliver: Deliver;
  readonly leaseMs: number;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly onSettled?: (settled: Settled) => void;
  /** Told of faults that no caller sees: of `deliver`, of the store, of `onSettled`. */
  readonly onError?: (error: unknown, claimed?: ClaimedDelivery) => void;
}

/** Missed renewals in a row, each a third of the lease, after which the lease may end any moment. */
const MAX_MISSED_RENEWALS = 2;

/**
 * Delivers one claimed row and settles it, keeping its lease meanwhile. Never rejects: what cannot be
 * settled is reclaimed when its lease ends.
 */
export async function work(
  claimed: ClaimedDelivery,
  abort: AbortController,
  options: WorkerOptions,
): Promise<void> {
  try {
    const settlement = await attempt(claimed, abort, options);
    const state = await options.outbox.settle(claimed.id, claimed.attempt, settlement);
    if (state) options.onSettled?.({ claimed, settlement, state });
  } catch (error) {
    options.onError?.(error, claimed);
  }
}

async function attempt(
  claimed: ClaimedDelivery,
  abort: AbortController,
  options: WorkerOptions,
): Promise<Settlement> {
  const lease = keepLease(claimed, abort, options);
  try {
    return await options.deliver(claimed, { signal: abort.signal });
  } catch (error) {
    // After an abort the request may have landed all the same.
    const cause = abort.signal.aborted ? 'unknown-outcome' : 'internal';
    if (cause === 'internal') options.onError?.(error, claimed);
    const { now = Date.now, random = Math.random } = options;
    const runAt = now() + backoffMs(claimed.attempt, { random });
    return { state: 'queued', cause, runAt, issues: issuesOf(error, cause) };
  } finally {
    clearInterval(lease);
  }
}

function keepLease(
  claimed: ClaimedDelivery,
  abort: AbortController,
  { outbox, leaseMs }: WorkerOptions,
): NodeJS.Timeout {
  let missed = 0;
  async function renew(): Promise<void> {
    try {
      const stands = await outbox.renew(claimed.id, claimed.attempt, leaseMs);
      missed = 0;
      if (!stands) abort.abort();
    } catch {
      missed += 1;
      if (missed >= MAX_MISSED_RENEWALS) abort.abort();
    }
  }
  return setInterval(renew, leaseMs / 3);
}

function issuesOf(error: unknown, cause: 'internal' | 'unknown-outcome'): readonly Issue[] {
  if (error instanceof AdapterError && error.issues.length > 0) return error.issues;
  const message =
    cause === 'internal'
      ? 'The delivery failed inside the service; its log names this delivery.'
      : 'The delivery was cut off before the target answered.';
  return [{ severity: 'error', code: cause, path: '', message }];
}
