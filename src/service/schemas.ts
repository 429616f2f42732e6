// Schemas of requests and responses. The routes parse with them, the OpenAPI document includes them, and
// each must match the adapter's type.
import { z } from 'zod';
import type {
  DeliveryView,
  Loss,
  MapAnswer,
  PulledVisit,
  PullQuery,
  SubmitAnswer,
  SubmitResult,
  UnmapAnswer,
} from '../adapter.ts';
import type { Issue } from '../errors.ts';
import { type ImsRecord, record } from '../ims/schema/record.ts';
import { idSchema, instantSchema, partialDateSchema, uriSchema } from '../ims/schema/values.ts';
import { problemTypes } from './problem.ts';

/** The IMS record; its rules across members are documented in README.md beside this file. */
export const recordShape = record.schema.meta({
  id: 'ImsRecord',
  description: 'One revision of one visit or contact. Also published as /schema/ims-record-1.json.',
}) as z.ZodType<ImsRecord>;

export const issue = z
  .strictObject({
    severity: z.enum(['fatal', 'error', 'warning', 'information']),
    code: z.string(),
    path: z.string().meta({
      description:
        'JSON pointer into a record, FHIRPath into a resource, ?name of a query or {name} of a path parameter',
    }),
    message: z.string(),
    source: z.string().exactOptional(),
  })
  .meta({ id: 'Issue' }) satisfies z.ZodType<Issue>;

export const loss = z.strictObject({ path: z.string(), reason: z.string() }).meta({
  id: 'Loss',
  description: 'Data that the other side cannot represent',
}) satisfies z.ZodType<Loss>;

/** A comma-separated list in a query, as an array without duplicates. */
const targetNames = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((name) => name.trim()))])
  .refine((list) => list.every((name) => name !== ''), 'must be a list such as a,b')
  .meta({ description: 'Names of targets, as a,b; default: all targets' });

/** Query of `POST /v1/records`. */
export const submitQuery = z.strictObject({
  target: targetNames.exactOptional(),
  wait: z
    .string()
    .regex(/^([0-9]|[12][0-9]|30)$/, 'must be an integer from 0 to 30')
    .transform(Number)
    .exactOptional()
    .meta({
      description: 'Seconds to wait until every delivery is settled, at most 30',
      override: ({ jsonSchema }) => {
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, { type: 'integer', minimum: 0, maximum: 30 });
      },
    }),
});

const deliveryReference = z.strictObject({
  id: z.string(),
  target: z.string(),
  state: z.string(),
  cause: z.string().exactOptional(),
});

const submitResult = z
  .strictObject({
    line: z.int().exactOptional().meta({ description: 'Line of an NDJSON request' }),
    source: z.string().exactOptional(),
    recordId: z.string().exactOptional(),
    revision: z.int().exactOptional(),
    status: z.enum(['accepted', 'duplicate', 'refused']),
    deliveries: z.array(deliveryReference),
    issues: z.array(issue),
  })
  .meta({ id: 'SubmitResult' }) satisfies z.ZodType<SubmitResult>;

export const submitAnswer = z
  .strictObject({
    accepted: z.int(),
    duplicates: z.int(),
    refused: z.int(),
    results: z.array(submitResult),
  })
  .meta({ id: 'SubmitAnswer' }) satisfies z.ZodType<Omit<SubmitAnswer, 'settled'>>;

export const delivery = z
  .strictObject({
    ...deliveryReference.shape,
    source: z.string(),
    recordId: z.string(),
    revision: z.int(),
    attempt: z.int(),
    issues: z.array(issue),
    losses: z.array(loss),
  })
  .meta({ id: 'Delivery' }) satisfies z.ZodType<DeliveryView>;

export const pulledVisit = z
  .strictObject({
    complete: z.boolean().meta({
      description:
        'False if no whole record could be read, or if content may be missing; the issues with the code incomplete give the reasons',
    }),
    record: recordShape.exactOptional(),
    losses: z.array(loss),
    issues: z.array(issue),
    basedOn: z.array(
      z.strictObject({ reference: z.string(), version: z.string().exactOptional() }),
    ),
    editedIn: z
      .array(
        z.strictObject({
          reference: z.string(),
          version: z.string().exactOptional(),
          written: z.string().exactOptional(),
        }),
      )
      .exactOptional()
      .meta({
        description:
          'Resources that were changed at the target since the adapter wrote them; without version: deleted',
      }),
    differences: z
      .array(
        z.strictObject({
          path: z.string(),
          sent: z.unknown().optional(),
          found: z.unknown().optional(),
        }),
      )
      .exactOptional()
      .meta({ description: 'Members of the record that these changes affect' }),
  })
  .meta({ id: 'PulledVisit' }) satisfies z.ZodType<PulledVisit>;

/** Body of `POST /v1/records/search`. */
export const pullQuery = z
  .strictObject({
    source: uriSchema,
    target: z.string().exactOptional(),
    patient: idSchema.exactOptional(),
    from: partialDateSchema.exactOptional(),
    to: partialDateSchema.exactOptional(),
    changedSince: instantSchema.exactOptional(),
    cursor: z.string().min(1).max(4000).exactOptional(),
  })
  .meta({ id: 'PullQuery' }) satisfies z.ZodType<PullQuery>;

export const searchAnswer = z
  .strictObject({
    visits: z.array(pulledVisit),
    issues: z.array(issue).meta({ description: 'Why visits may be missing from the answer' }),
    cursor: z.string().exactOptional(),
  })
  .meta({ id: 'SearchAnswer' });

/** Any FHIR resource, not validated by this schema. */
export const anyResource = z.looseObject({ resourceType: z.string() }).meta({ id: 'Resource' });

export const mapAnswer = z
  .strictObject({ bundle: anyResource, losses: z.array(loss), issues: z.array(issue) })
  .meta({ id: 'MapAnswer' }) satisfies z.ZodType<
  Omit<MapAnswer, 'bundle'> & { bundle: { resourceType: string } }
>;

export const unmapAnswer = z
  .strictObject({ visits: z.array(pulledVisit), issues: z.array(issue) })
  .meta({ id: 'UnmapAnswer' }) satisfies z.ZodType<UnmapAnswer>;

export const validateAnswer = z
  .strictObject({ valid: z.boolean(), issues: z.array(issue) })
  .meta({ id: 'ValidateAnswer' });

/** RFC 9457 problem details. */
export const problem = z
  .strictObject({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'urn:uuid: followed by the id of the request' }),
    code: z.enum(Object.keys(problemTypes)),
    issues: z.array(issue),
  })
  .meta({ id: 'Problem' });
