// The published CapabilityStatement of a target is compared with all requests that the adapter sends while
// it writes, amends, retracts and pulls visits.
import type { Bundle, CapabilityStatement } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Adapter, createAdapter } from '../../src/adapter.ts';
import { loadDefinitions } from '../../src/definitions/published.ts';
import type { SandboxRequest } from '../../src/sandbox/options.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { cases, recordOf } from '../examples/cases.ts';
import { accepted } from '../records.ts';

const EXPECTATION = 'http://hl7.org/fhir/StructureDefinition/capabilitystatement-expectation';
const statement = loadDefinitions().read(
  'CapabilityStatement',
  'ims-target',
) as CapabilityStatement;
const [rest] = statement.rest ?? [];

/** Interactions, conditions and parameters that the target received, each with its type. */
const used = new Set<string>();
let sandbox: Sandbox;
let adapter: Adapter;

beforeAll(async () => {
  const beforeHandling = async (request: SandboxRequest) => note(request);
  sandbox = await createSandbox({ beforeHandling });
  const target = { name: 'emr', base: sandbox.base, auth: { kind: 'none' } } as const;
  adapter = await createAdapter({ store: { path: ':memory:' }, targets: [target] });
  const records = cases.map(recordOf);
  for (const record of records) await send(record);
  for (const { source, recordId, patient } of records) {
    await adapter.pull({ source, recordId });
    await adapter.search({ source, patient: patient.id, from: '2020-01-01', to: '2030-01-01' });
    await adapter.search({ source, changedSince: '2020-01-01T00:00:00Z' });
  }
  for (const record of records) await send({ ...record, revision: 2, status: 'amended' });
  for (const record of records) {
    await send({ ...record, revision: 3, status: 'entered-in-error' });
  }
}, 200_000);

afterAll(async () => {
  await adapter.close();
  await sandbox.close();
});

async function send(value: object): Promise<void> {
  const { results } = await adapter.submit([accepted(value)], { waitMs: 30_000 });
  expect(results[0]?.deliveries?.map(({ state }) => state)).toEqual(['delivered']);
}

function note({ method, url, body }: SandboxRequest): void {
  if (url === 'metadata') return;
  if (method === 'GET') noteRead(url);
  else {
    used.add((body as Bundle).type);
    for (const { request } of (body as Bundle).entry ?? []) {
      noteWrite(request?.method ?? '', request?.url ?? '', request?.ifNoneExist);
    }
  }
}

function noteRead(path: string): void {
  const [place = '', query] = path.split('?');
  const [type, id] = place.split('/');
  used.add(`${type} ${id === undefined ? 'search-type' : 'read'}`);
  for (const name of new URLSearchParams(query).keys()) used.add(`${type} ?${name}`);
}

function noteWrite(method: string, url: string, ifNoneExist: string | undefined): void {
  const [place = '', query] = url.split('?');
  const [type] = place.split('/');
  const condition = ifNoneExist ?? query;
  for (const name of new URLSearchParams(condition).keys()) used.add(`${type} ?${name}`);
  if (method === 'DELETE') used.add(`${type} delete`);
  if (method === 'PUT') used.add(`${type} update`);
  // A conditional update creates a resource that does not exist.
  if (method === 'POST' || query !== undefined) used.add(`${type} create`);
  if (ifNoneExist !== undefined) used.add(`${type} conditionalCreate`);
  if (query !== undefined) used.add(`${type} conditionalUpdate`);
}

/** What the statement requires of a target, in the same format. */
function required(): string[] {
  const shall = ({ extension = [] }: { extension?: { url?: string; valueCode?: string }[] }) =>
    extension.some(({ url, valueCode }) => url === EXPECTATION && valueCode === 'SHALL');
  const system = (rest?.interaction ?? []).filter(shall).map(({ code }) => `${code}`);
  const types = (rest?.resource ?? []).flatMap((one) => [
    ...(one.interaction ?? []).filter(shall).map(({ code }) => `${one.type} ${code}`),
    ...(one.searchParam ?? []).filter(shall).map(({ name }) => `${one.type} ?${name}`),
    ...(one.conditionalCreate === true ? [`${one.type} conditionalCreate`] : []),
    ...(one.conditionalUpdate === true ? [`${one.type} conditionalUpdate`] : []),
  ]);
  return [...system, ...types];
}

/** Parameters of results, which apply to every type, and of pages, whose links come from the server. */
const ofAnyType = / \?_(sort|count|offset)$/;

describe('the CapabilityStatement of a target', () => {
  it('requires everything that the adapter uses', () => {
    const offered = new Set(required());
    expect([...used].filter((one) => !offered.has(one) && !ofAnyType.test(one))).toEqual([]);
  });

  it('requires nothing that the adapter does not use', () => {
    expect(required().filter((one) => !used.has(one))).toEqual([]);
  });

  it('lists every published profile at its type', () => {
    const named = (rest?.resource ?? []).flatMap(({ supportedProfile }) => supportedProfile ?? []);
    const profiles = loadDefinitions()
      .search('StructureDefinition')
      .filter((one) => one.resourceType === 'StructureDefinition' && one.type !== 'Extension');
    expect(named.sort()).toEqual(profiles.map(({ url }) => url).sort());
  });

  it('lists every published search parameter at each type that it applies to', () => {
    const listed = (rest?.resource ?? []).flatMap(({ type, searchParam }) =>
      (searchParam ?? []).map(({ definition }) => `${type} ${definition}`),
    );
    const ours = loadDefinitions()
      .search('SearchParameter')
      .flatMap((one) =>
        one.resourceType === 'SearchParameter' ? one.base.map((base) => `${base} ${one.url}`) : [],
      );
    expect(ours.length).toBeGreaterThan(30);
    expect(ours.filter((one) => !listed.includes(one))).toEqual([]);
  });
});
