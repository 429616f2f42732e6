// What a failure of the other side means for a delivery. Read from codes, never from texts.
import type { AdapterError, ErrorCode } from '../errors.ts';
import { backoffMs } from '../outbox/backoff.ts';
import type { ClaimedDelivery } from '../outbox/claim.ts';
import type { Settlement } from '../outbox/settle.ts';
import type { Cause } from '../store/delivery.ts';

const CAUSE: Partial<Record<ErrorCode, Cause>> = {
  'remote-auth': 'auth',
  'remote-conflict': 'conflict',
  // A read that failed: what a write may have done is told by `retry`.
  'remote-failed': 'unreachable',
  'remote-refused': 'refused',
  'remote-throttled': 'throttled',
  'remote-timeout': 'unreachable',
  'remote-unreachable': 'unreachable',
  'shutting-down': 'unreachable',
  'store-unavailable': 'unreachable',
};

/** Tries after which a conflict is no race any more but a person's change. */
const CONFLICT_TRIES = 6;

/** The settlement of a delivery whose try ended in `error`. */
export function settlementOf(
  error: AdapterError,
  { claimed, now }: { claimed: ClaimedDelivery; now: number },
): Settlement {
  const { issues, code, retry } = error;
  const told = [{ severity: 'error', code, path: '', message: error.message } as const, ...issues];
  const cause = retry === 'unknown' ? 'unknown-outcome' : CAUSE[code];
  if (code === 'remote-refused') return { state: 'rejected', cause: 'refused', issues: told };
  if (code === 'remote-protocol' && retry === 'never') {
    return { state: 'held', cause: 'capability', issues: told };
  }
  if (code === 'remote-conflict' && claimed.attempt >= CONFLICT_TRIES) {
    return { state: 'held', cause: 'conflict', issues: told };
  }
  if (cause === undefined) return { state: 'held', cause: 'internal', issues: told };
  const wait = backoffMs(claimed.attempt, { retryAfterS: error.retryAfterS });
  return { state: 'queued', cause, issues: told, runAt: now + wait };
}
