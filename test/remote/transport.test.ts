import type { IncomingHttpHeaders } from 'node:http';
import nock from 'nock';
import { afterAll, describe, expect, it } from 'vitest';
import { AdapterError } from '../../src/errors.ts';
import {
  FHIR,
  nockServer,
  remoteFor,
  response,
  serverFor,
  thrownBy,
  transaction,
} from './target.ts';

afterAll(() => nock.restore());

describe('a request', () => {
  it('has headers for FHIR, authentication and those of the settings', async () => {
    const received: IncomingHttpHeaders[] = [];
    const base = await serverFor((request, outgoing) => {
      received.push(request.headers);
      outgoing.writeHead(200, FHIR).end(JSON.stringify(response()));
    });
    const remote = remoteFor({
      base,
      auth: { kind: 'basic', user: 'zoë', password: 'a:b' },
      headers: { 'x-tenant': 'clinic' },
    });
    await remote.transact(transaction);
    expect(received[0]).toMatchObject({
      accept: 'application/fhir+json',
      'content-type': 'application/fhir+json',
      prefer: 'return=representation',
      authorization: `Basic ${Buffer.from('zoë:a:b').toString('base64')}`,
      'x-tenant': 'clinic',
    });
  });

  it('sends a bearer token', async () => {
    const scope = nockServer()
      .post('', () => true)
      .matchHeader('authorization', 'Bearer t0ken')
      .reply(200, response());
    const remote = remoteFor({ auth: { kind: 'bearer', token: 't0ken' } });
    await remote.transact(transaction);
    expect(scope.isDone()).toBe(true);
  });

  it('of a transaction goes to the base exactly as set', async () => {
    const scope = nockServer().post('/').reply(200, response());
    await remoteFor({ base: 'https://fhir.example.org/r4/' }).transact(transaction);
    expect(scope.isDone()).toBe(true);
  });

  it('is sent once, whatever the status of its response', async () => {
    for (const status of [401, 409, 429, 500, 503]) {
      let sent = 0;
      const scope = nockServer()
        .persist()
        .post('')
        .reply(() => [status, String(++sent)]);
      await thrownBy(remoteFor().transact(transaction));
      expect([status, sent]).toEqual([status, 1]);
      scope.persist(false);
      nock.cleanAll();
    }
  });

  it.each([
    '',
    'fhir.example.org',
    'ftp://x.test',
    'https://u:p@x.test',
    'https://x.test?a=b',
    'https://x.test#a',
  ])('is not possible with the base %j', (base) => {
    expect(() => remoteFor({ base })).toThrow(expect.objectContaining({ code: 'invalid-config' }));
  });
});

describe('a failure', () => {
  it('has a code, retry, waiting time and issues, but no patient data', async () => {
    nockServer()
      .post('')
      .reply(
        429,
        {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'error', code: 'throttled', diagnostics: 'Roe has too many' }],
        },
        { ...FHIR, 'retry-after': '17' },
      );
    const error = await thrownBy(remoteFor().transact(transaction));
    expect(error).toBeInstanceOf(AdapterError);
    expect(error).toMatchObject({ code: 'remote-throttled', retry: 'later', retryAfterS: 17 });
    expect((error as AdapterError).issues).toMatchObject([{ code: 'throttled' }]);
    expect(`${error}${JSON.stringify(error)}`).not.toContain('Roe');
  });

  it('is a redirect, which is not followed', async () => {
    nockServer().post('').reply(307, '', { location: 'https://evil.example/r4' });
    const evil = nock('https://evil.example').post('/r4').reply(200, response());
    const error = await thrownBy(remoteFor().transact(transaction));
    expect(error).toMatchObject({ code: 'remote-protocol', retry: 'never' });
    expect(String(error)).toContain('final address');
    expect(evil.isDone()).toBe(false);
  });

  it('is a server that cannot be reached, without effect', async () => {
    const remote = remoteFor({ base: 'http://127.0.0.1:1/r4' });
    expect(await thrownBy(remote.transact(transaction))).toMatchObject({
      code: 'remote-unreachable',
      retry: 'later',
    });
  });

  it('is a response that was cut off, of unknown effect unless it was a read', async () => {
    const base = await serverFor((_request, outgoing) => {
      outgoing.writeHead(200, { ...FHIR, 'content-length': '1000' });
      outgoing.write('{"resourceType":');
      setImmediate(() => outgoing.socket?.destroy());
    });
    const remote = remoteFor({ base });
    expect(await thrownBy(remote.transact(transaction))).toMatchObject({
      code: 'remote-failed',
      retry: 'unknown',
    });
    expect(await thrownBy(remote.read('Patient', 'p'))).toMatchObject({
      code: 'remote-failed',
      retry: 'later',
    });
  });

  it('is a timeout', async () => {
    const base = await serverFor(() => {});
    const remote = remoteFor({ base, timeoutMs: 80 });
    expect(await thrownBy(remote.transact(transaction))).toMatchObject({
      code: 'remote-timeout',
      retry: 'unknown',
    });
    expect(await thrownBy(remote.capabilities())).toMatchObject({
      code: 'remote-timeout',
      retry: 'later',
    });
  });

  it('is a response that never ends', async () => {
    const base = await serverFor((_request, outgoing) => {
      outgoing.writeHead(200, FHIR);
      const writeOn = () => outgoing.write('x'.repeat(65_536), () => setImmediate(writeOn));
      writeOn();
    });
    const remote = remoteFor({ base, maxResponseBytes: 1_000_000 });
    expect(await thrownBy(remote.read('Patient', 'p'))).toMatchObject({ code: 'remote-protocol' });
  });

  it('is an abort by the caller, before or after sending', async () => {
    const abort = new AbortController();
    const base = await serverFor(() => abort.abort());
    const remote = remoteFor({ base });
    const { signal } = abort;
    expect(await thrownBy(remote.transact(transaction, { signal }))).toMatchObject({
      code: 'shutting-down',
      retry: 'unknown',
    });
    expect(await thrownBy(remote.transact(transaction, { signal }))).toMatchObject({
      code: 'shutting-down',
      retry: 'later',
    });
  }, 5000);
});
