// What a caller asks in path, query and JSON body, read with zod: every fault at once, by name and
// never by value.
import type { Request } from 'express';
import { z } from 'zod';
import { errorIssue, type Issue } from '../errors.ts';
import { isResource } from '../fhir/resource.ts';
import { type JsonResult, readJson } from '../ims/reader/json.ts';
import { pointer } from '../ims/reader/pointer.ts';
import { type ReadResult, readJsonWithin } from '../ims/reader/read.ts';
import { unknownMessage } from '../ims/reader/suggest.ts';
import { textOf } from './body.ts';
import { RequestProblem } from './problem.ts';

/** Schemas of a request's parameters, as in `requestParams` of its OpenAPI operation. */
interface Params<P extends z.ZodType, Q extends z.ZodType> {
  readonly path: P;
  readonly query: Q;
}

/** The path's and the query's values; faults of both are thrown together. */
export function readParams<P extends z.ZodType, Q extends z.ZodType>(
  request: Request,
  params: Params<P, Q>,
): { path: z.infer<P>; query: z.infer<Q> } {
  const path = params.path.safeParse(request.params);
  const query = params.query.safeParse(request.query);
  if (path.success && query.success) return { path: path.data, query: query.data };
  const issues = [
    ...toIssues(path.error, params.path, (steps) => `{${steps.join('/')}}`),
    ...toIssues(query.error, params.query, (steps) => `?${steps.join('/')}`),
  ];
  throw new RequestProblem('invalid-input', 'The address of the request is faulty.', issues);
}

/** The query's values of a path without parameters. */
export function readQuery<Q extends z.ZodType>(request: Request, query: Q): z.infer<Q> {
  const parsed = query.safeParse(request.query);
  if (parsed.success) return parsed.data;
  const issues = toIssues(parsed.error, query, (steps) => `?${steps.join('/')}`);
  throw new RequestProblem('invalid-input', 'The query of the request is faulty.', issues);
}

/** The body as FHIR, where it calls itself a resource, else as a record; parsed once for both. */
export function readResourceOrRecord(
  request: Request,
): { resource: unknown } | { record: ReadResult } {
  const json = readJson(textOf(request));
  const fhir = asFhir(json);
  if (fhir.ok && isResource(fhir.value)) return { resource: fhir.value };
  return { record: recordOf(json) };
}

/** The body as one record, or its faults; throws where it is no JSON at all. */
export function readRecordBody(request: Request): ReadResult {
  return recordOf(readJson(textOf(request)));
}

function recordOf(json: JsonResult): ReadResult {
  if (!json.ok && json.value === undefined) throw noJson(json.issues);
  return readJsonWithin(json);
}

/** The JSON body of the shape `schema`. */
export function readShape<S extends z.ZodType>(request: Request, schema: S): z.infer<S> {
  const parsed = schema.safeParse(jsonOf(readJson(textOf(request))));
  if (parsed.success) return parsed.data;
  const issues = toIssues(parsed.error, schema, pointer);
  throw new RequestProblem('invalid-input', 'The body of the request is faulty.', issues);
}

/** A body of FHIR as JSON. */
export function readFhirBody(request: Request): unknown {
  return jsonOf(readFhirText(textOf(request)));
}

/**
 * FHIR from JSON text. Numbers that a record could not keep pass: what other programs write into
 * resources of their own is no reason to refuse those that are ours.
 */
export function readFhirText(text: string): JsonResult {
  return asFhir(readJson(text));
}

function asFhir(json: JsonResult): JsonResult {
  return !json.ok && json.hasAllMembers ? { ok: true, value: json.value } : json;
}

function jsonOf(json: JsonResult): unknown {
  if (json.ok) return json.value;
  throw noJson(json.issues);
}

function noJson(issues: readonly Issue[]): RequestProblem {
  return new RequestProblem('invalid-input', 'The body is no JSON that can be read.', issues);
}

function toIssues(
  error: z.ZodError | undefined,
  schema: z.ZodType,
  place: (steps: readonly PropertyKey[]) => string,
): Issue[] {
  return (error?.issues ?? []).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const known = issue.path.length === 0 ? namesIn(schema) : [];
      return issue.keys.map((name) =>
        fault(place([...issue.path, name]), unknownMessage('parameter', name, known)),
      );
    }
    return [fault(place(issue.path), messageOf(issue))];
  });
}

function namesIn(schema: z.ZodType): { name: string }[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.keys(schema.shape).map((name) => ({ name }));
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message;
  return /undefined$/.test(issue.message) ? 'is missing' : `must be ${issue.expected}, once`;
}

function fault(path: string, message: string): Issue {
  return errorIssue('parameter', path, message);
}
