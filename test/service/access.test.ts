import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../src/service/access.ts';
import { listen } from '../../src/service/listen.ts';
import { createService } from '../../src/service/service.ts';
import { logSpy, startHarness } from './harness.ts';

const KEY = 'a-key-of-more-than-16';
const open = await startHarness();
const locked = await startHarness({ apiKey: KEY });
const PATHS = ['/v1/deliveries/1', '/fhir/metadata', '/openapi.json', '/docs', '/none'];

describe('with an API key', () => {
  it('rejects requests without it, except those of supervisors', async () => {
    for (const path of PATHS) {
      const answer = await request(locked.app).get(path);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
    expect((await request(locked.app).post('/v1/records').send({})).status).toBe(401);
    for (const path of ['/healthz', '/readyz']) {
      expect((await request(locked.app).get(path)).status).toBe(200);
    }
  });

  it('accepts it as bearer token or in X-API-Key', async () => {
    const get = () => request(locked.app).get('/fhir/metadata');
    expect((await get().set('authorization', `Bearer ${KEY}`)).status).toBe(200);
    expect((await get().set('x-api-key', KEY)).status).toBe(200);
    expect((await get().set('host', 'ims.hospital.example').set('x-api-key', KEY)).status).toBe(
      200,
    );
  });

  it('rejects a wrong key, a part of the key and other schemes', async () => {
    for (const value of [
      `Bearer ${KEY}x`,
      `Bearer ${KEY.slice(1)}`,
      'Bearer',
      `Basic ${KEY}`,
      KEY,
    ]) {
      const answer = await request(locked.app).get('/fhir/metadata').set('authorization', value);
      expect(answer.status).toBe(401);
      expect(answer.text).not.toContain(KEY.slice(1));
    }
  });
});

it('rejects an empty API key in the configuration', () => {
  const { adapter } = open;
  const { logger } = logSpy();
  expect(() => createService({ adapter, logger, apiKey: '' })).toThrow('empty');
});

describe('without an API key', () => {
  it('accepts only requests to loopback names', async () => {
    for (const host of [
      'localhost',
      'localhost:8080',
      '127.0.0.1:1',
      '127.9.9.9',
      '[::1]',
      '[::1]:8080',
      'LOCALHOST',
    ]) {
      expect((await request(open.app).get('/openapi.json').set('host', host)).status).toBe(200);
    }
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      '10.0.0.1',
      '',
    ]) {
      const answer = await request(open.app).get('/openapi.json').set('host', host);
      expect([answer.status, answer.body.code]).toEqual([403, 'wrong-host']);
    }
  });

  it('does not listen on addresses that other machines can reach', async () => {
    const { adapter } = open;
    const { logger } = logSpy();
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'ims.example']) {
      await expect(listen({ adapter, logger, host, port: 0 })).rejects.toMatchObject({
        code: 'invalid-config',
      });
    }
  });
});

it('distinguishes loopback addresses from similar ones', () => {
  expect(['localhost', '127.0.0.1', '::1', '[::1]'].every(isLoopback)).toBe(true);
  expect(
    ['127.0.0.1.example', 'localhost.', '0.0.0.0', '::', '2130706433', ''].some(isLoopback),
  ).toBe(false);
});
