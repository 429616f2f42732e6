import type { Bundle, BundleEntry, BundleEntryRequest, Resource } from '@medplum/fhirtypes';
import { request } from 'undici';
import { onTestFinished } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';

/** An answer, its body read as JSON. */
export interface Heard {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Resource & { id: string };
}

/** A sandbox that ends with the test. */
export async function sandboxFor(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** One request to `sandbox`, as any client would make it. */
export async function ask(
  sandbox: Sandbox,
  [method, path]: [string, string],
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Heard> {
  const answer = await request(`${sandbox.base}${path}`, {
    method,
    headers: { 'content-type': 'application/fhir+json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: text === '' ? undefined : JSON.parse(text),
  } as Heard;
}

/** Posts a transaction of `entries`. */
export function transact(sandbox: Sandbox, entries: BundleEntry[]): Promise<Heard> {
  return ask(sandbox, ['POST', ''], {
    body: { resourceType: 'Bundle', type: 'transaction', entry: entries },
  });
}

/** An entry of a transaction: `POST Flag`, its resource, and what else the request says. */
export function entry(
  line: string,
  resource?: object,
  more: { fullUrl?: string; ifNoneExist?: string; ifMatch?: string } = {},
): BundleEntry {
  const [method, url] = line.split(' ');
  const { fullUrl, ...conditions } = more;
  return {
    ...(fullUrl === undefined ? {} : { fullUrl }),
    ...(resource === undefined ? {} : { resource: resource as Resource }),
    request: { method, url, ...conditions } as BundleEntryRequest,
  };
}

/** Statuses of the entries of a response. */
export function statuses(heard: Heard): string[] {
  return ((heard.body as Bundle).entry ?? []).map((one) => one.response?.status ?? '');
}

/** `Type/id` of the entries of a response. */
export function places(heard: Heard): string[] {
  return ((heard.body as Bundle).entry ?? []).map((one) =>
    (one.response?.location ?? '').replace(/\/_history\/.*/, ''),
  );
}

/** Ids that a search finds. */
export async function found(sandbox: Sandbox, path: string): Promise<string[]> {
  const heard = await ask(sandbox, ['GET', path]);
  if (heard.status !== 200) throw new Error(`${heard.status} ${JSON.stringify(heard.body)}`);
  return ((heard.body as Bundle).entry ?? []).map((one) => one.resource?.id ?? '');
}

const SYSTEM = 'https://example.org/records';

/** Small resources that are structurally right. */
export const patient = (value: string, more: object = {}): object => ({
  resourceType: 'Patient',
  identifier: [{ system: SYSTEM, value }],
  ...more,
});
export const observation = (subject: string, more: object = {}): object => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Pain' },
  subject: { reference: subject },
  ...more,
});
/** The search that finds `patient(value)`. */
export const byIdentifier = (value: string): string => `identifier=${SYSTEM}|${value}`;
