import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import {
  linkUrl,
  readEntryResponse,
  resourceEntriesOf,
  transactionOf,
} from '../../src/fhir/bundle.ts';
import { etagOf, isOfType, isResource, versionOfEtag } from '../../src/fhir/resource.ts';

describe('a resource', () => {
  it('is an object with a resource type', () => {
    expect(isResource({ resourceType: 'Patient' })).toBe(true);
    for (const value of [null, 1, [], {}, { resourceType: 1 }, { resourceType: 'a b' }]) {
      expect(isResource(value)).toBe(false);
    }
    expect(isOfType({ resourceType: 'Patient' }, 'Flag')).toBe(false);
  });

  it.each([
    ['W/"3"', '3'],
    ['"3"', '3'],
    ['3', '3'],
    ['w/"a-b"', 'a-b'],
    ['', undefined],
    ['*', undefined],
    [undefined, undefined],
  ])('the entity tag %j has the version %j', (etag, version) => {
    expect(versionOfEtag(etag)).toBe(version);
  });

  it('has a version that is read back from its entity tag', () => {
    expect(versionOfEtag(etagOf('7'))).toBe('7');
  });
});

describe('a bundle', () => {
  const bundle: Bundle = {
    ...transactionOf([{ request: { method: 'DELETE', url: 'Flag/f' } }]),
    link: [{ relation: 'next', url: '?page=2' }],
  };

  it('has links, unchanged', () => {
    expect(linkUrl(bundle, 'next')).toBe('?page=2');
    expect(linkUrl(bundle, 'self')).toBeUndefined();
  });
});

describe('resourceEntriesOf', () => {
  const resource = { resourceType: 'Patient', id: 'p' };

  it('reads a Bundle with its fullUrls, a list of resources and a single resource', () => {
    const entry = [
      { fullUrl: 'urn:uuid:1', resource },
      { fullUrl: 2, resource },
    ];
    expect(resourceEntriesOf({ resourceType: 'Bundle', entry })).toEqual([
      { resource, fullUrl: 'urn:uuid:1' },
      { resource },
    ]);
    expect(resourceEntriesOf([resource])).toEqual([{ resource }]);
    expect(resourceEntriesOf(resource)).toEqual([{ resource }]);
  });

  it.each([
    null,
    'x',
    [null, 1],
    {},
    { resourceType: 'Bundle' },
    { resourceType: 'Bundle', entry: [null, 'x', {}] },
  ])('skips what is not a resource: %j', (json) => expect(resourceEntriesOf(json)).toEqual([]));
});

describe('readEntryResponse', () => {
  const entry = (response: BundleEntry['response'], resource?: BundleEntry['resource']) =>
    readEntryResponse({ ...(response ? { response } : {}), ...(resource ? { resource } : {}) });

  it.each([
    ['Patient/1/_history/2', undefined, '2'],
    ['http://h.test/fhir/Patient/1/_history/2', 'W/"4"', '4'],
    ['http://h.test/fhir/Patient/1', '5', '5'],
    ['Patient/1', undefined, undefined],
  ])('reads the location %s and the entity tag %s', (location, etag, version) => {
    const read = entry({ status: '201 Created', location, ...(etag ? { etag } : {}) });
    expect(read).toMatchObject({ status: 201, type: 'Patient', id: '1' });
    expect(read?.version).toBe(version);
  });

  it('reads type, id and version from the resource when there is no location', () => {
    const read = entry({ status: '200' }, {
      resourceType: 'Flag',
      id: 'f',
      meta: { versionId: '3' },
    } as never);
    expect(read).toMatchObject({ type: 'Flag', id: 'f', version: '3' });
  });

  it('reads the outcome of a failed entry from response.outcome or from the resource', () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'value' }],
    } as const;
    expect(entry({ status: '400', outcome: outcome as never })?.issues).toHaveLength(1);
    const read = entry({ status: '400' }, outcome as never);
    expect(read?.issues).toHaveLength(1);
    expect(read?.type).toBeUndefined();
  });

  it('returns undefined for an entry without a status', () => {
    expect(readEntryResponse(undefined)).toBeUndefined();
    expect(entry(undefined)).toBeUndefined();
    expect(entry({ status: 'fine' })).toBeUndefined();
  });
});
