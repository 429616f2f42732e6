import type { Bundle, CapabilityStatement, OperationOutcome } from '@medplum/fhirtypes';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { loadDefinitions } from '../../src/definitions/published.ts';
import { startHarness } from './harness.ts';

const FHIR = 'application/fhir+json';
const { app } = await startHarness();
const definitions = loadDefinitions();
const [sample] = definitions.search('CodeSystem');
if (sample === undefined) throw new Error('no code system was generated');

async function get<T>(path: string): Promise<{ status: number; type: string; body: T }> {
  const { status, type, text } = await request(app).get(path).set('host', 'localhost:8080');
  return { status, type, body: JSON.parse(text) };
}

describe('/fhir', () => {
  it('has a CapabilityStatement', async () => {
    const { status, type, body } = await get<CapabilityStatement>('/fhir/metadata');
    expect([status, type]).toEqual([200, FHIR]);
    expect(body).toMatchObject({
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      implementation: { url: 'http://localhost:8080/fhir' },
    });
    const types = body.rest?.[0]?.resource?.map((resource) => resource.type);
    expect(types).toEqual(definitions.types);
  });

  it('finds a definition by canonical, with or without version', async () => {
    const url = encodeURIComponent(sample.url ?? '');
    for (const query of [
      `url=${url}`,
      `url=${url}|${sample.version}`,
      `url=${url}&version=${sample.version}`,
    ]) {
      const { body } = await get<Bundle>(`/fhir/CodeSystem?${query}`);
      expect(body).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 1 });
      expect(body.entry?.[0]).toMatchObject({
        fullUrl: `http://localhost:8080/fhir/CodeSystem/${sample.id}`,
        resource: { url: sample.url },
      });
    }
    const none = await get<Bundle>(`/fhir/CodeSystem?url=${url}|0.0.0`);
    expect(none.body).toMatchObject({ total: 0 });
    expect(none.body).not.toHaveProperty('entry');
  });

  it('serves every definition of every type', async () => {
    for (const type of definitions.types) {
      const { body } = await get<Bundle>(`/fhir/${type}`);
      expect(body.total).toBe(definitions.search(type).length);
      for (const { id } of definitions.search(type)) {
        const { status, type: served, body: found } = await get<object>(`/fhir/${type}/${id}`);
        expect([status, served]).toEqual([200, FHIR]);
        expect(found).toMatchObject({ resourceType: type, id });
      }
    }
  });

  it('answers an invalid query with an OperationOutcome with all issues', async () => {
    const { status, type, body } = await get<OperationOutcome>(
      '/fhir/CodeSystem?ulr=x&_format=xml',
    );
    expect([status, type]).toEqual([400, FHIR]);
    expect(body.resourceType).toBe('OperationOutcome');
    expect(body.issue.map(({ expression }) => expression?.[0])).toEqual(['?_format', '?ulr']);
  });

  it('serves no records, no other types and no other paths', async () => {
    for (const path of [
      '/fhir/Patient',
      '/fhir/Patient/1',
      '/fhir/CodeSystem/none',
      '/fhir',
      '/fhir/a/b/c',
    ]) {
      const { status, body } = await get<OperationOutcome>(path);
      expect(status).toBe(404);
      expect(body).toMatchObject({
        resourceType: 'OperationOutcome',
        issue: [{ code: 'not-found' }],
      });
    }
  });

  it('rejects writes and XML', async () => {
    const write = await request(app).post('/fhir/CodeSystem').send({});
    expect([write.status, write.headers.allow]).toEqual([405, 'GET']);
    expect(JSON.parse(write.text).resourceType).toBe('OperationOutcome');
    const xml = await request(app).get('/fhir/metadata').set('accept', 'application/fhir+xml');
    expect(xml.status).toBe(406);
  });
});

it('fails when the definitions are missing', () => {
  expect(() => loadDefinitions(new URL('./none/', import.meta.url))).toThrow('profiles');
});
