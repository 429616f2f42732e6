// The published statement of what a target must offer, held against what is asked of one: visits
// written, amended, taken back and pulled, every request on the way looked at.
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

/** What was asked of the target: interactions, conditions and parameters, each with its type. */
const asked = new Set<string>();
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
    asked.add((body as Bundle).type);
    for (const { request } of (body as Bundle).entry ?? []) {
      noteWrite(request?.method ?? '', request?.url ?? '', request?.ifNoneExist);
    }
  }
}

function noteRead(path: string): void {
  const [place = '', query] = path.split('?');
  const [type, id] = place.split('/');
  asked.add(`${type} ${id === undefined ? 'search-type' : 'read'}`);
  for (const name of new URLSearchParams(query).keys()) asked.add(`${type} ?${name}`);
}

function noteWrite(method: string, url: string, ifNoneExist: string | undefined): void {
  const [place = '', query] = url.split('?');
  const [type] = place.split('/');
  const condition = ifNoneExist ?? query;
  for (const name of new URLSearchParams(condition).keys()) asked.add(`${type} ?${name}`);
  if (method === 'DELETE') asked.add(`${type} delete`);
  if (method === 'PUT') asked.add(`${type} update`);
  // A conditional update of what is not there creates it.
  if (method === 'POST' || query !== undefined) asked.add(`${type} create`);
  if (ifNoneExist !== undefined) asked.add(`${type} conditionalCreate`);
  if (query !== undefined) asked.add(`${type} conditionalUpdate`);
}

/** What the statement says a target shall offer, in the same words. */
function demanded(): string[] {
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

/** Parameters of results that belong to no type, and of the pages that a server itself links to. */
const ofAnyType = / \?_(sort|count|offset)$/;

describe('the statement of what a target must offer', () => {
  it('demands everything that is asked of one', () => {
    const offered = new Set(demanded());
    expect([...asked].filter((one) => !offered.has(one) && !ofAnyType.test(one))).toEqual([]);
  });

  it('demands nothing that is never asked', () => {
    expect(demanded().filter((one) => !asked.has(one))).toEqual([]);
  });

  it('names every profile of ours beside its type', () => {
    const named = (rest?.resource ?? []).flatMap(({ supportedProfile }) => supportedProfile ?? []);
    const profiles = loadDefinitions()
      .search('StructureDefinition')
      .filter((one) => one.resourceType === 'StructureDefinition' && one.type !== 'Extension');
    expect(named.sort()).toEqual(profiles.map(({ url }) => url).sort());
  });

  it('offers every search parameter of ours on each type it is for, as something to be had', () => {
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
