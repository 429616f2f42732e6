import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { delivery, pulledVisit, searchAnswer } from '../../src/service/schemas.ts';
import { startHarness } from './harness.ts';
import { linesOf, SOURCE, sampleRecord } from './sample.ts';

const { app } = await startHarness();
const encoded = encodeURIComponent(SOURCE);
const ODD_ID = 'visit 2026/03 #1?ä%';
let deliveryId = '';

beforeAll(async () => {
  const records = [sampleRecord(ODD_ID), sampleRecord('second')];
  const answer = await request(app)
    .post('/v1/records?target=first&wait=30')
    .set('content-type', 'application/x-ndjson')
    .send(linesOf(records));
  expect(answer.status).toBe(200);
  deliveryId = answer.body.results[0].deliveries[0].id;
});

describe('GET /v1/records/:source/:recordId', () => {
  it('gives the record back as it was sent, whatever characters its id has', async () => {
    const path = `/v1/records/${encoded}/${encodeURIComponent(ODD_ID)}?target=first`;
    const answer = await request(app).get(path);
    expect(answer.status).toBe(200);
    expect(pulledVisit.parse(answer.body).record).toEqual(sampleRecord(ODD_ID));
    expect(answer.body.basedOn).toContainEqual({
      reference: expect.stringMatching(/^Procedure\//),
      version: expect.any(String),
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is 404 where the visit does not stand', async () => {
    const answer = await request(app).get(`/v1/records/${encoded}/none?target=first`);
    expect(answer.status).toBe(404);
    expect(answer.body.code).toBe('not-found');
  });

  it('tells faults of path and query at once', async () => {
    const answer = await request(app).get('/v1/records/no%20uri/x%00?tagret=first');
    expect(answer.status).toBe(400);
    const paths = answer.body.issues.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(['{source}', '{recordId}', '?tagret']);
  });

  it('needs a target where there are several, and a known one', async () => {
    for (const query of ['', '?target=other']) {
      const answer = await request(app).get(`/v1/records/${encoded}/second${query}`);
      expect(answer.status).toBe(422);
      expect(answer.body.code).toBe('no-target');
    }
  });

  it('is 400 where the path is no percent-encoding', async () => {
    const answer = await request(app).get('/v1/records/%E0%A4%A/x');
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('E0');
  });

  it('says so when the FHIR server cannot be reached', async () => {
    const answer = await request(app).get(`/v1/records/${encoded}/second?target=gone`);
    expect(answer.status).toBe(502);
    expect(answer.body.code).toBe('remote-unreachable');
    expect(answer.text).not.toContain('second');
  });
});

describe('POST /v1/records/search', () => {
  const search = (body: object | string) =>
    request(app).post('/v1/records/search').set('content-type', 'application/json').send(body);

  it('gives the visits of a patient', async () => {
    const answer = await search({ source: SOURCE, target: 'first', patient: 'patient-marker-77' });
    expect(answer.status).toBe(200);
    const ids = searchAnswer.parse(answer.body).visits.map(({ record }) => record?.recordId);
    expect(ids.sort()).toEqual(['second', ODD_ID]);
  });

  it('gives none where none is', async () => {
    const query = {
      source: SOURCE,
      target: 'first',
      patient: 'nobody',
      from: '2026',
      to: '2026-04',
    };
    expect((await search(query)).body).toEqual({ visits: [] });
  });

  it('tells every fault of the query at once', async () => {
    const answer = await search({
      target: 1,
      from: 'Markerson',
      changedSince: '2026-01-01',
      who: 1,
    });
    expect(answer.status).toBe(400);
    const paths = answer.body.issues.map(({ path }: { path: string }) => path);
    expect(paths.sort()).toEqual(['/changedSince', '/from', '/source', '/target', '/who']);
    expect(answer.text).not.toContain('Markerson');
  });

  it('refuses a cursor that was not given out here, an unknown target and no JSON', async () => {
    const faulty = await search({ source: SOURCE, target: 'first', cursor: 'x' });
    expect([faulty.status, faulty.body.code]).toEqual([400, 'invalid-input']);
    const unknown = await search({ source: SOURCE, target: 'other' });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'no-target']);
    expect((await search('{')).status).toBe(400);
  });
});

describe('GET /v1/deliveries/:id', () => {
  it('gives the state of a delivery', async () => {
    const answer = await request(app).get(`/v1/deliveries/${deliveryId}`);
    expect(answer.status).toBe(200);
    expect(delivery.parse(answer.body)).toMatchObject({
      id: deliveryId,
      target: 'first',
      recordId: ODD_ID,
      revision: 1,
      state: 'delivered',
    });
  });

  it('is 404 for an id that was never given', async () => {
    for (const id of ['99999', 'none', encodeURIComponent("1' or 1=1")]) {
      const answer = await request(app).get(`/v1/deliveries/${id}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    }
  });
});
