// For supervisors: is the process alive, does the store answer. Targets are not asked.
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { AdapterError } from '../../errors.ts';
import { type Context, problems, type Route } from '../route.ts';

const status = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Status' });
const OK = { status: 'ok' } as const;

/** `GET /healthz` and `GET /readyz`. */
export function operationRoutes({ adapter, isStopping }: Context): Route[] {
  const health: RequestHandler = (_request, response) => {
    response.json(OK);
  };
  const ready: RequestHandler = async (_request, response) => {
    if (isStopping()) throw new AdapterError('shutting-down', 'The service is stopping.');
    if (!(await adapter.ready())) {
      throw new AdapterError('store-unavailable', 'The store does not answer.', { retry: 'later' });
    }
    response.json(OK);
  };
  return [
    { method: 'get', path: '/healthz', operation: healthy, handlers: [health] },
    { method: 'get', path: '/readyz', operation: readiness, handlers: [ready] },
  ];
}

const content = { 'application/json': { schema: status } };

const healthy: Route['operation'] = {
  operationId: 'isAlive',
  tags: ['operations'],
  summary: 'Whether the process runs',
  security: [],
  responses: { 200: { description: 'It does', content } },
};

const readiness: Route['operation'] = {
  operationId: 'isReady',
  tags: ['operations'],
  summary: 'Whether records can be taken',
  security: [],
  responses: {
    200: { description: 'The store answers', content },
    ...problems('store-unavailable', 'shutting-down'),
  },
};
