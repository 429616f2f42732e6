// Servers of the bench, each a process of its own; the address stands on stdout as the first line.
//   node test/bench/server-child.ts plain    an Express endpoint that only parses and answers
//   node test/bench/server-child.ts instant  a FHIR server that takes every transaction at once
//   node test/bench/server-child.ts silent   one that takes every request and never answers
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

let taken = 0;

const instant: RequestListener = async (request, response) => {
  const answer = (body: object) => {
    response.setHeader('Content-Type', 'application/fhir+json').end(JSON.stringify(body));
  };
  if (request.url?.endsWith('/taken')) answer({ taken });
  else if (request.method === 'GET') answer(METADATA);
  else {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { entry = [] } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Bundle;
    taken++;
    answer({
      resourceType: 'Bundle',
      type: 'transaction-response',
      entry: entry.map(({ resource }, index) => ({
        response: {
          status: '201 Created',
          location: `${resource?.resourceType}/${taken}-${index}/_history/1`,
          etag: 'W/"1"',
        },
      })),
    });
  }
};

const servers: Readonly<Record<string, RequestListener>> = { plain, instant, silent: () => {} };
const listener = servers[String(process.argv[2])];
if (listener === undefined) throw new Error('plain, instant or silent');
const server = createServer(listener).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
