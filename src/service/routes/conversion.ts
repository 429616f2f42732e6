// Map, unmap and validate: nothing is stored and nothing is sent.
import type { RequestHandler } from 'express';
import { z } from 'zod';
import {
  mapRecord,
  type Policy,
  unmapBundle,
  validateRecord,
  validateResource,
} from '../../adapter.ts';
import { hasErrors } from '../../errors.ts';
import { FHIR_JSON } from '../../fhir/resource.ts';
import { BUNDLE_BODY, RECORD_BODY, readBody } from '../body.ts';
import { readFhirBody, readRecordBody, readResourceOrRecord } from '../input.ts';
import { RequestProblem } from '../problem.ts';
import { type Context, problems, type Route } from '../route.ts';
import { anyResource, mapAnswer, recordShape, unmapAnswer, validateAnswer } from '../schemas.ts';

/** `POST /v1/map`, `/v1/unmap` and `/v1/validate`. */
export function conversionRoutes({ adapter: { policy } }: Context): Route[] {
  return [
    {
      method: 'post',
      path: '/v1/map',
      operation: mapOperation,
      handlers: [readBody(RECORD_BODY), map(policy)],
    },
    {
      method: 'post',
      path: '/v1/unmap',
      operation: unmapOperation,
      handlers: [readBody(BUNDLE_BODY), unmap],
    },
    {
      method: 'post',
      path: '/v1/validate',
      operation: validateOperation,
      handlers: [readBody(BUNDLE_BODY), validate(policy)],
    },
  ];
}

const map =
  (policy: Policy): RequestHandler =>
  (request, response) => {
    const mediaType = request.accepts(['application/json', FHIR_JSON]);
    if (mediaType === false) {
      throw new RequestProblem(
        'not-acceptable',
        `The response can be application/json or ${FHIR_JSON}.`,
      );
    }
    const read = readRecordBody(request);
    if (!read.ok) throw new RequestProblem('refused-record', 'The record is invalid.', read.issues);
    const { bundle, losses, issues } = mapRecord(read.record, policy);
    if (mediaType === FHIR_JSON) response.type(FHIR_JSON).send(JSON.stringify(bundle));
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
    response.json({ valid: !hasErrors(issues), issues });
  };

const recordBody = { required: true, content: { 'application/json': { schema: recordShape } } };
const bodyProblems = problems('invalid-input', 'too-large', 'wrong-type', 'overloaded');

const mapOperation: Route['operation'] = {
  operationId: 'mapRecord',
  tags: ['conversion'],
  summary: 'Map a record to FHIR without sending it',
  requestBody: recordBody,
  responses: {
    200: {
      description: `The Bundle with losses and issues; as ${FHIR_JSON} only the Bundle`,
      content: {
        'application/json': { schema: mapAnswer },
        [FHIR_JSON]: { schema: anyResource },
      },
    },
    ...bodyProblems,
    ...problems('not-acceptable', 'refused-record'),
  },
};

const unmapOperation: Route['operation'] = {
  operationId: 'unmapBundle',
  tags: ['conversion'],
  summary: 'Read the visits in a Bundle',
  requestBody: {
    required: true,
    content: {
      [FHIR_JSON]: { schema: anyResource },
      'application/json': { schema: anyResource },
    },
  },
  responses: {
    200: {
      description: 'Visits, and issues that belong to no visit',
      content: { 'application/json': { schema: unmapAnswer } },
    },
    ...bodyProblems,
  },
};

const validateOperation: Route['operation'] = {
  operationId: 'validate',
  tags: ['conversion'],
  summary: 'Validate a record and the FHIR it maps to, or a FHIR resource or Bundle',
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: z.union([recordShape, anyResource]) },
      [FHIR_JSON]: { schema: anyResource },
    },
  },
  responses: {
    200: {
      description: 'Whether it is valid, and all issues',
      content: { 'application/json': { schema: validateAnswer } },
    },
    ...bodyProblems,
  },
};
