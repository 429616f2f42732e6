// Reads how long a server requests a client to wait, from Retry-After and rate-limit headers.

/** Headers by lower-case name; a header sent several times is a list. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The seconds to wait before the next request, rounded up: the longest wait of all headers, or undefined
 * where no header has a valid one.
 */
export function retryAfterS(headers: Headers, nowMs: number): number | undefined {
  const waits = [
    retryAfter(headerValue(headers, 'retry-after'), nowMs),
    rateLimit(headerValue(headers, 'ratelimit')),
    resetOf(headerValue(headers, 'ratelimit-reset'), nowMs),
    resetOf(
      headerValue(headers, 'x-ratelimit-reset') ?? headerValue(headers, 'x-rate-limit-reset'),
      nowMs,
    ),
    milliseconds(
      headerValue(headers, 'x-ms-retry-after-ms') ?? headerValue(headers, 'retry-after-ms'),
    ),
  ].filter((wait) => wait !== undefined && Number.isFinite(wait));
  return waits.length === 0 ? undefined : Math.max(0, ...waits.map((wait) => Math.ceil(wait ?? 0)));
}

/** Seconds or an HTTP date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  // Only text with the name of a month is parsed as a date, because Date.parse also accepts `5, 9`.
  const date = /[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  return numberOf(value) ?? (date - nowMs) / 1000;
}

/**
 * `"default";r=0;t=60` of https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers (from
 * draft 08 on; Medplum), and `limit=100, remaining=0, reset=60` of earlier drafts. Only an exhausted
 * quota counts.
 */
function rateLimit(value: string | undefined): number | undefined {
  const waits = quotasOf(value ?? '').flatMap((quota) => {
    const remaining = /(?:\br|\bremaining)=(\d+)/.exec(quota)?.[1];
    const resets = /(?:\bt|\breset)=(\d+)/.exec(quota)?.[1];
    return resets !== undefined && Number(remaining ?? 0) === 0 ? [Number(resets)] : [];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Splits a list into its quotas. A quota can contain commas; the next one begins with its name. */
function quotasOf(value: string): string[] {
  const quotas: string[] = [];
  for (const part of value.split(',')) {
    const isFirst = quotas.length === 0 || /^\s*(?:"|[\w-]+;)/.test(part);
    if (isFirst) quotas.push(part);
    else quotas[quotas.length - 1] += `,${part}`;
  }
  return quotas;
}

/**
 * `RateLimit-Reset` (draft 03: seconds from now) and `X-RateLimit-Reset` (not standard: seconds from
 * now, seconds since 1970 as GitHub sends them, or milliseconds since 1970).
 */
function resetOf(value: string | undefined, nowMs: number): number | undefined {
  const reset = value === undefined ? undefined : numberOf(value);
  if (reset === undefined) return undefined;
  if (reset > 1e11) return (reset - nowMs) / 1000;
  return reset > 1e9 ? reset - nowMs / 1000 : reset;
}

/** Azure: https://learn.microsoft.com/en-us/azure/cosmos-db/nosql/troubleshoot-request-rate-too-large */
function milliseconds(value: string | undefined): number | undefined {
  const wait = value === undefined ? undefined : numberOf(value);
  return wait === undefined ? undefined : wait / 1000;
}

function numberOf(value: string): number | undefined {
  return /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

function headerValue(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
