// Shapes of what the service takes and answers. The routes read with them, the OpenAPI document is
// made of them, and each is held to the type the adapter gives.
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
import { problemRows } from './problem.ts';

/** The IMS record; its rules across members are documented in README.md beside this file. */
export const recordShape = record.schema.meta({
  id: 'ImsRecord',
  description: 'One revision of one visit. Also published as /schema/ims-record-1.json.',
}) as z.ZodType<ImsRecord>;

export const issue = z
  .strictObject({
    severity: z.enum(['fatal', 'error', 'warning', 'information']),
    code: z.string(),
    path: z.string().meta({
      description: 'JSON pointer into a record, FHIRPath into a resource, ?name or {name}',
    }),
    message: z.string(),
    source: z.string().exactOptional(),
  })
  .meta({ id: 'Issue' }) satisfies z.ZodType<Issue>;

export const loss = z.strictObject({ path: z.string(), reason: z.string() }).meta({
  id: 'Loss',
  description: 'Something that the other side cannot hold',
}) satisfies z.ZodType<Loss>;

/** Query text such as `a,b`, as its parts. */
const names = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((name) => name.trim()))])
  .refine((list) => list.every((name) => name !== ''), 'is a list such as a,b')
  .meta({ description: 'Targets, as a,b; without it all' });

/** Query of `POST /v1/records`. */
export const submitQuery = z.strictObject({
  target: names.exactOptional(),
  wait: z
    .string()
    .regex(/^([0-9]|[12][0-9]|30)$/, 'is no whole number of seconds from 0 to 30')
    .transform(Number)
    .exactOptional()
    .meta({
      description: 'Seconds to wait until every delivery has settled, at most 30',
      override: ({ jsonSchema }) => {
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, { type: 'integer', minimum: 0, maximum: 30 });
      },
    }),
});

const deliveryRef = z.strictObject({
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
    deliveries: z.array(deliveryRef),
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
    ...deliveryRef.shape,
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
          'Resources changed at the target since they were written from here; without version: gone',
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
      .meta({ description: 'Members of the record that such a change reaches' }),
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
  .strictObject({ visits: z.array(pulledVisit), cursor: z.string().exactOptional() })
  .meta({ id: 'SearchAnswer' });

/** Any FHIR resource; its own rules are FHIR's. */
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
    instance: z.string().meta({ description: 'urn:uuid: and the id of the request' }),
    code: z.enum(Object.keys(problemRows)),
    issues: z.array(issue),
  })
  .meta({ id: 'Problem' });
