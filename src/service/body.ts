// A request's body as bytes, and bytes as text: nothing is guessed, so that readers of records see
// exactly what was sent (a member twice, a wrong byte).
import express, { type Request, type RequestHandler } from 'express';
import { RequestProblem } from './problem.ts';

const MIB = 1024 * 1024;

/** No route takes a larger body. */
export const LARGEST_BODY = 16 * MIB;

/** Largest body by content type. */
export interface BodyLimits {
  readonly [type: string]: number;
}

/** One record: 16 MB, which leaves room for a file of 11 MB in base64. */
export const RECORD_BODY: BodyLimits = { 'application/json': LARGEST_BODY };
/** A question: 1 MB. */
export const QUERY_BODY: BodyLimits = { 'application/json': MIB };
/** One record, or lines of records: 16 MB together. */
export const RECORDS_BODY: BodyLimits = { ...RECORD_BODY, 'application/x-ndjson': LARGEST_BODY };
/** Resources of many visits: 16 MB. */
export const BUNDLE_BODY: BodyLimits = {
  'application/fhir+json': LARGEST_BODY,
  'application/json': LARGEST_BODY,
};

/** Reads the whole body; refuses other types, other character sets, no body and one too large. */
export function readBody(limits: BodyLimits): RequestHandler {
  const readers = new Map(
    Object.entries(limits).map(([type, limit]) => [type, express.raw({ type: () => true, limit })]),
  );
  return (request, response, next) => {
    if (!hasBody(request)) return next(new RequestProblem('invalid-input', NO_BODY));
    const reader = isUtf8(request) ? readers.get(mediaType(request)) : undefined;
    if (reader !== undefined) return reader(request, response, next);
    const taken = [...readers.keys()].join(' or ');
    next(new RequestProblem('wrong-type', `The body must be ${taken}, in UTF-8.`));
  };
}

/** The media type of the body, without parameters, in lower case. */
export function mediaType(request: Request): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The bytes that `readBody` has read. */
export function bytesOf(request: Request): Uint8Array {
  const body: unknown = request.body;
  if (body instanceof Uint8Array && body.length > 0) return body;
  throw new RequestProblem('invalid-input', NO_BODY);
}

/** The body as text; bytes that are no UTF-8 are refused. */
export function textOf(request: Request): string {
  const text = decode(bytesOf(request));
  if (text !== undefined) return text;
  throw new RequestProblem('invalid-input', 'The body is no UTF-8.');
}

/** Bytes as text without a byte order mark, or nothing where they are no UTF-8. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const NO_BODY = 'The request has no body.';

function hasBody({ headers }: Request): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return Number(headers['content-length'] ?? 0) > 0;
}

function isUtf8(request: Request): boolean {
  const [, charset] =
    /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.headers['content-type'] ?? '') ?? [];
  return charset === undefined || /^utf-?8$/i.test(charset);
}
