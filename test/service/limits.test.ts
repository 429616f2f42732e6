import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limitBytesInFlight, releaseBody } from '../../src/service/body-budget.ts';
import { problemHandler } from '../../src/service/problem.ts';
import { startHarness } from './harness.ts';
import { sampleRecord } from './sample.ts';

const MIB = 1024 * 1024;

describe('the process survives a single body with', () => {
  let child: ChildProcess;
  let base: string;
  beforeAll(async () => {
    const heap = '--max-old-space-size=160';
    child = spawn(process.execPath, [heap, 'test/service/small-heap-child.ts'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    [base] = (await once(lines, 'line')) as [string];
  });
  afterAll(() => {
    child.kill('SIGKILL');
  });

  const record = JSON.stringify(sampleRecord());
  const withNotes = (notes: string) => record.replace(/\}$/, `,"notes":${notes}}`);
  const json = 'application/json';
  const lines = 'application/x-ndjson';
  const many = (count: number, make: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => make(at)).join();

  // Each of these once needed more than 500 MB of memory, or a response of more than 50 MB.
  it.each([
    ['deeply nested numbers', '/v1/validate', json, '['.repeat(62) + '1e5,'.repeat(1_500_000), 400],
    [
      'numbers that a record cannot represent',
      '/v1/unmap',
      json,
      `${'['.repeat(62)}${'1e5,'.repeat(900_000)}1${']'.repeat(62)}`,
      200,
    ],
    ['duplicate members', '/v1/unmap', json, `{${'"a":1,'.repeat(900_000)}"a":1}`, 400],
    [
      'a long name with issues inside',
      '/v1/records',
      json,
      `{"${'k'.repeat(8_000_000)}":[${'1e5,'.repeat(100_000)}1]}`,
      422,
    ],
    [
      'a million unknown members',
      '/v1/map',
      json,
      `{${many(1_000_000, (at) => `"u${at}":1`)}}`,
      400,
    ],
    ['empty objects', '/v1/validate', json, `[${'{},'.repeat(5_000_000)}{}]`, 400],
    ['entries of a wrong type', '/v1/records', json, withNotes(`[${'1,'.repeat(900_000)}1]`), 422],
    ['spaces', '/v1/validate', json, ' '.repeat(15_000_000), 400],
    ['blank lines', '/v1/records', lines, '\n'.repeat(16 * MIB - 2), 400],
    [
      'blank lines and an invalid byte',
      '/v1/records',
      lines,
      `${'\n'.repeat(16 * MIB - 2)}\u00ff`,
      422,
    ],
    ['lines of one character', '/v1/records', lines, '1\n'.repeat(7_900_000), 413],
    [
      'lines full of issues',
      '/v1/records',
      lines,
      Array(1000)
        .fill(`[${'1e5,'.repeat(3900)}1]`)
        .join('\n'),
      422,
    ],
    [
      'resources of other systems',
      '/v1/unmap',
      json,
      `[${'{"resourceType":"Basic"},'.repeat(400_000)}1]`,
      200,
    ],
  ])('%s', async (_what, path, type, text, status) => {
    const body = Buffer.from(text, 'latin1');
    const answer = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    const { length } = await answer.text();
    expect({ status: answer.status, isShort: length < 2 * MIB }).toEqual({ status, isShort: true });
    expect(child.exitCode).toBeNull();
  });
});

describe('the bodies of all requests', () => {
  it('are rejected above the limit, with 503 and Retry-After', async () => {
    const body = JSON.stringify(sampleRecord());
    const { app } = await startHarness({ maxBytesInFlight: Buffer.byteLength(body) - 1 });
    const post = (text: string) =>
      request(app).post('/v1/validate').set('content-type', 'application/json').send(text);
    const answer = await post(body);
    expect(answer.status).toBe(503);
    expect(answer.body.code).toBe('overloaded');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await post('{}')).status).toBe(200);
    expect((await request(app).get('/healthz')).status).toBe(200);
  });

  /** A server that answers a request only when its function in `held` is called. */
  async function holdingServer(maxBytes: number) {
    const held: (() => void)[] = [];
    const app = express();
    app.use(limitBytesInFlight(maxBytes));
    app.use((request, response) => {
      if (request.url === '/released') releaseBody(request);
      held.push(() => response.end());
    });
    app.use(problemHandler);
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const post = (size: number) => ask({ 'content-length': size });
    const ask = (headers: Readonly<Record<string, string | number>>, path = '/') => {
      const socket = connect(port, '127.0.0.1');
      const lines = Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('');
      socket.write(`POST ${path} HTTP/1.1\r\nhost: a\r\n${lines}\r\n`);
      return socket;
    };
    const arrived = async (count: number) => {
      while (held.length < count) await once(server, 'request');
    };
    const statusOf = async (socket: ReturnType<typeof post>) => {
      const [first] = (await once(socket, 'data')) as [Buffer];
      return Number(first.toString().split(' ')[1]);
    };
    return { server, held, post, ask, arrived, statusOf };
  }

  it('count from their headers until their response is sent', async () => {
    const { held, post, arrived, statusOf } = await holdingServer(100);
    const first = post(60);
    await arrived(1);
    expect(await statusOf(post(60))).toBe(503);
    held[0]?.();
    expect(await statusOf(first)).toBe(200);
    post(60);
    await arrived(2);
  });

  it('no longer count once they are released, and count once only', async () => {
    const { held, post, ask, arrived, statusOf } = await holdingServer(100);
    const released = ask({ 'content-length': 60 }, '/released');
    await arrived(1);
    post(60);
    await arrived(2);
    held[0]?.();
    expect(await statusOf(released)).toBe(200);
    expect(await statusOf(post(60))).toBe(503);
  });

  it('no longer count when the connection is closed', async () => {
    const { server, post, arrived, statusOf } = await holdingServer(100);
    const closed = new Promise((resolve) => {
      server.once('request', (_request, response) => response.once('close', resolve));
    });
    const first = post(60);
    await arrived(1);
    first.destroy();
    await closed;
    post(60);
    await arrived(2);
    expect(await statusOf(post(60))).toBe(503);
  });

  it.each([
    ['of unknown length', { 'transfer-encoding': 'chunked' }],
    ['compressed', { 'content-length': 20, 'content-encoding': 'gzip' }],
  ])('count as the largest possible body if they are: %s', async (_what, headers) => {
    const { ask, statusOf } = await holdingServer(16 * MIB - 1);
    expect(await statusOf(ask(headers as Record<string, string | number>))).toBe(503);
  });

  it('are accepted when compressed', async () => {
    const { app } = await startHarness();
    const answer = await request(app)
      .post('/v1/validate')
      .set('content-type', 'application/json')
      .set('content-encoding', 'gzip')
      .serialize((body) => body)
      .send(gzipSync(JSON.stringify(sampleRecord())) as unknown as string);
    expect(answer.status).toBe(200);
  });
});
