// Pull: visits as a FHIR server holds them, read back into records.
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { idSchema, uriSchema } from '../../ims/schema/values.ts';
import { QUERY_BODY, readBody } from '../body.ts';
import { readParams, readShape } from '../input.ts';
import { RequestProblem } from '../problem.ts';
import { type Context, problems, REMOTE_PROBLEMS, type Route } from '../route.ts';
import { pulledVisit, pullQuery, searchAnswer } from '../schemas.ts';

const which = {
  path: z.object({
    source: uriSchema.meta({ description: 'Percent-encoded URI of the clinic system' }),
    recordId: idSchema.meta({ description: 'Percent-encoded' }),
  }),
  query: z.strictObject({ target: z.string().exactOptional() }),
};

/** `GET /v1/records/:source/:recordId` and `POST /v1/records/search`. */
export function pullRoutes({ adapter }: Context): Route[] {
  const pull: RequestHandler = async (request, response) => {
    const { path, query } = readParams(request, which);
    const visit = await adapter.pull({ ...path, ...query });
    if (visit === undefined) {
      throw new RequestProblem('not-found', 'The visit does not stand at this target.');
    }
    response.json(visit);
  };
  const search: RequestHandler = async (request, response) => {
    response.json(await adapter.search(readShape(request, pullQuery)));
  };
  return [
    { method: 'get', path: '/v1/records/:source/:recordId', operation: pullOne, handlers: [pull] },
    {
      method: 'post',
      path: '/v1/records/search',
      operation: pullMany,
      handlers: [readBody(QUERY_BODY), search],
    },
  ];
}

const pullOne: Route['operation'] = {
  operationId: 'pullRecord',
  tags: ['records'],
  summary: 'Pull one visit from a target',
  requestParams: which,
  responses: {
    200: {
      description: 'The visit, what it was read from and what could not be held',
      content: { 'application/json': { schema: pulledVisit } },
    },
    ...problems('invalid-input', 'not-found', 'no-target', ...REMOTE_PROBLEMS, 'shutting-down'),
  },
};

const pullMany: Route['operation'] = {
  operationId: 'searchRecords',
  tags: ['records'],
  summary: 'Pull the visits of a patient, of dates or changed since an instant',
  requestBody: { required: true, content: { 'application/json': { schema: pullQuery } } },
  responses: {
    200: {
      description: 'Visits; with a cursor there are more',
      content: { 'application/json': { schema: searchAnswer } },
    },
    ...problems('invalid-input', 'too-large', 'wrong-type', 'no-target', 'overloaded'),
    ...problems(...REMOTE_PROBLEMS, 'shutting-down'),
  },
};
