import fc from 'fast-check';
import nock from 'nock';
import { afterAll, describe, expect, it } from 'vitest';
import { AdapterError } from '../../src/errors.ts';
import type { Remote } from '../../src/remote/remote.ts';
import { FHIR, nockServer, remoteFor, response, transaction } from './target.ts';

afterAll(() => nock.restore());

const outcome = {
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'error',
      code: 'duplicate',
      diagnostics: 'HAPI-1094',
      expression: ['Patient.name'],
      details: { text: 'HAPI-0001', coding: [{ code: '59141' }] },
    },
  ],
};
const stored = { resourceType: 'Patient', id: 'p', meta: { versionId: '1' } };
const failed = { response: { status: '400', location: 'Patient/p', outcome } };
const answers = {
  transact: [
    response(),
    response([{ resource: stored as never, response: { status: '200' } }, failed as never]),
  ],
  search: [
    {
      resourceType: 'Bundle',
      type: 'searchset',
      link: [{ relation: 'self', url: 'https://fhir.example.org/r4/Patient' }],
      entry: [{ resource: stored, search: { mode: 'match' } }],
    },
  ],
  read: [stored],
  capabilities: [
    {
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      rest: [{ mode: 'server', interaction: [{ code: 'transaction' }] }],
    },
  ],
};

const calls: Readonly<Record<keyof typeof answers, (remote: Remote) => Promise<unknown>>> = {
  transact: (remote) => remote.transact(transaction),
  search: async (remote) => {
    for await (const _ of remote.search('Patient', []));
  },
  read: (remote) => remote.read('Patient', 'p'),
  capabilities: (remote) => remote.capabilities(),
};

/** `json` with one of its values, chosen by `at`, replaced by `value`. */
function withValue(json: unknown, at: number, value: unknown): unknown {
  let count = 0;
  const replaced = (node: unknown): unknown => {
    if (count++ === at) return value;
    if (Array.isArray(node)) return node.map(replaced);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([name, member]) => [name, replaced(member)]),
    );
  };
  return replaced(json);
}

const values = [null, 5, true, 'toString', '', {}, [], [null], [[]], { code: {} }];

describe.each(Object.keys(answers) as (keyof typeof answers)[])(
  'a malformed answer to %s',
  (name) => {
    it('is read or fails with an AdapterError that has a code', async () => {
      const property = fc.asyncProperty(
        fc.constantFrom<unknown>(...answers[name], outcome),
        fc.nat(30),
        fc.constantFrom<unknown>(...values),
        fc.constantFrom(200, 400, 409, 500),
        async (answer, at, value, status) => {
          const body = JSON.stringify(withValue(answer, at, value));
          nockServer()
            .intercept(/.*/, name === 'transact' ? 'POST' : 'GET')
            .reply(status, body, FHIR);
          const error: unknown = await calls[name](remoteFor()).then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          nock.cleanAll();
          if (error === undefined) return;
          expect(error).toBeInstanceOf(AdapterError);
          expect(['never', 'later', 'unknown']).toContain((error as AdapterError).retry);
          expect((error as AdapterError).code).toMatch(/^remote-/);
        },
      );
      await fc.assert(property, { numRuns: Number(process.env.FUZZ_RUNS ?? 300) });
    });
  },
);
