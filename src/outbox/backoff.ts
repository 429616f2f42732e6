/** Upper limit of a time that a server requests. */
const MAX_RETRY_AFTER_S = 3_600;
const BASE_MS = 1_000;
const MAX_BACKOFF_MS = 300_000;

/**
 * How long to wait after attempt number `attempt` failed, in ms: exponential back-off with full jitter
 * (so that deliveries that failed together are not retried together), at most five minutes, but never
 * less than `retryAfterS`, the seconds that the server requested, up to an hour.
 */
export function backoffMs(
  attempt: number,
  options: { retryAfterS?: number | undefined; random?: () => number } = {},
): number {
  const { retryAfterS = 0, random = Math.random } = options;
  const ceilingMs = Math.min(MAX_BACKOFF_MS, BASE_MS * 2 ** Math.max(0, attempt - 1));
  const askedMs = Math.min(Math.max(retryAfterS, 0), MAX_RETRY_AFTER_S) * 1_000;
  return Math.round(Math.max(askedMs, random() * ceilingMs));
}
