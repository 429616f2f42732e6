import { expect, it } from 'vitest';
import { Engine } from '../../src/sandbox/engine.ts';
import { byIdentifier, entry, observation, patient } from './http.ts';

it('carries out requests that come in one moment one after the other, each wholly or not at all', async () => {
  const engine = new Engine({});
  engine.base = 'http://127.0.0.1/fhir';
  const post = (failing: boolean) =>
    engine.handle({
      method: 'POST',
      url: '',
      body: {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          entry('POST Patient', patient('1'), { ifNoneExist: byIdentifier('1') }),
          entry('PUT Patient/x', patient('x', { id: 'x' })),
          ...(failing ? [entry('POST Observation', observation('Patient/nobody'))] : []),
        ],
      },
    });
  const answers = await Promise.all([true, false, true, false, true, false].map(post));
  expect(answers.map((answer) => answer.status)).toEqual([422, 200, 422, 200, 422, 200]);
  expect(engine.resources('Patient')).toHaveLength(2);
  expect(engine.counts).toMatchObject({ transactions: 3, transactionsRefused: 3, created: 2 });
});
