/** A server may ask for any time; what is longer than this is asked again after it. */
const MAX_RETRY_AFTER_S = 3_600;
const BASE_MS = 1_000;
const MAX_BACKOFF_MS = 300_000;

/**
 * How long to wait after failed try number `attempt`, in ms: a random part of a second doubled with
 * each try, at most of five minutes (full jitter, so that those who failed together do not return
 * together), and never less than `retryAfterS`, the seconds the other side asked for, up to an hour.
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
