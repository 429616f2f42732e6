// HTTP requests to a sandbox, and small resources to send.
import type { Bundle, BundleEntry, BundleEntryRequest, Resource } from '@medplum/fhirtypes';
import { request } from 'undici';
import { onTestFinished } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';

/** A response, its body read as JSON. */
export interface JsonResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Resource & { id: string };
}

/** A sandbox that is closed at the end of the test. */
export async function sandboxFor(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Sends one request to `sandbox`, as any client would. */
export async function send(
  sandbox: Sandbox,
  [method, path]: [string, string],
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<JsonResponse> {
  const {
    statusCode,
    headers: received,
    body: stream,
  } = await request(`${sandbox.base}${path}`, {
    method,
    headers: { 'content-type': 'application/fhir+json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await stream.text();
  return {
    status: statusCode,
    headers: received,
    body: text === '' ? undefined : JSON.parse(text),
  } as JsonResponse;
}

/** Posts a transaction of `entries`. */
export function transact(sandbox: Sandbox, entries: BundleEntry[]): Promise<JsonResponse> {
  return send(sandbox, ['POST', ''], {
    body: { resourceType: 'Bundle', type: 'transaction', entry: entries },
  });
}

/** An entry of a transaction: `POST Flag`, its resource, and further members of the entry. */
export function entry(
  line: string,
  resource?: object,
  options: { fullUrl?: string; ifNoneExist?: string; ifMatch?: string } = {},
): BundleEntry {
  const [method, url] = line.split(' ');
  const { fullUrl, ...conditions } = options;
  return {
    ...(fullUrl === undefined ? {} : { fullUrl }),
    ...(resource === undefined ? {} : { resource: resource as Resource }),
    request: { method, url, ...conditions } as BundleEntryRequest,
  };
}

/** Statuses of the entries of a response. */
export function statuses(response: JsonResponse): string[] {
  return ((response.body as Bundle).entry ?? []).map((result) => result.response?.status ?? '');
}

/** `Type/id` of the entries of a response. */
export function pathsOf(response: JsonResponse): string[] {
  return ((response.body as Bundle).entry ?? []).map((result) =>
    (result.response?.location ?? '').replace(/\/_history\/.*/, ''),
  );
}

/** The ids of the matches of a search. */
export async function matchingIds(sandbox: Sandbox, path: string): Promise<string[]> {
  const response = await send(sandbox, ['GET', path]);
  if (response.status !== 200)
    throw new Error(`${response.status} ${JSON.stringify(response.body)}`);
  return ((response.body as Bundle).entry ?? []).map(({ resource }) => resource?.id ?? '');
}

const SYSTEM = 'https://example.org/records';

/** Small valid resources. */
export const patient = (value: string, members: object = {}): object => ({
  resourceType: 'Patient',
  identifier: [{ system: SYSTEM, value }],
  ...members,
});
export const observation = (subject: string, members: object = {}): object => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Pain' },
  subject: { reference: subject },
  ...members,
});
/** The search that finds `patient(value)`. */
export const byIdentifier = (value: string): string => `identifier=${SYSTEM}|${value}`;
