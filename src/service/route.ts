// A route is its handlers and its page of the OpenAPI document, side by side.
import type { Request, RequestHandler } from 'express';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import type { Adapter } from '../adapter.ts';
import type { Definitions } from '../definitions/published.ts';
import { type ProblemCode, problemRows } from './problem.ts';
import { problem } from './schemas.ts';

/** What routes work with. */
export interface Context {
  readonly adapter: Adapter;
  readonly definitions: () => Definitions;
  /** The address callers reach the service at, without a slash at its end. */
  readonly baseOf: (request: Request) => string;
  readonly isStopping: () => boolean;
}

/** One method of one path; `path` as Express writes it. */
export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly operation: ZodOpenApiOperationObject;
  readonly handlers: readonly RequestHandler[];
}

/** Answers that are problem details, by status, for the document of an operation. */
export function problems(
  ...codes: ProblemCode[]
): Record<`${4 | 5}${string}`, ZodOpenApiResponseObject> {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const { status, title } = problemRows[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${code}: ${title}`]);
  }
  const content = { 'application/problem+json': { schema: problem } };
  return Object.fromEntries(
    [...byStatus].map(([status, titles]) => [status, { description: titles.join('; '), content }]),
  );
}

/** Every way a FHIR server on the other side can fail a request. */
export const REMOTE_PROBLEMS = [
  'remote-unreachable',
  'remote-timeout',
  'remote-throttled',
  'remote-auth',
  'remote-refused',
  'remote-protocol',
  'remote-failed',
] as const satisfies readonly ProblemCode[];
