import type { Bundle } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import {
  byIdentifier,
  entry,
  matchingIds,
  observation,
  pathsOf,
  patient,
  sandboxFor,
  send,
  statuses,
  transact,
} from './http.ts';

const PATIENT = 'urn:uuid:61EBE359-BFDC-4613-8BF2-C5E300945F0A';
const ENCOUNTER = 'urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059';

/** A small visit: all writes conditional, in an order in which references come before targets. */
function visit(key: string, members: object = {}) {
  const identified = (value: string) => `identifier=https://example.org/records|${value}`;
  const identifier = (value: string) => [{ system: 'https://example.org/records', value }];
  const observations = Array.from({ length: 18 }, (_, n) =>
    entry(
      `PUT Observation?${identified(`${key}-o${n}`)}`,
      {
        ...observation(PATIENT, { encounter: { reference: ENCOUNTER }, ...members }),
        identifier: identifier(`${key}-o${n}`),
      },
      { fullUrl: `urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e0${n + 10}` },
    ),
  );
  return [
    ...observations,
    entry(
      `PUT Encounter?${identified(`${key}-e`)}`,
      {
        resourceType: 'Encounter',
        identifier: identifier(`${key}-e`),
        status: 'finished',
        class: { code: 'AMB' },
        subject: { reference: PATIENT },
      },
      { fullUrl: ENCOUNTER },
    ),
    entry('POST Patient', patient('P'), { fullUrl: PATIENT, ifNoneExist: byIdentifier('P') }),
  ];
}

