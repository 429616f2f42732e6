import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import nock from 'nock';
import { onTestFinished } from 'vitest';
import { createRemote, type Remote } from '../../src/remote/remote.ts';
import type { TargetSettings } from '../../src/remote/transport.ts';

/** Where the played servers are. */
export const ORIGIN = 'https://fhir.example.org';

/** A remote that is closed at the end of the test; nothing reaches the real network. */
export function remoteFor(settings: Partial<TargetSettings> = {}): Remote {
  const remote = createRemote({
    name: 'played',
    base: `${ORIGIN}/r4`,
    auth: { kind: 'none' },
    ...settings,
  });
  onTestFinished(() => remote.close());
  return remote;
}

/** Answers what is asked under the base; forgotten at the end of the test. */
export function played(): nock.Scope {
  onTestFinished(() => nock.cleanAll());
  return nock(`${ORIGIN}/r4`);
}

/** A real server on loopback that ends with the test; for what needs a real connection. */
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

/** What `work` throws; a test that expects nothing else. */
export async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => error,
  );
}
