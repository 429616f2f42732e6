// Reads visits back from a target's FHIR server as records.
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { idSchema, uriSchema } from '../../ims/schema/values.ts';
import { QUERY_BODY, readBody } from '../body.ts';
import { readParams, readShape } from '../input.ts';
import { RequestProblem } from '../problem.ts';
import { type Context, problems, REMOTE_PROBLEMS, type Route } from '../route.ts';
import { pulledVisit, pullQuery, searchAnswer } from '../schemas.ts';

const params = {
  path: z.object({
    source: uriSchema.meta({ description: 'URI of the clinic system, percent-encoded' }),
    recordId: idSchema.meta({ description: 'Id of the record, percent-encoded' }),
  }),
  query: z.strictObject({ target: z.string().exactOptional() }),
};

/** `GET /v1/records/:source/:recordId` and `POST /v1/records/search`. */
export function pullRoutes({ adapter }: Context): Route[] {
  const pull: RequestHandler = async (request, response) => {
    const { path, query } = readParams(request, params);
    const visit = await adapter.pull({ ...path, ...query });
    if (visit === undefined) {
      throw new RequestProblem('not-found', 'The target does not have this visit.');
    }
    response.json(visit);
  };
  const search: RequestHandler = async (request, response) => {
    response.json(await adapter.search(readShape(request, pullQuery)));
  };
  return [
    {
      method: 'get',
      path: '/v1/records/:source/:recordId',
      operation: pullOperation,
      handlers: [pull],
    },
    {
      method: 'post',
      path: '/v1/records/search',
      operation: searchOperation,
      handlers: [readBody(QUERY_BODY), search],
    },
  ];
}

const pullOperation: Route['operation'] = {
  operationId: 'pullRecord',
  tags: ['records'],
  summary: 'Pull one visit from a target',
  requestParams: params,
  responses: {
    200: {
      description: 'The visit with its resources and losses',
      content: { 'application/json': { schema: pulledVisit } },
    },
    ...problems('invalid-input', 'not-found', 'no-target', ...REMOTE_PROBLEMS, 'shutting-down'),
  },
};

const searchOperation: Route['operation'] = {
  operationId: 'searchRecords',
  tags: ['records'],
  summary: 'Search visits by patient, date or time of change',
  requestBody: { required: true, content: { 'application/json': { schema: pullQuery } } },
  responses: {
    200: {
      description: 'Visits; a cursor if there are more',
      content: { 'application/json': { schema: searchAnswer } },
    },
    ...problems('invalid-input', 'too-large', 'wrong-type', 'no-target', 'overloaded'),
    ...problems(...REMOTE_PROBLEMS, 'shutting-down'),
  },
};
