// Issues (what is wrong with some data), losses (data that cannot be represented) and AdapterError, the
// only error class that this package throws on purpose. Independent of IMS, FHIR and HTTP: service/, cli/
// and fhir/outcome.ts present them.

/** `fatal` and `error` reject the data; `warning` and `information` are only reported. */
export type Severity = 'fatal' | 'error' | 'warning' | 'information';

/**
 * A problem in data. `path` is a JSON pointer into an IMS document or a FHIRPath expression of a
 * resource; '' means the whole of it. `message` names the rule and never a patient's value. `source`
 * is where the rule comes from.
 */
export interface Issue {
  readonly severity: Severity;
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly source?: string;
}

/**
 * Data that FHIR, the record or a server cannot hold. `path` is a JSON pointer into an IMS record or a
 * FHIRPath expression, never a value.
 */
export interface Loss {
  readonly path: string;
  readonly reason: string;
}

/** An issue that rejects the data. */
export function errorIssue(code: string, path: string, message: string): Issue {
  return { severity: 'error', code, path, message };
}

/** An issue that is reported and rejects nothing. */
export function warningIssue(code: string, path: string, message: string): Issue {
  return { severity: 'warning', code, path, message };
}

/** A note: nothing needs to be corrected. */
export function informationIssue(code: string, path: string, message: string): Issue {
  return { severity: 'information', code, path, message };
}

/** Why an operation failed. Callers branch on these codes, never on message text. */
export type ErrorCode =
  | 'invalid-input'
  | 'invalid-config'
  | 'no-target'
  | 'store-unavailable'
  | 'shutting-down'
  | 'remote-unreachable'
  | 'remote-timeout'
  | 'remote-throttled'
  | 'remote-auth'
  | 'remote-conflict'
  | 'remote-refused'
  | 'remote-protocol'
  | 'remote-failed'
  | 'internal';

/**
 * Whether to repeat the same request. `never`: it would fail again. `later`: it had no effect, try
 * again. `unknown`: it may have had its effect, check before trying again.
 */
export type Retry = 'never' | 'later' | 'unknown';

/** An operation failed. Carries codes and paths, never a patient's value. */
export class AdapterError extends Error {
  readonly code: ErrorCode;
  readonly retry: Retry;
  readonly issues: readonly Issue[];
  /** Seconds to wait before a retry, as the server requested (Retry-After). */
  readonly retryAfterS: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      retry?: Retry;
      issues?: readonly Issue[];
      retryAfterS?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AdapterError';
    this.code = code;
    this.retry = options.retry ?? 'never';
    this.issues = options.issues ?? [];
    this.retryAfterS = options.retryAfterS;
  }
}

/** True when any issue rejects the data. */
export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error' || issue.severity === 'fatal');
}

/** True when `error` is a failed import of one of `packages`: an optional dependency is missing. */
export function isMissingPackage(error: unknown, packages: readonly string[]): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code !== 'ERR_MODULE_NOT_FOUND' && error.code !== 'MODULE_NOT_FOUND') return false;
  return packages.some((name) => error.message.includes(`'${name}`));
}
