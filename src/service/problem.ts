// What went wrong as a caller of the service sees it: RFC 9457 problem details, and OperationOutcome
// under /fhir. The only place where an error becomes HTTP.
import type { ErrorRequestHandler, Request, Response } from 'express';
import { AdapterError, type ErrorCode, errorIssue, type Issue } from '../errors.ts';
import { toOutcome } from '../fhir/outcome.ts';

/** Codes of problems: those of AdapterError and those that only HTTP knows. */
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

/** Each `type` is this with the code at its end. */
export const PROBLEM_BASE = 'https://ims-fhir.org/problems/';

interface Row {
  readonly status: number;
  readonly title: string;
  /** FHIR issue type, under /fhir. */
  readonly fhir: string;
}

/** Status and title of each problem; the table of the documentation. */
export const problemRows: Readonly<Record<ProblemCode, Row>> = {
  'invalid-input': { status: 400, title: 'The request cannot be read', fhir: 'invalid' },
  'invalid-config': { status: 500, title: 'The service is set up wrongly', fhir: 'exception' },
  'not-found': { status: 404, title: 'There is no such thing here', fhir: 'not-found' },
  'refused-record': { status: 422, title: 'The record is refused', fhir: 'invalid' },
  'no-target': { status: 422, title: 'The records have nowhere to go', fhir: 'processing' },
  'too-large': { status: 413, title: 'The request is too large', fhir: 'too-long' },
  'wrong-type': { status: 415, title: 'The content type is not taken here', fhir: 'not-supported' },
  'wrong-method': { status: 405, title: 'The method is not for this path', fhir: 'not-supported' },
  overloaded: { status: 503, title: 'The service is overloaded', fhir: 'throttled' },
  'wrong-host': {
    status: 403,
    title: 'The request names a host that is not here',
    fhir: 'security',
  },
  'not-acceptable': { status: 406, title: 'The answer has no such form', fhir: 'not-supported' },
  unauthorized: { status: 401, title: 'A key is needed', fhir: 'login' },
  'store-unavailable': { status: 503, title: 'The store cannot be used now', fhir: 'no-store' },
  'shutting-down': { status: 503, title: 'The service is stopping', fhir: 'transient' },
  'remote-unreachable': {
    status: 502,
    title: 'The FHIR server cannot be reached',
    fhir: 'transient',
  },
  'remote-timeout': {
    status: 504,
    title: 'The FHIR server did not answer in time',
    fhir: 'timeout',
  },
  'remote-throttled': { status: 503, title: 'The FHIR server asks to wait', fhir: 'throttled' },
  'remote-auth': { status: 502, title: 'The FHIR server refuses our sign-in', fhir: 'security' },
  'remote-conflict': { status: 502, title: 'The FHIR server reports a conflict', fhir: 'conflict' },
  'remote-refused': {
    status: 502,
    title: 'The FHIR server refused the request',
    fhir: 'processing',
  },
  'remote-protocol': {
    status: 502,
    title: 'The FHIR server answered with no FHIR',
    fhir: 'exception',
  },
  'remote-failed': { status: 502, title: 'The FHIR server failed', fhir: 'exception' },
  internal: { status: 500, title: 'The service failed', fhir: 'exception' },
};

/** A problem that the service itself finds. */
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

/** Seconds a caller is asked to wait where nothing better is known. */
const RETRY_AFTER_S = 5;

interface Problem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly issues: readonly Issue[];
  readonly retryAfterS: number | undefined;
}

/** Answers with what `error` means; its own text is told only where this project wrote it. */
export function sendProblem(request: Request, response: Response, error: unknown): void {
  const problem = toProblem(error);
  const { status } = problemRows[problem.code];
  response.status(status);
  if (status === 503) response.set('Retry-After', String(problem.retryAfterS ?? RETRY_AFTER_S));
  if (status === 401) response.set('WWW-Authenticate', 'Bearer realm="ims-fhir"');
  if (/^\/fhir(\/|$)/.test(request.path)) {
    response.type('application/fhir+json').send(JSON.stringify(outcomeOf(problem)));
    return;
  }
  response.type('application/problem+json').send(JSON.stringify(bodyOf(problem, request)));
}

/** Express's last handler: every error that a route threw. */
export const problemHandler: ErrorRequestHandler = (error, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  if (problemRows[toProblem(error).code].status >= 500) response.err = error;
  sendProblem(request, response, error);
};

function bodyOf({ code, detail, issues }: Problem, request: Request) {
  const { status, title } = problemRows[code];
  const instance = `urn:uuid:${String(request.id)}`;
  return { type: `${PROBLEM_BASE}${code}`, title, status, detail, instance, code, issues };
}

function outcomeOf({ code, detail, issues }: Problem) {
  const whole = errorIssue(problemRows[code].fhir, '', detail);
  return toOutcome(issues.length > 0 ? issues : [whole]);
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
    detail: DETAILS[code] ?? 'See the log of the service.',
    retryAfterS: undefined,
  };
}

const DETAILS: Partial<Record<ProblemCode, string>> = {
  'too-large': 'The body is larger than this path takes.',
  'wrong-type': 'The content encoding or character set is not taken here.',
  'invalid-input': 'The request is broken off or malformed.',
};

/** Errors of Express and its body reader carry a status; their text may quote the request. */
function codeOfHttpError(error: unknown): ProblemCode {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return 'too-large';
  if (status === 415) return 'wrong-type';
  return typeof status === 'number' && status >= 400 && status < 500 ? 'invalid-input' : 'internal';
}
