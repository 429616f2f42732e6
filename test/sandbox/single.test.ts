import type { Bundle, OperationOutcome } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { AdapterError } from '../../src/errors.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { byIdentifier, matchingIds, observation, patient, sandboxFor, send } from './http.ts';

describe('a resource', () => {
  it('is created under a new id, read, updated and read in each version', async () => {
    const sandbox = await sandboxFor();
    const created = await send(sandbox, ['POST', '/Patient'], {
      body: patient('1', { id: 'mine' }),
    });
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect(id).not.toBe('mine');
    expect(created.headers.location).toBe(`${sandbox.base}/Patient/${id}/_history/1`);
    expect(created.headers.etag).toBe('W/"1"');
    const body = patient('1', { id, gender: 'female' });
    expect((await send(sandbox, ['PUT', `/Patient/${id}`], { body })).headers.etag).toBe('W/"2"');
    expect((await send(sandbox, ['GET', `/Patient/${id}`])).body).toMatchObject({
      gender: 'female',
    });
    const first = await send(sandbox, ['GET', `/Patient/${id}/_history/1`]);
    expect(first.body).not.toHaveProperty('gender');
    for (let attempt = 0; attempt < 2; attempt++) {
      const history = (await send(sandbox, ['GET', `/Patient/${id}/_history`])).body as Bundle;
      expect(history.entry?.map((result) => result.response?.etag)).toEqual(['W/"2"', 'W/"1"']);
    }
  });

  it('can be created by an update, and has no new version after an update without change', async () => {
    const sandbox = await sandboxFor();
    const put = () => send(sandbox, ['PUT', '/Patient/a'], { body: patient('1', { id: 'a' }) });
    expect((await put()).status).toBe(201);
    const again = await put();
    expect([again.status, again.headers.etag]).toEqual([200, 'W/"1"']);
    expect(sandbox.counts).toMatchObject({ created: 1, updated: 0, unchanged: 1 });
  });

  it('is updated only if If-Match matches, with or without the syntax of an entity tag', async () => {
    const sandbox = await sandboxFor();
    await send(sandbox, ['PUT', '/Patient/a'], { body: patient('1', { id: 'a' }) });
    const put = (ifMatch: string, gender: string) =>
      send(sandbox, ['PUT', '/Patient/a'], {
        body: patient('1', { id: 'a', gender }),
        headers: { 'if-match': ifMatch },
      });
    expect((await put('W/"1"', 'male')).status).toBe(200);
    expect((await put('W/"1"', 'female')).status).toBe(412);
    expect((await put('1', 'female')).status).toBe(412);
    expect((await put('2', 'female')).status).toBe(200);
  });

  it('is 410 after deletion, 404 if it never existed, and its history includes the deletion', async () => {
    const sandbox = await sandboxFor();
    await send(sandbox, ['PUT', '/Patient/a'], { body: patient('1', { id: 'a' }) });
    expect((await send(sandbox, ['DELETE', '/Patient/a'])).status).toBe(200);
    expect((await send(sandbox, ['DELETE', '/Patient/a'])).status).toBe(200);
    expect((await send(sandbox, ['GET', '/Patient/a'])).status).toBe(410);
    expect((await send(sandbox, ['GET', '/Patient/b'])).status).toBe(404);
    expect(await matchingIds(sandbox, '/Patient')).toEqual([]);
    const history = (await send(sandbox, ['GET', '/Patient/a/_history'])).body as Bundle;
    expect(history.entry?.map((result) => result.request?.method)).toEqual(['DELETE', 'PUT']);
    await send(sandbox, ['PUT', '/Patient/a'], { body: patient('1', { id: 'a' }) });
    expect((await send(sandbox, ['GET', '/Patient/a'])).headers.etag).toBe('W/"3"');
  });

  it('can be patched', async () => {
    const sandbox = await sandboxFor();
    await send(sandbox, ['PUT', '/Patient/a'], { body: patient('1', { id: 'a' }) });
    const patched = await send(sandbox, ['PATCH', '/Patient/a'], {
      body: [{ op: 'add', path: '/gender', value: 'other' }],
      headers: { 'content-type': 'application/json-patch+json' },
    });
    expect(patched.body).toMatchObject({ gender: 'other', meta: { versionId: '2' } });
    const first = await send(sandbox, ['GET', '/Patient/a/_history/1']);
    expect(first.body).not.toHaveProperty('gender');
  });

  it('is not returned when a minimal response is preferred', async () => {
    const sandbox = await sandboxFor();
    const headers = { prefer: 'return=minimal' };
    const response = await send(sandbox, ['POST', '/Patient'], { body: patient('1'), headers });
    expect([response.status, response.body]).toEqual([201, undefined]);
    expect(response.headers.location).toContain('/Patient/');
  });
});

