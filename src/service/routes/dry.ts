// The pure ways, nothing kept and nothing sent: record to bundle, bundle to records, checks.
import type { RequestHandler } from 'express';
import { z } from 'zod';
import {
  mapRecord,
  type Policy,
  unmapBundle,
  validateRecord,
  validateResource,
} from '../../adapter.ts';
import { refuses } from '../../errors.ts';
import { FHIR_JSON } from '../../fhir/resource.ts';
import { BUNDLE_BODY, RECORD_BODY, readBody } from '../body.ts';
import { readFhirBody, readRecordBody, readResourceOrRecord } from '../input.ts';
import { RequestProblem } from '../problem.ts';
import { type Context, problems, type Route } from '../route.ts';
import { anyResource, mapAnswer, recordShape, unmapAnswer, validateAnswer } from '../schemas.ts';

/** `POST /v1/map`, `/v1/unmap` and `/v1/validate`. */
export function dryRoutes({ adapter: { policy } }: Context): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/map',
      operation: mapping,
      handlers: [readBody(RECORD_BODY), map(policy)],
    },
    {
      method: 'post',
      path: '/v1/unmap',
      operation: unmapping,
      handlers: [readBody(BUNDLE_BODY), unmap],
    },
    {
      method: 'post',
      path: '/v1/validate',
      operation: validation,
      handlers: [readBody(BUNDLE_BODY), validate(policy)],
    },
  ];
}

const map =
  (policy: Policy): RequestHandler =>
  (request, response) => {
    const form = request.accepts(['application/json', FHIR_JSON]);
    if (form === false) {
      throw new RequestProblem('not-acceptable', `Answers are application/json or ${FHIR_JSON}.`);
    }
    const read = readRecordBody(request);
    if (!read.ok) throw new RequestProblem('refused-record', 'The record is refused.', read.issues);
    const { bundle, losses, issues } = mapRecord(read.record, policy);
    if (form === FHIR_JSON) response.type(FHIR_JSON).send(JSON.stringify(bundle));
    else response.json({ bundle, losses, issues: [...read.issues, ...issues] });
  };

const unmap: RequestHandler = (request, response) => {
  response.json(unmapBundle(readFhirBody(request)));
};

const validate =
  (policy: Policy): RequestHandler =>
  (request, response) => {
    const read = readResourceOrRecord(request);
    const issues =
      'record' in read ? validateRecord(read.record, policy) : validateResource(read.resource);
    response.json({ valid: !refuses(issues), issues });
  };

const recordBody = { required: true, content: { 'application/json': { schema: recordShape } } };
const bodyProblems = problems('invalid-input', 'too-large', 'wrong-type', 'overloaded');

const mapping: Route['operation'] = {
  operationId: 'mapRecord',
  tags: ['dry'],
  summary: 'Map a record to FHIR without sending it',
  requestBody: recordBody,
  responses: {
    200: {
      description: `The bundle with losses and issues; ${FHIR_JSON} gives the bare bundle`,
      content: {
        'application/json': { schema: mapAnswer },
        [FHIR_JSON]: { schema: anyResource },
      },
    },
    ...bodyProblems,
    ...problems('not-acceptable', 'refused-record'),
  },
};

const unmapping: Route['operation'] = {
  operationId: 'unmapBundle',
  tags: ['dry'],
  summary: 'Read the visits that a bundle holds',
  requestBody: {
    required: true,
    content: {
      [FHIR_JSON]: { schema: anyResource },
      'application/json': { schema: anyResource },
    },
  },
  responses: {
    200: {
      description: 'Visits, and issues that belong to none',
      content: { 'application/json': { schema: unmapAnswer } },
    },
    ...bodyProblems,
  },
};

const validation: Route['operation'] = {
  operationId: 'validate',
  tags: ['dry'],
  summary: 'Check a record with the FHIR it maps to, or a FHIR resource or Bundle',
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: z.union([recordShape, anyResource]) },
      [FHIR_JSON]: { schema: anyResource },
    },
  },
  responses: {
    200: {
      description: 'Whether it is free of errors, and everything found',
      content: { 'application/json': { schema: validateAnswer } },
    },
    ...bodyProblems,
  },
};
