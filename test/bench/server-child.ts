// Servers for the measurements, each in a separate process, which prints its address on stdout.
//   node test/bench/server-child.ts plain    an Express endpoint that only parses and answers
//   node test/bench/server-child.ts instant  a FHIR server that accepts every transaction at once
//   node test/bench/server-child.ts silent   a server that never answers
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle } from '@medplum/fhirtypes';
import express from 'express';

const METADATA = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  kind: 'instance',
  fhirVersion: '4.0.1',
  rest: [{ mode: 'server', interaction: [{ code: 'transaction' }] }],
};

const plain = express().post(
  '/v1/records',
  express.json({ limit: '16mb' }),
  (_request, response) => {
    response.status(202).json({ accepted: 1 });
  },
);

let count = 0;

const instant: RequestListener = async (request, response) => {
  const answer = (body: object) => {
    response.setHeader('Content-Type', 'application/fhir+json').end(JSON.stringify(body));
  };
  if (request.url?.endsWith('/count')) answer({ count });
  else if (request.method === 'GET') answer(METADATA);
  else {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { entry = [] } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Bundle;
    count++;
    answer({
      resourceType: 'Bundle',
      type: 'transaction-response',
      entry: entry.map(({ resource }, index) => ({
        response: {
          status: '201 Created',
          location: `${resource?.resourceType}/${count}-${index}/_history/1`,
          etag: 'W/"1"',
        },
      })),
    });
  }
};

const servers: Readonly<Record<string, RequestListener>> = { plain, instant, silent: () => {} };
const listener = servers[String(process.argv[2])];
if (listener === undefined) throw new Error('the argument must be one of: plain, instant, silent');
const server = createServer(listener).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
