// Remotes for tests, and the servers they talk to: played by nock, or real ones on loopback.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import nock from 'nock';
import { onTestFinished } from 'vitest';
import { createRemote, type Remote } from '../../src/remote/remote.ts';
import type { TargetSettings } from '../../src/remote/transport.ts';

/** Origin of the servers played by nock. */
export const ORIGIN = 'https://fhir.example.org';

/** A remote that is closed at the end of the test. */
export function remoteFor(settings: Partial<TargetSettings> = {}): Remote {
  const remote = createRemote({
    name: 'test',
    base: `${ORIGIN}/r4`,
    auth: { kind: 'none' },
    ...settings,
  });
  onTestFinished(() => remote.close());
  return remote;
}

/** Responses to requests under the base; removed at the end of the test. */
export function nockServer(): nock.Scope {
  onTestFinished(() => nock.cleanAll());
  return nock(`${ORIGIN}/r4`);
}

/** The base of a real server on loopback, which is closed at the end of the test. */
export async function serverFor(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/r4`;
}

/** The media type of FHIR, as a header. */
export const FHIR = { 'content-type': 'application/fhir+json' };

/** A transaction that creates one Patient for each id, then one Flag. */
export const transaction: Bundle = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      resource: { resourceType: 'Patient', name: [{ family: 'Roe' }] },
      request: { method: 'POST', url: 'Patient' },
    },
    {
      resource: {
        resourceType: 'Flag',
        status: 'active',
        code: { text: 'x' },
        subject: { reference: 'Patient/p' },
      },
      request: { method: 'PUT', url: 'Flag/f' },
    },
  ],
};

/** A response to `transaction`; `entries` replace those of a success. */
export function response(entries?: BundleEntry[]): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: entries ?? [
      { response: { status: '201 Created', location: 'Patient/p/_history/1', etag: 'W/"1"' } },
      { response: { status: '200 OK', location: 'Flag/f/_history/3', etag: 'W/"3"' } },
    ],
  };
}

/** The error that `work` rejects with; fails the test if it resolves. */
export async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => error,
  );
}
