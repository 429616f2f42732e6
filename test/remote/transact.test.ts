import type { BundleEntry } from '@medplum/fhirtypes';
import nock from 'nock';
import { afterAll, describe, expect, it } from 'vitest';
import { EntriesFailed } from '../../src/remote/transact.ts';
import { FHIR, nockServer, remoteFor, response, thrownBy, transaction } from './target.ts';

afterAll(() => nock.restore());

const transactWith = (status: number, body?: nock.Body, headers: nock.ReplyHeaders = FHIR) => {
  nockServer().post('').reply(status, body, headers);
  return remoteFor().transact(transaction);
};
const outcome = (code: string) =>
  ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] }) as const;
const failing = (status: string, code = 'processing') =>
  ({ response: { status, outcome: outcome(code) as never } }) as BundleEntry;
const ok = response().entry?.[1] ?? {};

describe('a response that accounts for every entry', () => {
  it.each([
    ['Patient/p/_history/1', 'W/"1"', 'W/"1"', '1'],
    ['Patient/p', '1', '1', '1'],
    ['https://fhir.example.org/r4/Patient/p/_history/1', undefined, undefined, '1'],
    ['http://hapi:8080/r4/Patient/p', '"abc-1"', '"abc-1"', 'abc-1'],
    ['/Patient/p/_history/7', undefined, undefined, '7'],
  ])('is read with location %s and tag %s', async (location, tag, etag, version) => {
    const first = { response: { status: '201', location, ...(tag ? { etag: tag } : {}) } };
    const results = await transactWith(200, response([first, ok]));
    expect(results).toMatchObject([
      { status: 201, type: 'Patient', id: 'p', version, etag, issues: [] },
      { status: 200, type: 'Flag', id: 'f', version: '3' },
    ]);
  });

  it('takes type, id and version from the resource where the response lacks them', async () => {
    const stored = { resourceType: 'Patient' as const, id: 'p', meta: { versionId: '4' } };
    const results = await transactWith(
      200,
      response([{ resource: stored, response: { status: '200' } }, ok]),
    );
    expect(results[0]).toMatchObject({ type: 'Patient', id: 'p', version: '4' });
  });

  it('takes the id from the URL of the request where the response lacks it', async () => {
    const bare = [response().entry?.[0] ?? {}, { response: { status: '200' } }];
    expect((await transactWith(200, response(bare)))[1]).toMatchObject({ type: 'Flag', id: 'f' });
  });

  it('can have warnings', async () => {
    const warned = { ...response().entry?.[0], resource: outcome('informational') as never };
    const results = await transactWith(200, response([warned, ok]));
    expect(results[0]).toMatchObject({
      id: 'p',
      issues: [{ code: 'informational' }],
    });
  });
});

describe('a response that does not account for the entries fails', () => {
  it.each([
    ['HTML with 200', 200, '<html>Log in</html>', { 'content-type': 'text/html' }],
    ['204', 204, undefined, {}],
    ['200 without a body', 200, '', {}],
    ['201 with the stored bundle', 201, transaction, FHIR],
    ['an OperationOutcome with 200', 200, outcome('exception'), FHIR],
    ['fewer entries', 200, response([ok]), FHIR],
    ['more entries', 200, response([ok, ok, ok]), FHIR],
    ['no entries', 200, { resourceType: 'Bundle', type: 'transaction-response' }, FHIR],
    ['an entry without a status', 200, response([{ response: {} as never }, ok]), FHIR],
    ['an entry that is null', 200, response([null as never, ok]), FHIR],
    ['entries in another order', 200, response([ok, response().entry?.[0] ?? {}]), FHIR],
    ['202', 202, '', {}],
    ['a truncated body', 200, '{"resourceType":"Bundle","type":"tran', FHIR],
  ] as const)('when it is %s', async (_what, status, body, headers) => {
    const error = await thrownBy(
      transactWith(status, body as nock.Body, headers as nock.ReplyHeaders),
    );
    expect(error).toMatchObject({ code: 'remote-protocol', retry: 'unknown' });
  });
});

describe('a failed entry in a successful response', () => {
  it.each([
    ['400', 'value', 'remote-refused', 'never'],
    ['422 Unprocessable Entity', 'invariant', 'remote-refused', 'never'],
    ['409', 'conflict', 'remote-conflict', 'unknown'],
    ['412', 'multiple-matches', 'remote-conflict', 'never'],
    ['429', 'throttled', 'remote-throttled', 'unknown'],
    ['424', 'processing', 'remote-unreachable', 'unknown'],
    ['500', 'exception', 'remote-failed', 'unknown'],
    ['404', 'not-found', 'remote-refused', 'never'],
  ])(
    'of status %s is reported with the results of the others',
    async (status, code, error, retry) => {
      const thrown = await thrownBy(transactWith(200, response([failing(status, code), ok])));
      expect(thrown).toBeInstanceOf(EntriesFailed);
      expect(thrown).toMatchObject({
        code: error,
        retry,
        issues: [{ path: 'Bundle.entry[0]' }, { path: 'Bundle.entry[0]', code }],
        results: [{ status: Number.parseInt(status, 10) }, { status: 200, type: 'Flag', id: 'f' }],
      });
    },
  );

  it('can be retried if no entry was kept', async () => {
    const thrown = await thrownBy(transactWith(200, response([failing('429'), failing('424')])));
    expect(thrown).toMatchObject({ code: 'remote-throttled', retry: 'later' });
  });

  it('decides by the worst class if several failed', async () => {
    const thrown = await thrownBy(transactWith(200, response([failing('503'), failing('422')])));
    expect(thrown).toMatchObject({ code: 'remote-refused', retry: 'never' });
  });
});

it.each([
  [400, 'remote-refused', 'never'],
  [401, 'remote-auth', 'later'],
  [404, 'remote-protocol', 'never'],
  [409, 'remote-conflict', 'later'],
  [412, 'remote-conflict', 'never'],
  [422, 'remote-refused', 'never'],
  [500, 'remote-failed', 'unknown'],
  [502, 'remote-unreachable', 'unknown'],
  [503, 'remote-unreachable', 'later'],
])('a response with status %i is %s, retry %s', async (status, code, retry) => {
  expect(await thrownBy(transactWith(status, 'no'))).toMatchObject({ code, retry });
});