describe('a condition', () => {
  const create = { headers: { 'if-none-exist': byIdentifier('1') } };

  it('of a create lets one of many simultaneous creates succeed', async () => {
    const sandbox = await sandboxFor();
    const all = await Promise.all(
      Array.from({ length: 16 }, () =>
        send(sandbox, ['POST', '/Patient'], { body: patient('1'), ...create }),
      ),
    );
    expect(all.filter((one) => one.status === 201)).toHaveLength(1);
    expect(all.filter((one) => one.status === 200)).toHaveLength(15);
    expect(await matchingIds(sandbox, '/Patient')).toHaveLength(1);
  });

  it('of an update creates, updates, and fails when several match or an id differs', async () => {
    const sandbox = await sandboxFor();
    const put = (members: object) =>
      send(sandbox, ['PUT', `/Patient?${byIdentifier('1')}`], { body: patient('1', members) });
    const created = await put({});
    expect(created.status).toBe(201);
    const updated = await put({ gender: 'male' });
    expect([updated.status, updated.body.id]).toEqual([200, created.body.id]);
    expect((await put({ id: 'other' })).status).toBe(400);
    await send(sandbox, ['POST', '/Patient'], { body: patient('1') });
    expect((await put({})).status).toBe(412);
    const again = await send(sandbox, ['POST', '/Patient'], { body: patient('1'), ...create });
    expect(again.status).toBe(412);
  });

  it('can be a tag, for types without a searchable identifier', async () => {
    const sandbox = await sandboxFor();
    await send(sandbox, ['PUT', '/Patient/p'], { body: patient('1', { id: 'p' }) });
    const tag = { system: 'https://example.org/key', code: 'v-1-ae-a' };
    const event = {
      resourceType: 'AdverseEvent',
      meta: { tag: [tag] },
      actuality: 'actual',
      subject: { reference: 'Patient/p' },
    };
    const path = `/AdverseEvent?_tag=${tag.system}|${tag.code}`;
    const first = await send(sandbox, ['PUT', path], { body: event });
    const second = await send(sandbox, ['PUT', path], { body: { ...event, date: '2026-03-01' } });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(await matchingIds(sandbox, path)).toEqual([first.body.id]);
    expect((await send(sandbox, ['DELETE', path])).status).toBe(200);
    expect((await send(sandbox, ['DELETE', path])).status).toBe(200);
    expect(await matchingIds(sandbox, path)).toEqual([]);
  });

  it('is read completely when it contains a question mark', async () => {
    const sandbox = await sandboxFor();
    const headers = { 'if-none-exist': byIdentifier('a?b') };
    const post = (value: string) =>
      send(sandbox, ['POST', '/Patient'], { body: patient(value), headers });
    await send(sandbox, ['POST', '/Patient'], { body: patient('a') });
    expect((await post('a?b')).status).toBe(201);
    expect((await post('a?b')).status).toBe(200);
  });

  it('must have a search parameter of the type', async () => {
    const sandbox = await sandboxFor();
    const refused = ['', '_count=1', 'nonsense=1', 'identifier:text=1', 'identifier='];
    for (const query of refused) {
      const response = await send(sandbox, ['PUT', `/Patient?${query}`], { body: patient('1') });
      expect([query, response.status]).toEqual([query, 400]);
    }
    expect((await send(sandbox, ['PUT', '/AdverseEvent?identifier=a|b'], {})).status).toBe(400);
  });
});

