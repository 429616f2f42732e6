import type { OperationOutcomeIssue } from '@medplum/fhirtypes';
import type { ErrorCode, Issue, Retry } from '../errors.ts';
import { AdapterError } from '../errors.ts';
import { isOfType } from '../fhir/resource.ts';

/**
 * What an answer, or the lack of one, means for what was asked.
 * transient: it did not happen, or does no harm again; unknown: it may have happened; conflict: read
 * again and decide; target: nothing will succeed there for now; permanent: this will never succeed.
 */
export type Kind = 'transient' | 'unknown' | 'conflict' | 'target' | 'permanent';

/** A failure as the table classifies it. */
export interface Outcome {
  readonly kind: Kind;
  readonly code: ErrorCode;
  readonly retry: Retry;
}

const THROTTLED: Outcome = { kind: 'transient', code: 'remote-throttled', retry: 'later' };
const BUSY: Outcome = { kind: 'transient', code: 'remote-unreachable', retry: 'later' };
/** A gateway that gave up does not know what the server behind it did. */
const GATEWAY: Outcome = { kind: 'transient', code: 'remote-unreachable', retry: 'unknown' };
const UNREACHABLE: Outcome = { kind: 'target', code: 'remote-unreachable', retry: 'later' };
const TIMEOUT: Outcome = { kind: 'unknown', code: 'remote-timeout', retry: 'unknown' };
const FAILED: Outcome = { kind: 'unknown', code: 'remote-failed', retry: 'unknown' };
/** Retry may succeed: it may have been another transaction at the same moment. */
const CONFLICT: Outcome = { kind: 'conflict', code: 'remote-conflict', retry: 'later' };
const PRECONDITION: Outcome = { kind: 'conflict', code: 'remote-conflict', retry: 'never' };
/** Nothing was done; what waits goes on once the operator has mended the credentials. */
const AUTH: Outcome = { kind: 'target', code: 'remote-auth', retry: 'later' };
const ADDRESS: Outcome = { kind: 'target', code: 'remote-protocol', retry: 'never' };
const REFUSED: Outcome = { kind: 'permanent', code: 'remote-refused', retry: 'never' };
/** It speaks HTTP but not the FHIR that was expected; whether it acted is not known. */
export const PROTOCOL: Outcome = { kind: 'unknown', code: 'remote-protocol', retry: 'unknown' };

/** By status: https://hl7.org/fhir/R4/http.html#Status-Codes. Others go by their hundred. */
const BY_STATUS: Readonly<Record<number, Outcome>> = {
  401: AUTH,
  408: BUSY,
  409: CONFLICT,
  412: PRECONDITION,
  423: BUSY,
  // Azure: not tried, because another entry failed.
  424: BUSY,
  425: BUSY,
  429: THROTTLED,
  501: REFUSED,
  502: GATEWAY,
  503: BUSY,
  504: GATEWAY,
  // Out of space.
  507: BUSY,
  // "Bandwidth limit exceeded" and "site is overloaded": no standard, but sent by gateways.
  509: THROTTLED,
  529: THROTTLED,
};

/**
 * By OperationOutcome code, where the status is one that servers give to nearly everything:
 * https://hl7.org/fhir/R4/codesystem-issue-type.html
 */
const BY_ISSUE: Partial<Record<OperationOutcomeIssue['code'], Outcome>> = {
  throttled: THROTTLED,
  transient: BUSY,
  'lock-error': BUSY,
  'no-store': BUSY,
  timeout: TIMEOUT,
  conflict: CONFLICT,
  // SATUSEHAT says 400 where others say 409.
  duplicate: PRECONDITION,
  'multiple-matches': PRECONDITION,
  login: AUTH,
  expired: AUTH,
};
const VAGUE: ReadonlySet<number> = new Set([400, 422, 500]);

/** The verdict on a status of 300 and more; `body` is the answer's, read as JSON if it could be. */
export function classifyResponse(status: number, body: unknown): Outcome {
  const outcome = isOfType(body, 'OperationOutcome') ? body : undefined;
  if (VAGUE.has(status)) {
    for (const issue of outcome?.issue ?? []) {
      const known = BY_ISSUE[issue?.code];
      if (known !== undefined) return known;
    }
  }
  // Without an outcome it is not FHIR that speaks: Epic's interface that is not registered and a
  // gateway's 403 are empty, and a 404 that is no FHIR is a wrong base.
  if (status === 403 && outcome === undefined) return AUTH;
  if ((status === 404 || status < 400) && outcome === undefined) return ADDRESS;
  return BY_STATUS[status] ?? (status >= 500 ? FAILED : REFUSED);
}

/** Errors of Node (any of its system call `connect`) and undici that mean: nothing was sent. */
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

/** The verdict on a request without an answer, by the error's code. */
export function classifyNetworkError(error: unknown): Outcome {
  const codes = codesOf(error);
  if (codes.some((code) => NOT_SENT.has(code))) return UNREACHABLE;
  // Certificates: X509 and OpenSSL codes of https://nodejs.org/api/tls.html
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

/** Code, system call and name along the causes; an AggregateError has one for each address tried. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const { code, syscall, name } = error as NodeJS.ErrnoException;
  const own = [code, syscall, name].filter((one) => typeof one === 'string');
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [...own, ...inner.flatMap((one) => codesOf(one, depth + 1))];
}

/** What goes into the error beside the verdict. */
export interface FailureDetails {
  readonly message: string;
  /** True for a read: it changes nothing, so it may always be asked again. */
  readonly safe: boolean;
  readonly issues?: readonly Issue[];
  readonly retryAfterS?: number | undefined;
  readonly cause?: unknown;
  /** The answer's body; kept aside, see `replyOf`. */
  readonly reply?: string | undefined;
}

const replies = new WeakMap<Error, string>();
const MAX_REPLY = 64 * 1024;

/** The error for a verdict. */
export function failure(verdict: Outcome, details: FailureDetails): AdapterError {
  const { message, safe, issues, retryAfterS, cause, reply } = details;
  const unsure = verdict.code === 'remote-protocol' ? 'never' : 'later';
  const retry = safe && verdict.retry === 'unknown' ? unsure : verdict.retry;
  const error = new AdapterError(verdict.code, message, {
    retry,
    retryAfterS,
    ...(issues === undefined ? {} : { issues }),
    ...(cause === undefined ? {} : { cause }),
  });
  keepReply(error, reply);
  return error;
}

/** Lets `replyOf` find the body of the answer that `error` is about. */
export function keepReply(error: AdapterError, reply: string | undefined): void {
  if (reply) replies.set(error, reply.slice(0, MAX_REPLY));
}

/**
 * The first 64 kB of the answer an error is about. It may quote patient data, so it is no member of
 * the error, where a log would print it: store it like a payload.
 */
export function replyOf(error: unknown): string | undefined {
  return error instanceof Error ? replies.get(error) : undefined;
}