describe('a transaction', () => {
  it('creates missing resources, responds in order and resolves references within the bundle', async () => {
    const sandbox = await sandboxFor();
    const response = await transact(sandbox, visit('v1'));
    expect(response.status).toBe(200);
    expect(statuses(response)).toEqual(Array(20).fill('201'));
    const [first, ...rest] = (response.body as Bundle).entry ?? [];
    const [encounter, person] = pathsOf(response).slice(-2);
    expect(first?.response?.location).toMatch(/^Observation\/[^/]+\/_history\/1$/);
    expect(first?.response?.etag).toBe('W/"1"');
    expect(first?.resource).toMatchObject({
      subject: { reference: person },
      encounter: { reference: encounter },
    });
    expect(rest).toHaveLength(19);
    expect(sandbox.counts).toMatchObject({ transactions: 1, transactionsFailed: 0, created: 20 });
  });

  it('changes nothing when repeated, and updates existing resources when changed', async () => {
    const sandbox = await sandboxFor();
    const first = await transact(sandbox, visit('v1'));
    const again = await transact(sandbox, visit('v1'));
    expect(statuses(again)).toEqual(Array(20).fill('200'));
    expect(pathsOf(again)).toEqual(pathsOf(first));
    expect(sandbox.counts).toMatchObject({ created: 20, updated: 0, unchanged: 19 });
    const changed = await transact(sandbox, visit('v1', { status: 'amended' }));
    expect(pathsOf(changed)).toEqual(pathsOf(first));
    expect(sandbox.counts).toMatchObject({ created: 20, updated: 18 });
    expect((changed.body as Bundle).entry?.[0]?.response?.etag).toBe('W/"2"');
  });

  it('sent many times at once creates each resource once', async () => {
    const sandbox = await sandboxFor();
    const all = await Promise.all(Array.from({ length: 8 }, () => transact(sandbox, visit('v1'))));
    expect(new Set(all.map((one) => pathsOf(one).join())).size).toBe(1);
    expect(sandbox.resources()).toHaveLength(20);
  });

  it('changes nothing when one entry fails', async () => {
    const sandbox = await sandboxFor();
    await transact(sandbox, [
      entry('PUT Patient/a', patient('a', { id: 'a' })),
      entry('PUT Patient/b', patient('b', { id: 'b' })),
    ]);
    const before = sandbox.resources();
    const failures = [
      entry('POST Observation', { ...observation('Patient/a'), status: undefined }),
      entry('POST Observation', observation('Patient/nobody')),
      entry('POST Observation', observation('urn:uuid:00000000-0000-0000-0000-000000000000')),
      entry('POST Observation', observation('Patient?identifier=nobody')),
      entry('PUT Patient/c', patient('c', { id: 'c' }), { ifMatch: 'W/"9"' }),
      entry('DELETE Patient?_id=a,b'),
      entry('PATCH Patient/nobody', { resourceType: 'Parameters' }),
      entry('POST Claim', { resourceType: 'Claim' }),
      entry('GET Patient/nobody'),
      { resource: patient('d') as never },
    ];
    for (const [index, failing] of failures.entries()) {
      const response = await transact(sandbox, [
        entry('PUT Patient/a', patient('a', { id: 'a', gender: 'male' })),
        entry('DELETE Patient/b'),
        entry('POST Patient', patient('new')),
        failing,
      ]);
      expect([index, response.status >= 400, response.body.resourceType]).toEqual([
        index,
        true,
        'OperationOutcome',
      ]);
    }
    expect(sandbox.resources()).toEqual(before);
    expect((await send(sandbox, ['GET', '/Patient/b/_history/1'])).status).toBe(200);
    expect(await matchingIds(sandbox, `/Patient?${byIdentifier('new')}`)).toEqual([]);
    expect(sandbox.counts).toMatchObject({
      transactions: 1,
      transactionsFailed: 10,
      created: 2,
      updated: 0,
      deleted: 0,
    });
  });

  it('reports which entry failed, with the right status', async () => {
    const sandbox = await sandboxFor();
    for (const value of ['1', '1'])
      await send(sandbox, ['POST', '/Patient'], { body: patient(value) });
    const several = await transact(sandbox, [
      entry('POST Patient', patient('2')),
      entry(`PUT Patient?${byIdentifier('1')}`, patient('1')),
    ]);
    expect(several.status).toBe(412);
    expect(several.body).toMatchObject({ issue: [{ expression: ['Bundle.entry[1].resource'] }] });
    const creates = await transact(sandbox, [
      entry('POST Patient', patient('1'), { ifNoneExist: byIdentifier('1') }),
    ]);
    expect(creates.status).toBe(412);
  });

  it('is rejected when two entries write the same resource', async () => {
    const sandbox = await sandboxFor();
    const condition = `PUT Patient?${byIdentifier('1')}`;
    const pairs = [
      [entry(condition, patient('1')), entry(condition, patient('1'))],
      [entry('PUT Patient/a', patient('1', { id: 'a' })), entry('DELETE Patient/a')],
      [1, 2].map(() => entry('POST Patient', patient('1'), { ifNoneExist: byIdentifier('1') })),
    ];
    for (const pair of pairs) expect((await transact(sandbox, pair)).status).toBe(400);
    expect(sandbox.resources()).toEqual([]);
  });

  it('processes deletes, creates, updates and reads in the order of FHIR', async () => {
    const sandbox = await sandboxFor();
    await send(sandbox, ['PUT', '/Patient/old'], { body: patient('1', { id: 'old' }) });
    const response = await transact(sandbox, [
      entry('GET Patient/new'),
      entry('GET Patient?_id=old,new'),
      entry('PUT Patient/new', patient('1', { id: 'new' })),
      entry('DELETE Patient/old'),
    ]);
    expect(statuses(response)).toEqual(['200', '200', '201', '200']);
    const [read, search] = (response.body as Bundle).entry ?? [];
    expect(read?.resource?.id).toBe('new');
    expect(search?.resource).toMatchObject({ total: 1, entry: [{ resource: { id: 'new' } }] });
  });

  it('supports conditions by tag, conditional deletes, client ids and conditional references', async () => {
    const sandbox = await sandboxFor();
    await send(sandbox, ['PUT', '/Patient/p'], { body: patient('1', { id: 'p' }) });
    const tag = { system: 'https://example.org/key', code: 'v-1-prov' };
    const provenance = {
      resourceType: 'Provenance',
      meta: { tag: [tag] },
      target: [{ reference: 'Patient/p' }],
      recorded: '2026-03-01T10:00:00Z',
      agent: [{ who: { display: 'x' } }],
    };
    const path = `Provenance?_tag=${tag.system}|${tag.code}`;
    for (const status of ['201', '200', '200']) {
      expect(statuses(await transact(sandbox, [entry(`PUT ${path}`, provenance)]))).toEqual([
        status,
      ]);
    }
    const response = await transact(sandbox, [
      entry('PUT Observation/mine', { ...observation(`Patient?${byIdentifier('1')}`), id: 'mine' }),
      entry(`PUT Patient?${byIdentifier('2')}`, patient('2', { id: 'chosen' })),
      entry(`DELETE ${path}`),
      entry(`DELETE Flag?${byIdentifier('none')}`),
    ]);
    expect(statuses(response)).toEqual(['201', '201', '200', '200']);
    expect(sandbox.resources('Observation')).toMatchObject([
      { id: 'mine', subject: { reference: 'Patient/p' } },
    ]);
    expect(await matchingIds(sandbox, `/Patient?${byIdentifier('2')}`)).toEqual(['chosen']);
    expect(sandbox.resources('Provenance')).toEqual([]);
  });

  it('checks If-Match of an entry, by id and by condition', async () => {
    const sandbox = await sandboxFor();
    await send(sandbox, ['PUT', '/Patient/p'], { body: patient('1', { id: 'p' }) });
    const put = (line: string, ifMatch: string, gender: string) =>
      transact(sandbox, [entry(line, patient('1', { id: 'p', gender }), { ifMatch })]);
    expect((await put('PUT Patient/p', 'W/"1"', 'male')).status).toBe(200);
    expect((await put('PUT Patient/p', 'W/"1"', 'female')).status).toBe(412);
    expect((await put(`PUT Patient?${byIdentifier('1')}`, '1', 'female')).status).toBe(412);
    expect((await put(`PUT Patient?${byIdentifier('1')}`, '2', 'female')).status).toBe(200);
  });
});

