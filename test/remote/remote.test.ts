import nock from 'nock';
import { afterAll, describe, expect, it } from 'vitest';
import { readCapabilities } from '../../src/remote/capabilities.ts';
import { FHIR, nockServer, remoteFor, thrownBy } from './target.ts';

afterAll(() => nock.restore());

const HTML = { 'content-type': 'text/html' };

describe('capabilities', () => {
  const statement = {
    resourceType: 'CapabilityStatement' as const,
    fhirVersion: '4.0.1' as const,
    rest: [
      { mode: 'client' as const },
      {
        mode: 'server' as const,
        interaction: [{ code: 'transaction' as const }],
      },
    ],
  };

  it('are read from the statement of the server', async () => {
    nockServer().get('/metadata').reply(200, statement, FHIR);
    const capabilities = await remoteFor().capabilities();
    expect(capabilities).toEqual({ fhirVersion: '4.0.1', transaction: true });
  });

  it('are none where the statement is empty', () => {
    expect(readCapabilities({ resourceType: 'CapabilityStatement' } as never)).toEqual({
      fhirVersion: '',
      transaction: false,
    });
  });

  it.each([
    ['a web page with 200', 200, '<html>', HTML],
    ['a web page with 404', 404, '<html>', HTML],
    ['an outcome with 404', 404, { resourceType: 'OperationOutcome', issue: [] }, FHIR],
    ['another resource', 200, { resourceType: 'Patient' }, FHIR],
    ['an empty response', 204, '', {}],
    ['FHIR of 2014', 200, { ...statement, fhirVersion: '1.0.2' }, FHIR],
    ['FHIR R5', 200, { ...statement, fhirVersion: '5.0.0' }, FHIR],
    ['a redirect', 302, '', { location: 'https://login.example' }],
  ] as const)(
    'cannot be read from %s, and the error asks for another address',
    async (_what, status, body, headers) => {
      nockServer()
        .get('/metadata')
        .reply(status, body as nock.Body, headers as nock.ReplyHeaders);
      const error = await thrownBy(remoteFor().capabilities());
      expect(error).toMatchObject({ code: 'remote-protocol', retry: 'never' });
      expect(String(error)).toMatch(/address/);
    },
  );

  it('can require authentication', async () => {
    nockServer().get('/metadata').reply(401, '');
    expect(await thrownBy(remoteFor().capabilities())).toMatchObject({ code: 'remote-auth' });
  });
});

describe('a read', () => {
  const read = (status: number, body: nock.Body, headers: nock.ReplyHeaders = FHIR) => {
    nockServer().get('/Patient/p').reply(status, body, headers);
    return remoteFor().read('Patient', 'p');
  };

  it('returns the resource, or undefined where it does not exist', async () => {
    expect(await read(200, { resourceType: 'Patient', id: 'p' })).toMatchObject({ id: 'p' });
    expect(await read(404, { resourceType: 'OperationOutcome', issue: [] })).toBeUndefined();
    expect(await read(404, '')).toBeUndefined();
    expect(await read(410, '')).toBeUndefined();
  });

  it.each([
    ['a web page with 404', 404, '<html>', HTML],
    ['a web page with 200', 200, '<html>', HTML],
    ['another resource', 200, { resourceType: 'Patient', id: 'q' }, FHIR],
    ['another type', 200, { resourceType: 'Flag', id: 'p' }, FHIR],
  ] as const)('rejects %s as a response', async (_what, status, body, headers) => {
    const error = await thrownBy(read(status, body as nock.Body, headers as nock.ReplyHeaders));
    expect(error).toMatchObject({ code: 'remote-protocol', retry: 'never' });
  });

  it('rejects an invalid id without a request', async () => {
    const error = await thrownBy(remoteFor().read('Patient', '../metadata'));
    expect(error).toMatchObject({ code: 'invalid-input' });
  });
});
