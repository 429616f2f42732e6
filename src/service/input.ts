// Parses path parameters, query and JSON body with zod. All issues are reported at once, with names and
// never with values.
import type { Request } from 'express';
import { z } from 'zod';
import { errorIssue, type Issue } from '../errors.ts';
import { isResource } from '../fhir/resource.ts';
import { type JsonResult, readJson } from '../ims/reader/json.ts';
import { type ReadResult, readRecordJson } from '../ims/reader/read.ts';
import { unknownMessage } from '../ims/reader/suggest.ts';
import { pointer } from '../ims/schema/pointer.ts';
import { textOf } from './body.ts';
import { RequestProblem } from './problem.ts';

/** Schemas of a request's parameters, as in `requestParams` of its OpenAPI operation. */
interface Params<P extends z.ZodType, Q extends z.ZodType> {
  readonly path: P;
  readonly query: Q;
}

/** The parameters of path and query. The issues of both are thrown together. */
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
  throw new RequestProblem('invalid-input', 'The path or query has invalid parameters.', issues);
}

/** The parameters of the query, for a path without parameters. */
export function readQuery<Q extends z.ZodType>(request: Request, query: Q): z.infer<Q> {
  const parsed = query.safeParse(request.query);
  if (parsed.success) return parsed.data;
  const issues = toIssues(parsed.error, query, (steps) => `?${steps.join('/')}`);
  throw new RequestProblem('invalid-input', 'The query has invalid parameters.', issues);
}

/** The body as a FHIR resource if it has a resourceType, otherwise as a record; parsed once. */
export function readResourceOrRecord(
  request: Request,
): { resource: unknown } | { record: ReadResult } {
  const json = readJson(textOf(request));
  const fhir = asFhir(json);
  if (fhir.ok && isResource(fhir.value)) return { resource: fhir.value };
  return { record: recordOf(json) };
}

/** The body as one record, or its issues. Throws if it is not JSON. */
export function readRecordBody(request: Request): ReadResult {
  return recordOf(readJson(textOf(request)));
}

function recordOf(json: JsonResult): ReadResult {
  if (!json.ok && json.value === undefined) throw invalidJson(json.issues);
  return readRecordJson(json);
}

/** The JSON body, parsed with `schema`. */
export function readShape<S extends z.ZodType>(request: Request, schema: S): z.infer<S> {
  const parsed = schema.safeParse(jsonOf(readJson(textOf(request))));
  if (parsed.success) return parsed.data;
  const issues = toIssues(parsed.error, schema, pointer);
  throw new RequestProblem('invalid-input', 'The body is invalid.', issues);
}

/** The JSON of a FHIR body. */
export function readFhirBody(request: Request): unknown {
  return jsonOf(readFhirText(textOf(request)));
}

/**
 * The JSON of FHIR text. Numbers that a record could not represent are accepted, because the resources
 * of other systems must not prevent reading our own.
 */
export function readFhirText(text: string): JsonResult {
  return asFhir(readJson(text));
}

function asFhir(json: JsonResult): JsonResult {
  return !json.ok && json.hasAllMembers ? { ok: true, value: json.value } : json;
}

function jsonOf(json: JsonResult): unknown {
  if (json.ok) return json.value;
  throw invalidJson(json.issues);
}

function invalidJson(issues: readonly Issue[]): RequestProblem {
  return new RequestProblem('invalid-input', 'The body is not valid JSON.', issues);
}

function toIssues(
  error: z.ZodError | undefined,
  schema: z.ZodType,
  pathOf: (steps: readonly PropertyKey[]) => string,
): Issue[] {
  return (error?.issues ?? []).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const allowed = issue.path.length === 0 ? namesIn(schema) : [];
      return issue.keys.map((name) =>
        parameterIssue(pathOf([...issue.path, name]), unknownMessage('parameter', name, allowed)),
      );
    }
    return [parameterIssue(pathOf(issue.path), messageOf(issue))];
  });
}

function namesIn(schema: z.ZodType): { name: string }[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.keys(schema.shape).map((name) => ({ name }));
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message;
  return /undefined$/.test(issue.message) ? 'is required' : `must be a single ${issue.expected}`;
}

function parameterIssue(path: string, message: string): Issue {
  return errorIssue('parameter', path, message);
}
