import { expect, it } from 'vitest';
import { Engine } from '../../src/sandbox/engine.ts';
import { byIdentifier, entry, observation, patient } from './http.ts';

it('handles simultaneous requests one after the other, each completely or not at all', async () => {
  const engine = new Engine({});
  engine.base = 'http://127.0.0.1/fhir';
  const post = (isFailing: boolean) =>
    engine.handle({
      method: 'POST',
      url: '',
      body: {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          entry('POST Patient', patient('1'), { ifNoneExist: byIdentifier('1') }),
          entry('PUT Patient/x', patient('x', { id: 'x' })),
          ...(isFailing ? [entry('POST Observation', observation('Patient/nobody'))] : []),
        ],
      },
    });
  const responses = await Promise.all([true, false, true, false, true, false].map(post));
  expect(responses.map(({ status }) => status)).toEqual([422, 200, 422, 200, 422, 200]);
  expect(engine.resources('Patient')).toHaveLength(2);
  expect(engine.counts).toMatchObject({ transactions: 3, transactionsFailed: 3, created: 2 });
});
