// Reads request bodies as bytes and decodes them. Nothing is parsed or corrected here, so that the reader of
// records sees exactly what was sent (duplicate members, invalid bytes).
import express, { type Request, type RequestHandler } from 'express';
import { RequestProblem } from './problem.ts';

const MIB = 1024 * 1024;

/** The largest body that any route accepts. */
export const LARGEST_BODY = 16 * MIB;

/** The largest body by media type. */
export interface BodyLimits {
  readonly [type: string]: number;
}

/** One record: 16 MB, enough for a file of 11 MB in base64. */
export const RECORD_BODY: BodyLimits = { 'application/json': LARGEST_BODY };
/** A search: 1 MB. */
export const QUERY_BODY: BodyLimits = { 'application/json': MIB };
/** One record, or lines of records: 16 MB in total. */
export const RECORDS_BODY: BodyLimits = { ...RECORD_BODY, 'application/x-ndjson': LARGEST_BODY };
/** Resources of many visits: 16 MB. */
export const BUNDLE_BODY: BodyLimits = {
  'application/fhir+json': LARGEST_BODY,
  'application/json': LARGEST_BODY,
};

/** Reads the whole body. Rejects other media types, other character sets, an empty or a too large body. */
export function readBody(limits: BodyLimits): RequestHandler {
  const readers = new Map(
    Object.entries(limits).map(([type, limit]) => [type, express.raw({ type: () => true, limit })]),
  );
  return (request, response, next) => {
    if (!hasBody(request)) return next(new RequestProblem('invalid-input', NO_BODY));
    const reader = isUtf8(request) ? readers.get(mediaType(request)) : undefined;
    if (reader !== undefined) return reader(request, response, next);
    const allowed = [...readers.keys()].join(' or ');
    next(new RequestProblem('wrong-type', `The body must be ${allowed}, in UTF-8.`));
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

/** The body as text. Throws if it is not UTF-8. */
export function textOf(request: Request): string {
  const text = decode(bytesOf(request));
  if (text !== undefined) return text;
  throw new RequestProblem('invalid-input', 'The body must be UTF-8.');
}

/** UTF-8 bytes as text without a byte order mark; undefined if they are not UTF-8. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const NO_BODY = 'The request body is missing.';

function hasBody({ headers }: Request): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return Number(headers['content-length'] ?? 0) > 0;
}

function isUtf8(request: Request): boolean {
  const [, charset] =
    /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.headers['content-type'] ?? '') ?? [];
  return charset === undefined || /^utf-?8$/i.test(charset);
}
