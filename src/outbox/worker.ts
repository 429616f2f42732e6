// Delivers one claimed delivery: keeps its lease, calls `deliver`, settles the result.
import { AdapterError, errorIssue, type Issue } from '../errors.ts';
import { backoffMs } from './backoff.ts';
import type { ClaimedDelivery } from './claim.ts';
import type { Outbox } from './outbox.ts';
import type { Settlement } from './settle.ts';

/**
 * Sends one delivery to its target and returns the result. It must stop when `signal` aborts: the claim
 * is lost or the service ends. An error it throws counts as an internal failure.
 */
export type Deliver = (
  claimed: ClaimedDelivery,
  context: { readonly signal: AbortSignal },
) => Promise<Settlement>;

/** The dependencies of a worker. `now` in ms, `random` in [0, 1). */
export interface WorkerOptions {
  readonly outbox: Outbox;
  readonly deliver: Deliver;
  readonly leaseMs: number;
  readonly now?: () => number;
  readonly random?: () => number;
  /** Receives errors that no caller sees: those thrown by `deliver` and by the store. */
  readonly onError?: (error: unknown, claimed?: ClaimedDelivery) => void;
}

/**
 * Failed renewals in a row after which the delivery is aborted. A renewal is tried after each third of
 * the lease, so after two failures the lease is about to end.
 */
const MAX_FAILED_RENEWALS = 2;

/**
 * Delivers and settles one claimed delivery, and renews its lease meanwhile. Never rejects: a delivery
 * that cannot be settled is queued again when its lease ends.
 */
export async function deliverAndSettle(
  claimed: ClaimedDelivery,
  abort: AbortController,
  options: WorkerOptions,
): Promise<void> {
  try {
    const settlement = await attempt(claimed, abort, options);
    await options.outbox.settle(claimed.id, claimed.attempt, settlement);
  } catch (error) {
    options.onError?.(error, claimed);
  }
}

async function attempt(
  claimed: ClaimedDelivery,
  abort: AbortController,
  options: WorkerOptions,
): Promise<Settlement> {
  const renewal = keepLease(claimed, abort, options);
  try {
    return await options.deliver(claimed, { signal: abort.signal });
  } catch (error) {
    // An aborted request may still have taken effect at the target.
    const cause = abort.signal.aborted ? 'unknown-outcome' : 'internal';
    if (cause === 'internal') options.onError?.(error, claimed);
    const { now = Date.now, random = Math.random } = options;
    const runAt = now() + backoffMs(claimed.attempt, { random });
    return { state: 'queued', cause, runAt, issues: issuesOf(error, cause) };
  } finally {
    clearInterval(renewal);
  }
}

function keepLease(
  claimed: ClaimedDelivery,
  abort: AbortController,
  { outbox, leaseMs }: WorkerOptions,
): NodeJS.Timeout {
  let failures = 0;
  async function renew(): Promise<void> {
    try {
      const isValid = await outbox.renew(claimed.id, claimed.attempt, leaseMs);
      failures = 0;
      if (!isValid) abort.abort();
    } catch {
      failures += 1;
      if (failures >= MAX_FAILED_RENEWALS) abort.abort();
    }
  }
  return setInterval(renew, leaseMs / 3);
}

function issuesOf(error: unknown, cause: 'internal' | 'unknown-outcome'): readonly Issue[] {
  if (error instanceof AdapterError && error.issues.length > 0) return error.issues;
  const message =
    cause === 'internal'
      ? 'The delivery failed inside the service; see the log for this delivery id.'
      : 'The delivery was aborted before the target answered.';
  return [errorIssue(cause, '', message)];
}
