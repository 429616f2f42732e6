// Classifies failed requests: by HTTP status and OperationOutcome, or by the network error if no
// response came. The tables below are the only place that decides on an error's code and retry.
import type { OperationOutcomeIssue } from '@medplum/fhirtypes';
import { defined } from '../defined.ts';
import { AdapterError, type ErrorCode, type Issue, type Retry } from '../errors.ts';
import { fromOutcome } from '../fhir/outcome.ts';
import { isOfType } from '../fhir/resource.ts';

/**
 * What a failure means for the request.
 * transient: it had no effect, or can safely be repeated; unknown: it may have had its effect;
 * conflict: read again and decide; target: no request to the server will succeed for now; permanent:
 * this request will never succeed.
 */
export type FailureKind = 'transient' | 'unknown' | 'conflict' | 'target' | 'permanent';

/** The class of a failure. */
export interface FailureClass {
  readonly kind: FailureKind;
  readonly code: ErrorCode;
  readonly retry: Retry;
}

const THROTTLED: FailureClass = { kind: 'transient', code: 'remote-throttled', retry: 'later' };
const BUSY: FailureClass = { kind: 'transient', code: 'remote-unreachable', retry: 'later' };
/** A gateway failed; the server behind it may have processed the request. */
const GATEWAY: FailureClass = { kind: 'transient', code: 'remote-unreachable', retry: 'unknown' };
const UNREACHABLE: FailureClass = { kind: 'target', code: 'remote-unreachable', retry: 'later' };
const TIMEOUT: FailureClass = { kind: 'unknown', code: 'remote-timeout', retry: 'unknown' };
const FAILED: FailureClass = { kind: 'unknown', code: 'remote-failed', retry: 'unknown' };
/** A retry may succeed: the conflict may have been with a transaction at the same moment. */
const CONFLICT: FailureClass = { kind: 'conflict', code: 'remote-conflict', retry: 'later' };
const PRECONDITION: FailureClass = { kind: 'conflict', code: 'remote-conflict', retry: 'never' };
/** Nothing was done; a retry succeeds once the operator has corrected the credentials. */
const AUTH: FailureClass = { kind: 'target', code: 'remote-auth', retry: 'later' };
/** The base URL of the target is wrong. */
const WRONG_BASE: FailureClass = { kind: 'target', code: 'remote-protocol', retry: 'never' };
const REFUSED: FailureClass = { kind: 'permanent', code: 'remote-refused', retry: 'never' };
/** The response is HTTP but not the expected FHIR; whether the server acted is unknown. */
export const PROTOCOL: FailureClass = {
  kind: 'unknown',
  code: 'remote-protocol',
  retry: 'unknown',
};

/** By status: https://hl7.org/fhir/R4/http.html#Status-Codes. `classifyResponse` has the defaults. */
const BY_STATUS: Readonly<Record<number, FailureClass>> = {
  401: AUTH,
  408: BUSY,
  409: CONFLICT,
  412: PRECONDITION,
  423: BUSY,
  // Azure: the entry was not tried, because another one failed.
  424: BUSY,
  425: BUSY,
  429: THROTTLED,
  501: REFUSED,
  502: GATEWAY,
  503: BUSY,
  504: GATEWAY,
  // Insufficient storage.
  507: BUSY,
  // "Bandwidth limit exceeded" and "site is overloaded": not standard, but sent by gateways.
  509: THROTTLED,
  529: THROTTLED,
};

/**
 * By issue type of the OperationOutcome, for statuses that servers use for many kinds of failure:
 * https://hl7.org/fhir/R4/codesystem-issue-type.html
 */
const BY_ISSUE_TYPE: Partial<Record<OperationOutcomeIssue['code'], FailureClass>> = {
  throttled: THROTTLED,
  transient: BUSY,
  'lock-error': BUSY,
  'no-store': BUSY,
  timeout: TIMEOUT,
  conflict: CONFLICT,
  // SATUSEHAT responds with 400 where other servers respond with 409.
  duplicate: PRECONDITION,
  'multiple-matches': PRECONDITION,
  login: AUTH,
  expired: AUTH,
};
const UNSPECIFIC_STATUSES: ReadonlySet<number> = new Set([400, 422, 500]);

/** The failure class of a response with status 300 or higher; `body` is parsed JSON or undefined. */
export function classifyResponse(status: number, body: unknown): FailureClass {
  const outcome = isOfType(body, 'OperationOutcome') ? body : undefined;
  if (UNSPECIFIC_STATUSES.has(status)) {
    for (const { code } of fromOutcome(outcome)) {
      const known = BY_ISSUE_TYPE[code as OperationOutcomeIssue['code']];
      if (known !== undefined) return known;
    }
  }
  // A response without an outcome is not from the FHIR service: Epic sends an empty 403 to clients
  // that are not registered, gateways do the same, and a 404 of this kind means a wrong base.
  if (status === 403 && outcome === undefined) return AUTH;
  if ((status === 404 || status < 400) && outcome === undefined) return WRONG_BASE;
  return BY_STATUS[status] ?? (status >= 500 ? FAILED : REFUSED);
}

/** Error codes of Node and undici, and Node's system call `connect`: nothing was sent. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'connect',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TIMED_OUT: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'TimeoutError',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);

/** The failure class of a request without a response, by the codes of its error. */
export function classifyNetworkError(error: unknown): FailureClass {
  const codes = codesOf(error);
  if (codes.some((code) => NOT_SENT.has(code))) return UNREACHABLE;
  // Invalid certificates and TLS failures: X509 and OpenSSL codes of https://nodejs.org/api/tls.html
  if (
    codes.some((code) =>
      /^(ERR_TLS|ERR_SSL|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code),
    )
  ) {
    return UNREACHABLE;
  }
  if (codes.some((code) => TIMED_OUT.has(code))) return TIMEOUT;
  return codes.includes('UND_ERR_RES_EXCEEDED_MAX_SIZE') ? PROTOCOL : FAILED;
}

/** Codes, system calls and names of an error and its causes; an AggregateError has one per address. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const { code, syscall, name } = error as NodeJS.ErrnoException;
  const own = [code, syscall, name].filter((code) => typeof code === 'string');
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [...own, ...inner.flatMap((cause) => codesOf(cause, depth + 1))];
}

/** What an error contains in addition to its class. */
export interface FailureDetails {
  readonly message: string;
  /** True for a read: it changes nothing, so it can always be repeated. */
  readonly isRead: boolean;
  readonly issues?: readonly Issue[] | undefined;
  readonly retryAfterS?: number | undefined;
  readonly cause?: unknown;
}

/** The error for a failure. It does not contain the response body, which may quote patient data. */
export function remoteError(failure: FailureClass, details: FailureDetails): AdapterError {
  const { message, isRead, issues, retryAfterS, cause } = details;
  const retryOfRead = failure.code === 'remote-protocol' ? 'never' : 'later';
  const retry = isRead && failure.retry === 'unknown' ? retryOfRead : failure.retry;
  return new AdapterError(failure.code, message, {
    retry,
    retryAfterS,
    ...defined({ issues, cause }),
  });
}
