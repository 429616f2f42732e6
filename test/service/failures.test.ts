import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { AdapterError, type ErrorCode } from '../../src/errors.ts';
import { PROBLEM_BASE, problemTypes } from '../../src/service/problem.ts';
import { problem } from '../../src/service/schemas.ts';
import { createService } from '../../src/service/service.ts';
import { failingAdapter, logSpy, startHarness } from './harness.ts';
import { sampleRecord } from './sample.ts';

const { app } = await startHarness();

function failing(error: Error) {
  const adapter = failingAdapter(error);
  return request(createService({ adapter, logger: logSpy().logger }));
}

describe('a failure', () => {
  it('of each code is a problem with its status and type', async () => {
    for (const code of Object.keys(problemTypes) as ErrorCode[]) {
      const answer = await failing(new AdapterError(code, 'A sentence.')).get('/v1/deliveries/1');
      expect(answer.type).toBe('application/problem+json');
      expect(problem.parse(answer.body)).toMatchObject({
        type: `${PROBLEM_BASE}${code}`,
        status: problemTypes[code].status,
        detail: 'A sentence.',
        code,
      });
      expect(answer.status).toBe(problemTypes[code].status);
    }
  });

  it('that is temporary has a Retry-After', async () => {
    const full = new AdapterError('store-unavailable', 'The disk is full.', { retry: 'later' });
    const answer = await failing(full).post('/v1/records').send(sampleRecord());
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const throttled = new AdapterError('remote-throttled', 'Slow down.', { retryAfterS: 42 });
    const later = await failing(throttled).get('/v1/records/a%3Ab/c');
    expect(later.headers['retry-after']).toBe('42');
  });

  it('that is unexpected does not disclose its cause', async () => {
    const answer = await failing(new Error('select * from payload')).get('/v1/deliveries/1');
    expect([answer.status, answer.body.code]).toEqual([500, 'internal']);
    expect(answer.text).not.toContain('payload');
  });
});

describe('a request', () => {
  it('to an unknown path is 404', async () => {
    for (const path of [
      '/',
      '/v1',
      '/v1/nothing',
      '/v2/records',
      '/docs/none.js',
      '/docs/../package.json',
    ]) {
      const answer = await request(app).get(path);
      expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    }
  });

  it('with another method is 405 and lists the allowed methods', async () => {
    const answer = await request(app).get('/v1/records');
    expect([answer.status, answer.body.code]).toEqual([405, 'wrong-method']);
    expect(answer.headers.allow).toBe('POST');
    expect((await request(app).delete('/v1/records/a%3Ab/c')).headers.allow).toBe('GET');
  });
});

describe('a supervisor', () => {
  it('gets ok when process and store work', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answer = await request(app).get(path);
      expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }]);
    }
  });

  it('gets 503 from /readyz only when the store does not respond', async () => {
    const error = new AdapterError('store-unavailable', 'Gone.');
    expect((await failing(error).get('/readyz')).status).toBe(503);
    expect((await failing(error).get('/healthz')).status).toBe(200);
  });
});
