import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { delivery, pulledVisit, searchAnswer } from '../../src/service/schemas.ts';
import { SOURCE } from '../records.ts';
import { startHarness } from './harness.ts';
import { linesOf, sampleRecord } from './sample.ts';

const { app, sandbox } = await startHarness();
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
  it('returns the record as it was sent, with any characters in its id', async () => {
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

  it('is 404 for a visit that the target does not have', async () => {
    const answer = await request(app).get(`/v1/records/${encoded}/none?target=first`);
    expect(answer.status).toBe(404);
    expect(answer.body.code).toBe('not-found');
  });

  it('returns all issues of path and query', async () => {
    const answer = await request(app).get('/v1/records/no%20uri/x%00?tagret=first');
    expect(answer.status).toBe(400);
    const paths = answer.body.issues.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(['{source}', '{recordId}', '?tagret']);
  });

  it('requires a known target when there are several', async () => {
    for (const query of ['', '?target=other']) {
      const answer = await request(app).get(`/v1/records/${encoded}/second${query}`);
      expect(answer.status).toBe(422);
      expect(answer.body.code).toBe('no-target');
    }
  });

  it('is 400 for invalid percent-encoding', async () => {
    const answer = await request(app).get('/v1/records/%E0%A4%A/x');
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('E0');
  });

  it('is 502 when the FHIR server is unreachable', async () => {
    const answer = await request(app).get(`/v1/records/${encoded}/second?target=gone`);
    expect(answer.status).toBe(502);
    expect(answer.body.code).toBe('remote-unreachable');
    expect(answer.text).not.toContain('second');
  });
});

describe('a visit that was changed at its target', () => {
  const pull = (recordId: string) =>
    request(app).get(`/v1/records/${encoded}/${recordId}?target=first`);

  /** Changes one resource of a visit at the target, as another program would. */
  async function edit(recordId: string, type: string, change: (text: string) => string) {
    const { body } = await pull(recordId);
    const references: string[] = body.basedOn.map(
      ({ reference }: { reference: string }) => reference,
    );
    const edited = sandbox
      .resources()
      .filter(({ resourceType }) => resourceType === type)
      .map((resource) => ({
        reference: `${type}/${resource.id}`,
        text: JSON.stringify(resource),
      }))
      .find(({ reference, text }) => references.includes(reference) && change(text) !== text);
    if (edited === undefined) throw new Error('nothing to change');
    const answer = await fetch(`${sandbox.base}/${edited.reference}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: change(edited.text),
    });
    expect(answer.status).toBe(200);
    return edited.reference;
  }

  beforeAll(async () => {
    const records = ['in-response', 'in-observation', 'untouched'].map((id) =>
      sampleRecord(id, { patient: { id: 'another' } }),
    );
    await request(app)
      .post('/v1/records?target=first&wait=30')
      .set('content-type', 'application/x-ndjson')
      .send(linesOf(records));
  });

  it('has no edits if nothing was changed', async () => {
    const { body } = await pull('untouched');
    expect(body.editedIn).toBeUndefined();
    expect(body.differences).toBeUndefined();
  });

  it('lists the edited resource and the member of the record that changed', async () => {
    const reference = await edit('in-response', 'QuestionnaireResponse', (text) =>
      text.replaceAll('words-marker', 'changed words'),
    );
    const { body } = await pull('in-response');
    expect(pulledVisit.parse(body).record).toBeDefined();
    expect(body.editedIn).toEqual([{ reference, version: '2', written: '1' }]);
    expect(body.differences).toEqual([
      { path: '/screening/needleFear/rationale', sent: 'words-marker', found: 'changed words' },
    ]);
  });

  it('reports an edited Observation as a conflict: the response is read', async () => {
    const reference = await edit('in-observation', 'Observation', (text) =>
      text.includes('local-twitch-response') ? text.replaceAll('373066001', '373067005') : text,
    );
    const { body } = await pull('in-observation');
    expect(body.editedIn).toEqual([{ reference, version: '2', written: '1' }]);
    expect(body.issues).toMatchObject([{ code: 'conflict' }]);
    expect(body.differences).toBeUndefined();
  });
});

describe('POST /v1/records/search', () => {
  const search = (body: object | string) =>
    request(app).post('/v1/records/search').set('content-type', 'application/json').send(body);

  it('returns the visits of a patient', async () => {
    const answer = await search({ source: SOURCE, target: 'first', patient: 'patient-marker-77' });
    expect(answer.status).toBe(200);
    const ids = searchAnswer.parse(answer.body).visits.map(({ record }) => record?.recordId);
    expect(ids.sort()).toEqual(['second', ODD_ID]);
  });

  it('returns no visits if there are none', async () => {
    const query = {
      source: SOURCE,
      target: 'first',
      patient: 'nobody',
      from: '2026',
      to: '2026-04',
    };
    expect((await search(query)).body).toEqual({ visits: [], issues: [] });
  });

  it('returns all issues of the query', async () => {
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

  it('rejects an unknown cursor, an unknown target and invalid JSON', async () => {
    const invalid = await search({ source: SOURCE, target: 'first', cursor: 'x' });
    expect([invalid.status, invalid.body.code]).toEqual([400, 'invalid-input']);
    const unknown = await search({ source: SOURCE, target: 'other' });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'no-target']);
    expect((await search('{')).status).toBe(400);
  });
});

describe('GET /v1/deliveries/:id', () => {
  it('returns the state of a delivery', async () => {
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

  it('is 404 for an unknown id', async () => {
    for (const id of ['99999', 'none', encodeURIComponent("1' or 1=1")]) {
      const answer = await request(app).get(`/v1/deliveries/${id}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    }
  });
});
