// Decides how a failed attempt is settled, by error code, never by message.
import { type AdapterError, type ErrorCode, errorIssue } from '../errors.ts';
import { backoffMs } from '../outbox/backoff.ts';
import type { ClaimedDelivery } from '../outbox/claim.ts';
import type { Settlement } from '../outbox/settle.ts';
import type { Cause } from '../store/delivery.ts';

const CAUSE: Partial<Record<ErrorCode, Cause>> = {
  'remote-auth': 'auth',
  'remote-conflict': 'conflict',
  // If a write may have taken effect, `retry` is `unknown` and the cause is `unknown-outcome`.
  'remote-failed': 'unreachable',
  'remote-refused': 'refused',
  'remote-throttled': 'throttled',
  'remote-timeout': 'unreachable',
  'remote-unreachable': 'unreachable',
  'shutting-down': 'unreachable',
  'store-unavailable': 'unreachable',
};

/** After this many attempts a conflict counts as a person's change at the target, not as a race. */
const MAX_CONFLICT_ATTEMPTS = 6;

/** The settlement of an attempt that ended in `error`. */
export function settlementOf(
  error: AdapterError,
  { delivery, now }: { delivery: ClaimedDelivery; now: number },
): Settlement {
  const { issues, code, retry } = error;
  const reported = [errorIssue(code, '', error.message), ...issues];
  const cause = retry === 'unknown' ? 'unknown-outcome' : CAUSE[code];
  if (code === 'remote-refused') return { state: 'rejected', cause: 'refused', issues: reported };
  if (code === 'remote-protocol' && retry === 'never') {
    return { state: 'held', cause: 'capability', issues: reported };
  }
  if (code === 'remote-conflict' && delivery.attempt >= MAX_CONFLICT_ATTEMPTS) {
    return { state: 'held', cause: 'conflict', issues: reported };
  }
  if (cause === undefined) return { state: 'held', cause: 'internal', issues: reported };
  const wait = backoffMs(delivery.attempt, { retryAfterS: error.retryAfterS });
  return { state: 'queued', cause, issues: reported, runAt: now + wait };
}
