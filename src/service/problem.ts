// Turns errors into HTTP responses: RFC 9457 problem details, or OperationOutcome under /fhir. No other
// module does.
import type { ErrorRequestHandler, Request, Response } from 'express';
import { AdapterError, type ErrorCode, errorIssue, type Issue } from '../errors.ts';
import { toOutcome } from '../fhir/outcome.ts';

/** Codes of problems: those of AdapterError and those of HTTP requests. */
export type ProblemCode =
  | ErrorCode
  | 'not-found'
  | 'too-large'
  | 'wrong-type'
  | 'unauthorized'
  | 'refused-record'
  | 'wrong-host'
  | 'wrong-method'
  | 'overloaded'
  | 'not-acceptable';

/** Base of each problem's `type`, which ends with the code. */
export const PROBLEM_BASE = 'https://ims-fhir.org/problems/';

interface ProblemType {
  readonly status: number;
  readonly title: string;
  /** FHIR issue type, for OperationOutcome under /fhir. */
  readonly issueType: string;
}

function problemType(status: number, title: string, issueType: string): ProblemType {
  return { status, title, issueType };
}

/** Status and title of each problem. */
export const problemTypes: Readonly<Record<ProblemCode, ProblemType>> = {
  'invalid-input': problemType(400, 'Invalid request', 'invalid'),
  'invalid-config': problemType(500, 'Invalid configuration', 'exception'),
  'not-found': problemType(404, 'Not found', 'not-found'),
  'refused-record': problemType(422, 'Invalid record', 'invalid'),
  'no-target': problemType(422, 'No matching target', 'processing'),
  'too-large': problemType(413, 'Request too large', 'too-long'),
  'wrong-type': problemType(415, 'Unsupported media type', 'not-supported'),
  'wrong-method': problemType(405, 'Method not allowed', 'not-supported'),
  overloaded: problemType(503, 'Service overloaded', 'throttled'),
  'wrong-host': problemType(403, 'Host not allowed', 'security'),
  'not-acceptable': problemType(406, 'Not acceptable', 'not-supported'),
  unauthorized: problemType(401, 'Authentication required', 'login'),
  'store-unavailable': problemType(503, 'Store unavailable', 'no-store'),
  'shutting-down': problemType(503, 'Service is shutting down', 'transient'),
  'remote-unreachable': problemType(502, 'FHIR server unreachable', 'transient'),
  'remote-timeout': problemType(504, 'FHIR server timed out', 'timeout'),
  'remote-throttled': problemType(503, 'FHIR server limits the request rate', 'throttled'),
  'remote-auth': problemType(502, 'Authentication at the FHIR server failed', 'security'),
  'remote-conflict': problemType(502, 'FHIR server reported a conflict', 'conflict'),
  'remote-refused': problemType(502, 'FHIR server rejected the request', 'processing'),
  'remote-protocol': problemType(502, 'FHIR server sent an invalid response', 'exception'),
  'remote-failed': problemType(502, 'FHIR server failed', 'exception'),
  internal: problemType(500, 'Internal error', 'exception'),
};

/** A problem with a request. */
export class RequestProblem extends Error {
  readonly code: ProblemCode;
  readonly issues: readonly Issue[];

  constructor(code: ProblemCode, message: string, issues: readonly Issue[] = []) {
    super(message);
    this.name = 'RequestProblem';
    this.code = code;
    this.issues = issues;
  }
}

/** Default of Retry-After. */
const RETRY_AFTER_S = 5;

interface Problem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly issues: readonly Issue[];
  readonly retryAfterS: number | undefined;
}

/** Sends the response for `error`. The message is included only if it comes from this project. */
export function sendProblem(request: Request, response: Response, error: unknown): void {
  const problem = toProblem(error);
  const { status } = problemTypes[problem.code];
  response.status(status);
  if (status === 503) response.set('Retry-After', String(problem.retryAfterS ?? RETRY_AFTER_S));
  if (status === 401) response.set('WWW-Authenticate', 'Bearer realm="ims-fhir"');
  if (/^\/fhir(\/|$)/.test(request.path)) {
    response.type('application/fhir+json').send(JSON.stringify(outcomeOf(problem)));
    return;
  }
  response.type('application/problem+json').send(JSON.stringify(bodyOf(problem, request)));
}

/** The last handler of Express: handles every error that a route throws. */
export const problemHandler: ErrorRequestHandler = (error, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  if (problemTypes[toProblem(error).code].status >= 500) response.err = error;
  sendProblem(request, response, error);
};

function bodyOf({ code, detail, issues }: Problem, request: Request) {
  const { status, title } = problemTypes[code];
  const instance = `urn:uuid:${String(request.id)}`;
  return { type: `${PROBLEM_BASE}${code}`, title, status, detail, instance, code, issues };
}

function outcomeOf({ code, detail, issues }: Problem) {
  const single = errorIssue(problemTypes[code].issueType, '', detail);
  return toOutcome(issues.length > 0 ? issues : [single]);
}

function toProblem(error: unknown): Problem {
  if (error instanceof AdapterError || error instanceof RequestProblem) {
    const { code, issues, message } = error;
    const retryAfterS = error instanceof AdapterError ? error.retryAfterS : undefined;
    return { code, issues, detail: message, retryAfterS };
  }
  const code = codeOfHttpError(error);
  return {
    code,
    issues: [],
    detail: detailOf(code, error),
    retryAfterS: undefined,
  };
}

/** The detail for an error of Express; its message is not used, because it may quote the request. */
function detailOf(code: ProblemCode, error: unknown): string {
  const limit = error instanceof Error && 'limit' in error ? error.limit : undefined;
  if (code === 'too-large' && typeof limit === 'number') {
    return `The body must have at most ${limit / 2 ** 20} MiB. Nothing was stored.`;
  }
  return DETAILS[code] ?? 'Unexpected error; see the log of the service.';
}

const DETAILS: Partial<Record<ProblemCode, string>> = {
  'too-large': 'The body is larger than this path allows.',
  'wrong-type': 'The content encoding or character set is not supported.',
  'invalid-input': 'The request is incomplete or malformed.',
};

/** Errors of Express and its body parser have a status. */
function codeOfHttpError(error: unknown): ProblemCode {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return 'too-large';
  if (status === 415) return 'wrong-type';
  return typeof status === 'number' && status >= 400 && status < 500 ? 'invalid-input' : 'internal';
}
