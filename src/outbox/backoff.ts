// Calculates how long to wait before a failed delivery is sent again.

/** The longest wait that a server can request. */
const MAX_RETRY_AFTER_S = 3_600;
const BASE_MS = 1_000;
const MAX_BACKOFF_MS = 300_000;

/**
 * The ms to wait after attempt number `attempt` failed: exponential back-off of at most five minutes,
 * with full jitter, so that deliveries that failed together are not retried together. It is at least
 * `retryAfterS`, the seconds that the server requested, limited to one hour.
 */
export function backoffMs(
  attempt: number,
  options: { retryAfterS?: number | undefined; random?: () => number } = {},
): number {
  const { retryAfterS = 0, random = Math.random } = options;
  const ceilingMs = Math.min(MAX_BACKOFF_MS, BASE_MS * 2 ** Math.max(0, attempt - 1));
  const requestedMs = Math.min(Math.max(retryAfterS, 0), MAX_RETRY_AFTER_S) * 1_000;
  return Math.round(Math.max(requestedMs, random() * ceilingMs));
}
