import request from 'supertest';
import { expect, it } from 'vitest';
import { AdapterError } from '../../src/errors.ts';
import { createService } from '../../src/service/service.ts';
import { SOURCE } from '../records.ts';
import { failingAdapter, logSpy, startHarness } from './harness.ts';
import { linesOf, MARKERS, sampleRecord } from './sample.ts';

const { app, log } = await startHarness();
const json = 'application/json';

function expectNoMarker(lines: readonly string[]) {
  for (const marker of [...MARKERS, encodeURIComponent(SOURCE)]) {
    expect(lines.join('\n')).not.toContain(marker);
  }
}

it('contains no value of a record, for any request and any failure', async () => {
  const record = sampleRecord();
  const path = `/v1/records/${encodeURIComponent(SOURCE)}/record-marker`;
  const post = (to: string, type = json) => request(app).post(to).set('content-type', type);
  await post('/v1/records?target=first&wait=20').send(record);
  await post('/v1/records?target=Markerson').send(record);
  await post('/v1/records?Markerson=Markerson').send(record);
  await post('/v1/records?target=first', 'application/x-ndjson').send(
    `${linesOf([sampleRecord('record-marker', { status: 'Markerson' })])}\n{"Markerson`,
  );
  await post('/v1/records').send('{"Markerson": words-marker');
  await post('/v1/records', 'text/Markerson').send('Markerson');
  await request(app).get(`${path}?target=first`).set('x-request-id', 'record-marker');
  await request(app).get(`${path}?target=gone`);
  await request(app).get('/v1/records/%E0%A4%A/Markerson');
  await request(app).get('/v1/deliveries/record-marker');
  await request(app).get('/Markerson/record-marker');
  await request(app).put(path).send(record);
  await post('/v1/map').send(record);
  await post('/v1/unmap').send({ resourceType: 'Patient', name: [{ family: 'Markerson' }] });
  await post('/v1/validate').send(record);
  expect(log.length).toBe(15);
  expectNoMarker(log);
});

it('has one line per request with route, status, time and id', async () => {
  const before = log.length;
  const answer = await request(app).get('/v1/deliveries/record-marker');
  expect(log).toHaveLength(before + 1);
  const line = JSON.parse(log.at(-1) ?? '');
  expect(line).toMatchObject({ method: 'GET', route: '/v1/deliveries/:id', status: 404 });
  expect(line.ms).toEqual(expect.any(Number));
  expect(line.requestId).toBe(answer.headers['x-request-id']);
  expect(answer.body.instance).toBe(`urn:uuid:${line.requestId}`);
});

it('keeps the request id of the caller if it is a UUID', async () => {
  const id = '6f1c1f7e-3a58-4c62-9a44-0d3f0a1b2c3d';
  const answer = await request(app).get('/healthz').set('x-request-id', id);
  expect(answer.headers['x-request-id']).toBe(id);
});

it('contains the stack of an unexpected error, without its message', async () => {
  const { logger, log: lines } = logSpy();
  const adapter = failingAdapter(
    new Error('Markerson is missing', { cause: new Error('Zelda-Marker') }),
  );
  const answer = await request(createService({ adapter, logger }))
    .post('/v1/records')
    .send(sampleRecord());
  expect([answer.status, answer.body.code]).toEqual([500, 'internal']);
  expectNoMarker([...lines, answer.text]);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    level: 50,
    status: 500,
    err: { name: 'Error', stack: expect.arrayContaining([expect.stringContaining('log.test.ts')]) },
  });
});

it('contains code, retry and message of an AdapterError', async () => {
  const { logger, log: lines } = logSpy();
  const error = new AdapterError('remote-timeout', 'No answer in 30 s.', { retry: 'unknown' });
  await request(createService({ adapter: failingAdapter(error), logger })).get('/v1/deliveries/1');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    err: { code: 'remote-timeout', retry: 'unknown', message: 'No answer in 30 s.' },
  });
});
