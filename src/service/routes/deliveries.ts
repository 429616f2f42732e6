// The state of a delivery.
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { readParams } from '../input.ts';
import { RequestProblem } from '../problem.ts';
import { type Context, problems, type Route } from '../route.ts';
import { delivery } from '../schemas.ts';

const params = {
  path: z.object({ id: z.string().min(1).max(100) }),
  query: z.strictObject({}),
};

/** `GET /v1/deliveries/:id`. */
export function deliveryRoutes({ adapter }: Context): Route[] {
  const read: RequestHandler = async (request, response) => {
    const { path } = readParams(request, params);
    const view = await adapter.delivery(path.id);
    if (view === undefined) throw new RequestProblem('not-found', 'No delivery has this id.');
    response.json(view);
  };
  return [{ method: 'get', path: '/v1/deliveries/:id', operation, handlers: [read] }];
}

const operation: Route['operation'] = {
  operationId: 'readDelivery',
  tags: ['deliveries'],
  summary: 'Read the state of one delivery',
  requestParams: { path: params.path },
  responses: {
    200: {
      description: 'The delivery of one revision of one record to one target',
      content: { 'application/json': { schema: delivery } },
    },
    ...problems('invalid-input', 'not-found', 'store-unavailable', 'shutting-down'),
  },
};
