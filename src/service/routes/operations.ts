// Health checks for supervisors: whether the process runs and the store works. Targets are not checked.
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
      throw new AdapterError('store-unavailable', 'The store does not respond.', {
        retry: 'later',
      });
    }
    response.json(OK);
  };
  return [
    { method: 'get', path: '/healthz', operation: healthOperation, handlers: [health] },
    { method: 'get', path: '/readyz', operation: readyOperation, handlers: [ready] },
  ];
}

const content = { 'application/json': { schema: status } };

const healthOperation: Route['operation'] = {
  operationId: 'isAlive',
  tags: ['operations'],
  summary: 'Whether the process runs',
  security: [],
  responses: { 200: { description: 'The process runs', content } },
};

const readyOperation: Route['operation'] = {
  operationId: 'isReady',
  tags: ['operations'],
  summary: 'Whether the service can accept records',
  security: [],
  responses: {
    200: { description: 'The store works', content },
    ...problems('store-unavailable', 'shutting-down'),
  },
};