describe('a batch', () => {
  it('keeps the entries that succeed and reports those that fail', async () => {
    const sandbox = await sandboxFor();
    const response = await send(sandbox, ['POST', ''], {
      body: {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [
          entry('POST Patient', patient('1')),
          entry('POST Observation', observation('Patient/nobody')),
          entry('GET Patient/nobody'),
          entry(`PUT Patient?${byIdentifier('1')}`, patient('1', { gender: 'male' })),
        ],
      },
    });
    expect(statuses(response)).toEqual(['201', '422', '404', '200']);
    expect(sandbox.resources()).toMatchObject([{ gender: 'male' }]);
    expect(sandbox.counts).toMatchObject({ created: 1, updated: 1, transactions: 0 });
  });
});

describe('an injected fault', () => {
  it('before handling loses the request, before the response loses only the response', async () => {
    let fault: 'handling' | 'response' | undefined;
    const cut = (point: typeof fault) => async () =>
      fault === point ? ({ kind: 'cut' } as const) : undefined;
    const sandbox = await sandboxFor({
      beforeHandling: cut('handling'),
      beforeResponse: cut('response'),
    });
    fault = 'handling';
    await expect(transact(sandbox, visit('v1'))).rejects.toThrow();
    expect(sandbox.resources()).toEqual([]);
    fault = 'response';
    await expect(transact(sandbox, visit('v1'))).rejects.toThrow();
    expect(sandbox.resources()).toHaveLength(20);
    fault = undefined;
    expect(statuses(await transact(sandbox, visit('v1')))).toEqual(Array(20).fill('200'));
  });

  it('can replace the response, and its hook sees the request', async () => {
    const seen: string[] = [];
    const sandbox = await sandboxFor({
      beforeHandling: async ({ method, url }) => {
        seen.push(`${method} ${url}`);
        return { kind: 'response', status: 429, headers: { 'retry-after': '7' }, body: '{}' };
      },
    });
    const response = await send(sandbox, ['GET', '/Patient?_id=a']);
    expect([response.status, response.headers['retry-after']]).toEqual([429, '7']);
    expect(seen).toEqual(['GET Patient?_id=a']);
  });
});
