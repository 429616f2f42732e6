// Types of a route: its handlers together with its OpenAPI operation.
import type { Request, RequestHandler } from 'express';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import type { Adapter } from '../adapter.ts';
import type { Definitions } from '../definitions/published.ts';
import { type ProblemCode, problemTypes } from './problem.ts';
import { problem } from './schemas.ts';

/** What routes are created with. */
export interface Context {
  readonly adapter: Adapter;
  readonly definitions: () => Definitions;
  /** The address of the service as the caller sees it, without a trailing slash. */
  readonly baseOf: (request: Request) => string;
  readonly isStopping: () => boolean;
}

/** One method of one path, in Express syntax. */
export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly operation: ZodOpenApiOperationObject;
  readonly handlers: readonly RequestHandler[];
}

/** The problem responses of an OpenAPI operation, by status. */
export function problems(
  ...codes: ProblemCode[]
): Record<`${4 | 5}${string}`, ZodOpenApiResponseObject> {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const { status, title } = problemTypes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${code}: ${title}`]);
  }
  const content = { 'application/problem+json': { schema: problem } };
  return Object.fromEntries(
    [...byStatus].map(([status, titles]) => [status, { description: titles.join('; '), content }]),
  );
}

/** Problems that a target's FHIR server can cause. */
export const REMOTE_PROBLEMS = [
  'remote-unreachable',
  'remote-timeout',
  'remote-throttled',
  'remote-auth',
  'remote-refused',
  'remote-protocol',
  'remote-failed',
] as const satisfies readonly ProblemCode[];
