// Layer 0: the one shape of "something is wrong" and the one error that I/O throws.
// Knows nothing of IMS, FHIR or HTTP; rendered in service/, cli/ and as OperationOutcome only.

/** How bad an issue is. `error` and `fatal` refuse; `warning` and `information` are told. */
export type Severity = 'fatal' | 'error' | 'warning' | 'information';

/**
 * Something wrong with data. `path` is a JSON pointer into an IMS document or a FHIRPath into a
 * resource, `message` a sentence that names the rule and never the value, `source` where the rule
 * comes from.
 */
export interface Issue {
  readonly severity: Severity;
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly source?: string;
}

/** Why an operation could not be carried out: a closed list, so that nothing is told apart by text. */
export type ErrorCode =
  | 'invalid-input'
  | 'invalid-config'
  | 'not-found'
  | 'no-target'
  | 'too-large'
  | 'wrong-type'
  | 'unauthorized'
  | 'revision-conflict'
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
 * What to do with the same request: `never` send it again as it is; `later` it did not happen, try
 * again; `unknown` it may have happened, look before sending again.
 */
export type Retry = 'never' | 'later' | 'unknown';

/** The error that I/O throws. Carries codes and paths, never a patient's value. */
export class AdapterError extends Error {
  readonly code: ErrorCode;
  readonly retry: Retry;
  readonly issues: readonly Issue[];
  /** Seconds the other side asked to wait, if it said so. */
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

/** True when any of `issues` refuses. */
export function refuses(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error' || issue.severity === 'fatal');
}

/** True where a module could not be loaded because one of these packages is not installed. */
export function isMissingPackage(error: unknown, packages: readonly string[]): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code !== 'ERR_MODULE_NOT_FOUND' && error.code !== 'MODULE_NOT_FOUND') return false;
  return packages.some((name) => error.message.includes(`'${name}`));
}
