import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import nock from 'nock';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { tokenOf } from '../../src/fhir/search.ts';
import type { SearchParams } from '../../src/remote/search.ts';
import { FHIR, nockServer, ORIGIN, remoteFor, serverFor, thrownBy } from './target.ts';

afterAll(() => nock.restore());

const patient = (id: string, mode?: 'match' | 'include' | 'outcome'): BundleEntry => ({
  resource: { resourceType: 'Patient', id },
  ...(mode === undefined ? {} : { search: { mode } }),
});
const page = (entry: BundleEntry[], next?: string): Bundle => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry,
  ...(next === undefined ? {} : { link: [{ relation: 'next', url: next }] }),
});

async function idsOf(params: SearchParams = [], remote = remoteFor()): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id = '' } of remote.search('Patient', params)) ids.push(id);
  return ids;
}

describe('a search', () => {
  it('sends its parameters encoded, in order, and asks for fresh and strict results', async () => {
    const scope = nockServer()
      .get('/Patient?identifier=https%3A%2F%2Fe.org%7Ca%5C%2Cb&birthdate=ge2020&birthdate=lt2021')
      .matchHeader('cache-control', 'no-cache')
      .matchHeader('prefer', 'handling=strict')
      .reply(200, page([patient('1')]), FHIR);
    const params = [
      ['identifier', tokenOf('https://e.org', 'a,b')],
      ['birthdate', 'ge2020'],
      ['birthdate', 'lt2021'],
    ] as const;
    expect(await idsOf(params)).toEqual(['1']);
    expect(scope.isDone()).toBe(true);
  });

  it('follows next links verbatim', async () => {
    nockServer()
      .get('/Patient')
      .reply(200, page([patient('1')], `${ORIGIN}/r4?_getpages=a%7Cb|c&x=1`), FHIR);
    nockServer().get('?_getpages=a%7Cb|c&x=1').reply(200, page([], '?_getpages=2'), FHIR);
    nockServer()
      .get('?_getpages=2')
      .reply(200, page([patient('2')], 'http://hapi:8080/r4/Patient?p=3'), FHIR);
    nockServer()
      .get('/Patient?p=3')
      .reply(200, page([patient('3')]), FHIR);
    expect(await idsOf()).toEqual(['1', '2', '3']);
  });

  it('returns matches only', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'warning', code: 'not-supported' }],
    };
    const entries: BundleEntry[] = [
      patient('1', 'match'),
      patient('2', 'include'),
      { resource: { resourceType: 'Organization', id: 'o' } },
      { resource: outcome as never, search: { mode: 'outcome' } },
      { fullUrl: 'urn:x' },
      null as never,
      patient('3'),
    ];
    nockServer().get('/Patient').reply(200, page(entries), FHIR);
    expect(await idsOf()).toEqual(['1', '3']);
  });

  it('requests a page only when it is needed', async () => {
    nockServer()
      .get('/Patient')
      .reply(200, page([patient('1')], 'Patient?p=2'), FHIR);
    for await (const match of remoteFor().search('Patient', [])) {
      expect(match.id).toBe('1');
      break;
    }
    expect(nock.isDone()).toBe(true);
  });
});

describe('a search throws instead of ending early', () => {
  const first = (next: string) =>
    nockServer()
      .get('/Patient')
      .reply(200, page([patient('1')], next), FHIR);

  it('when the next page is at another server', async () => {
    first('https://evil.example/r4/Patient?p=2');
    const evil = nock('https://evil.example').get('/r4/Patient?p=2').reply(200, page([]), FHIR);
    expect(await thrownBy(idsOf())).toMatchObject({ code: 'remote-protocol', retry: 'never' });
    expect(evil.isDone()).toBe(false);
  });

  it('when pages repeat', async () => {
    first('Patient?p=2');
    nockServer()
      .get('/Patient?p=2')
      .reply(200, page([], `${ORIGIN}/r4/Patient`), FHIR);
    expect(await thrownBy(idsOf())).toMatchObject({ code: 'remote-protocol' });
  });

  it('when pages never end', async () => {
    // This many requests are much faster without nock.
    nock.restore();
    onTestFinished(() => nock.activate());
    let pages = 0;
    const base = await serverFor((_request, outgoing) => {
      pages += 1;
      outgoing.writeHead(200, FHIR).end(JSON.stringify(page([], `Patient?p=${pages}`)));
    });
    const error = await thrownBy(idsOf([], remoteFor({ base })));
    expect(error).toMatchObject({ code: 'remote-protocol' });
    expect(pages).toBe(10_000);
  });

  it.each([
    ['an error', 500, {}, 'remote-failed', 'later'],
    ['an expired page', 410, {}, 'remote-refused', 'never'],
    ['a login page', 200, '<html>', 'remote-protocol', 'never'],
    ['an empty response', 200, '', 'remote-protocol', 'never'],
    [
      'an outcome',
      200,
      { resourceType: 'OperationOutcome', issue: [] },
      'remote-protocol',
      'never',
    ],
    [
      'another kind of bundle',
      200,
      { resourceType: 'Bundle', type: 'history' },
      'remote-protocol',
      'never',
    ],
    [
      'a bundle whose entries are not a list',
      200,
      { resourceType: 'Bundle', type: 'searchset', entry: {} },
      'remote-protocol',
      'never',
    ],
    ['too many requests', 429, '', 'remote-throttled', 'later'],
  ])('when a later page is %s', async (_what, status, body, code, retry) => {
    first('Patient?p=2');
    nockServer().get('/Patient?p=2').reply(status, body, FHIR);
    expect(await thrownBy(idsOf())).toMatchObject({ code, retry });
  });
});