describe('the sandbox rejects', () => {
  it('an invalid resource, with the path of each error', async () => {
    const sandbox = await sandboxFor();
    const wrong = { ...observation('Patient/p'), status: 7, code: undefined, unknown: true };
    const response = await send(sandbox, ['POST', '/Observation'], { body: wrong });
    expect(response.status).toBe(422);
    const outcome = response.body as unknown as OperationOutcome;
    const paths = outcome.issue.flatMap((issue) => issue.expression ?? []);
    expect(paths).toEqual(
      expect.arrayContaining(['Observation.code', 'Observation.status', 'Observation.unknown']),
    );
  });

  it('a missing reference, unless integrity is off, and the deletion of a referenced resource', async () => {
    const sandbox = await sandboxFor();
    expect(
      (await send(sandbox, ['POST', '/Observation'], { body: observation('Patient/x') })).status,
    ).toBe(422);
    expect(sandbox.resources()).toEqual([]);
    const withoutIntegrity = await sandboxFor({ integrity: false });
    expect(
      (await send(withoutIntegrity, ['POST', '/Observation'], { body: observation('Patient/x') }))
        .status,
    ).toBe(201);
    await send(sandbox, ['PUT', '/Patient/x'], { body: patient('1', { id: 'x' }) });
    await send(sandbox, ['POST', '/Observation'], {
      body: observation(`${sandbox.base}/Patient/x`),
    });
    expect(sandbox.resources('Observation')).toMatchObject([
      { subject: { reference: 'Patient/x' } },
    ]);
    expect((await send(sandbox, ['DELETE', '/Patient/x'])).status).toBe(409);
    expect((await send(sandbox, ['GET', '/Patient/x'])).status).toBe(200);
  });

  it.each([
    ['a body that is not JSON', 'POST', '/Patient', '{', {}, 400],
    [
      'another media type',
      'POST',
      '/Patient',
      '<a/>',
      { 'content-type': 'application/fhir+xml' },
      415,
    ],
    ['a type other than that of the URL', 'POST', '/Flag', patient('1'), {}, 400],
    ['an id other than that of the URL', 'PUT', '/Patient/a', patient('1', { id: 'b' }), {}, 400],
    ['an invalid id', 'PUT', '/Patient/a_b', patient('1', { id: 'a_b' }), {}, 422],
    ['an unsupported type', 'GET', '/Claim', undefined, {}, 404],
    [
      'a collection at the base',
      'POST',
      '',
      { resourceType: 'Bundle', type: 'collection' },
      {},
      400,
    ],
    ['GraphQL', 'POST', '/$graphql', { query: '{}' }, {}, 404],
    [
      'a host name that is not loopback',
      'GET',
      '/Patient',
      undefined,
      { host: 'evil.example' },
      400,
    ],
  ])('%s', async (_what, method, path, body, headers, status) => {
    const sandbox = await sandboxFor();
    const response = await send(sandbox, [method, path], {
      body,
      headers: headers as Record<string, string>,
    });
    expect(response.status).toBe(status);
    expect(response.body.resourceType).toBe('OperationOutcome');
  });

  it('more than its limits', async () => {
    const sandbox = await sandboxFor({ maxVersions: 1, maxBodyBytes: 1000 });
    expect((await send(sandbox, ['POST', '/Patient'], { body: patient('1') })).status).toBe(201);
    expect((await send(sandbox, ['POST', '/Patient'], { body: patient('2') })).status).toBe(422);
    expect(
      (await send(sandbox, ['POST', '/Patient'], { body: patient('x'.repeat(1000)) })).status,
    ).toBe(413);
    sandbox.clear();
    expect((await send(sandbox, ['POST', '/Patient'], { body: patient('2') })).status).toBe(201);
  });

  it('a host that is not loopback, and a port in use', async () => {
    await expect(createSandbox({ host: '0.0.0.0' as never })).rejects.toThrow(AdapterError);
    const sandbox = await sandboxFor();
    const port = Number(new URL(sandbox.base).port);
    await expect(createSandbox({ port })).rejects.toMatchObject({ code: 'invalid-config' });
  });
});
