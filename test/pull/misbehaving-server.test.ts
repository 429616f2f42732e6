import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle, BundleEntry, Encounter, Patient, Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Adapter, createAdapter } from '../../src/adapter.ts';
import type { PulledVisit } from '../../src/pull/visit.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { accepted, anImsRecord, aRecord, type Json, onDay, SOURCE } from '../records.ts';

let sandbox: Sandbox;
const pain = { assessment: { pain: [{ key: 'p', context: 'pain-current', value: 4 }] } };
const visit = (day: string, members: Json = {}) => ({ ...onDay(day), ...pain, ...members });
const other = (day: string) =>
  visit(day, { recordId: `other-${day}`, patient: { id: 'patient-2', name: { text: 'Mo Two' } } });

beforeAll(async () => {
  sandbox = await createSandbox();
  const adapter = await adapterFor(sandbox.base);
  const records = [visit('01'), visit('08'), other('01'), other('15')].map((members) =>
    aRecord(members),
  );
  await adapter.submit(records.map(accepted), { waitMs: 20_000 });
  await adapter.close();
});
afterAll(() => sandbox.close());

async function adapterFor(base: string): Promise<Adapter> {
  return createAdapter({ store: { path: ':memory:' }, targets: [{ name: 'emr', base }] });
}

/** Changes the answer of the server; `url` is relative to its base. */
type Change = (answer: Bundle & Resource, url: string) => unknown;

/** An adapter whose server is the sandbox, with requests and answers changed. */
async function pulling(change: Change, changeUrl = (url: string) => url): Promise<Adapter> {
  const server = createServer((request, response) => {
    const url = changeUrl(String(request.url).replace('/fhir/', ''));
    fetch(`${sandbox.base}/${url}`, { headers: { accept: 'application/fhir+json' } })
      .then(async (answer) => {
        const body = JSON.stringify(change((await answer.json()) as Bundle & Resource, url));
        response.writeHead(answer.status, { 'content-type': 'application/fhir+json' }).end(body);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const adapter = await adapterFor(`http://127.0.0.1:${port}/fhir`);
  onTestFinished(async () => {
    await adapter.close();
    server.close();
  });
  return adapter;
}

const isSearchOf = (url: string, type: string) => url.startsWith(`${type}?`);
const withEntries = (answer: Bundle, change: (entries: BundleEntry[]) => BundleEntry[]) => ({
  ...answer,
  entry: change(answer.entry ?? []),
});
const pullFirst = (adapter: Adapter) => adapter.pull({ source: SOURCE, recordId: 'visit-01' });
const reasons = ({ issues }: PulledVisit) =>
  issues.filter(({ code }) => code === 'incomplete').map(({ message }) => message);

/** The URL of a request without its parameters but for `_sort`, as a server that ignores them reads it. */
const ignoringParameters = (url: string) =>
  /^(Encounter|Patient)\?/.test(url) ? `${url.split('?')[0]}?_sort=_lastUpdated` : url;

describe('a server that ignores search parameters', () => {
  const unchanged: Change = (answer) => answer;

  it('gives the visit that was asked for, and no other', async () => {
    const adapter = await pulling(unchanged, ignoringParameters);
    const pulled = await pullFirst(adapter);
    expect(pulled?.record).toEqual(anImsRecord(visit('01')));
    expect(pulled?.complete).toBe(true);
    expect(await adapter.pull({ source: SOURCE, recordId: 'visit-99' })).toBeUndefined();
  });

  it.each([
    ['a patient', { patient: 'patient-2' }, ['other-01', 'other-15']],
    ['days', { from: '2026-03-07', to: '2026-03-10' }, ['visit-08']],
    ['another source', { source: 'urn:other' }, []],
    ['later changes', { changedSince: '2100-01-01T00:00:00Z' }, []],
  ])('gives the visits of %s alone', async (_name, query, expected) => {
    const adapter = await pulling(unchanged, ignoringParameters);
    const { visits } = await adapter.search({ source: SOURCE, ...query });
    expect(visits.map(({ record }) => record?.recordId).sort()).toEqual(expected);
  });
});

describe('a server that withholds resources', () => {
  const outcome = (severity: string, code: string) =>
    ({
      search: { mode: 'outcome' },
      resource: { resourceType: 'OperationOutcome', issue: [{ severity, code }] },
    }) as BundleEntry;

  it.each([
    ['warning', 'suppressed'],
    ['information', 'incomplete'],
    ['error', 'security'],
  ])('makes the visit incomplete: %s, %s', async (severity, code) => {
    const adapter = await pulling((answer, url) =>
      isSearchOf(url, 'Observation')
        ? withEntries(answer, () => [outcome(severity, code)])
        : answer,
    );
    const pulled = await pullFirst(adapter);
    expect(pulled?.complete).toBe(false);
    expect(reasons(pulled as PulledVisit)).toHaveLength(1);
  });

  const withholding =
    (type: string): Change =>
    (answer, url) =>
      isSearchOf(url, type)
        ? withEntries(answer, () => [outcome('warning', 'suppressed')])
        : answer;

  it.each(['Encounter', 'Patient'])('says so where a search finds no %s', async (type) => {
    const adapter = await pulling(withholding(type));
    const { visits, issues } = await adapter.search({ source: SOURCE, patient: 'patient-2' });
    expect(visits).toEqual([]);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['incomplete', 'error']]);
  });

  it('fails where the visit itself is withheld, because it may exist', async () => {
    const adapter = await pulling(withholding('Encounter'));
    await expect(pullFirst(adapter)).rejects.toMatchObject({ code: 'remote-refused' });
  });

  it('is told apart from a server that gives information', async () => {
    const adapter = await pulling((answer, url) =>
      isSearchOf(url, 'Observation')
        ? withEntries(answer, (entries) => [...entries, outcome('information', 'informational')])
        : answer,
    );
    expect((await pullFirst(adapter))?.complete).toBe(true);
  });
});

describe('a reference to another server', () => {
  it('is not followed, although its id exists here', async () => {
    const patient = sandbox.resources('Patient')[0]?.id;
    const adapter = await pulling((answer, url) => {
      if (!isSearchOf(url, 'Encounter')) return answer;
      return withEntries(answer, (entries) =>
        entries.map(({ resource, ...entry }) => {
          const encounter = resource as Encounter;
          const subject = { reference: `https://elsewhere.example/fhir/Patient/${patient}` };
          return { ...entry, resource: { ...encounter, subject } };
        }),
      );
    });
    const pulled = await pullFirst(adapter);
    expect(pulled?.record).toBeUndefined();
    expect(pulled?.complete).toBe(false);
    expect(pulled?.basedOn.some(({ reference }) => reference.startsWith('Patient/'))).toBe(false);
    expect(reasons(pulled as PulledVisit)).toEqual([
      'a reference to another server was not followed',
    ]);
  });

  it('is told apart from an absolute reference to the server itself', async () => {
    const adapter = await pulling((answer, url) => {
      if (!isSearchOf(url, 'Encounter')) return answer;
      const text = JSON.stringify(answer).replace(
        /"reference":"Patient\//g,
        `"reference":"http://fhir-1:8080/fhir/Patient/`,
      );
      return JSON.parse(text);
    });
    expect(await pullFirst(adapter)).toMatchObject({
      complete: true,
      record: anImsRecord(visit('01')),
    });
  });
});

describe('a server that returns a resource twice', () => {
  it('is read once, in the newest version', async () => {
    const old = (resource: Resource | undefined) => ({
      ...resource,
      status: 'entered-in-error',
      meta: { ...resource?.meta, versionId: '0', lastUpdated: '2001-01-01T00:00:00Z' },
    });
    const adapter = await pulling((answer, url) =>
      answer.type === 'searchset' && !isSearchOf(url, 'Patient')
        ? withEntries(answer, (entries) =>
            entries.flatMap((entry) => [
              entry,
              { ...entry, resource: old(entry.resource) as Resource },
            ]),
          )
        : answer,
    );
    expect(await pullFirst(adapter)).toMatchObject({
      complete: true,
      record: anImsRecord(visit('01')),
    });
    const { visits } = await adapter.search({ source: SOURCE, patient: 'patient-2' });
    expect(visits.map(({ record }) => record?.recordId)).toEqual(['other-01', 'other-15']);
  });

  it('fails within three pages if every page repeats what earlier pages had', async () => {
    let pages = 0;
    const adapter = await pulling(
      (answer, url) => {
        if (!isSearchOf(url, 'Observation')) return answer;
        pages += 1;
        return { ...answer, link: [{ relation: 'next', url: `${url}&page=${pages}` }] };
      },
      (url) => url.replace(/&page=\d+$/, ''),
    );
    await expect(pullFirst(adapter)).rejects.toMatchObject({ code: 'remote-protocol' });
    expect(pages).toBeLessThanOrEqual(3);
  });
});

describe('a Patient with our identifiers of two sources', () => {
  it('is the patient of both', async () => {
    const adapter = await pulling((answer, url) =>
      isSearchOf(url, 'Patient')
        ? withEntries(answer, (entries) =>
            entries.map((entry) => {
              const patient = entry.resource as Patient;
              const other = { ...patient.identifier?.[0], value: 'p-aaaaaaaaaaaaaaaa-patient' };
              const identifier = [other, ...(patient.identifier ?? [])];
              return { ...entry, resource: { ...patient, identifier } };
            }),
          )
        : answer,
    );
    const { visits } = await adapter.search({ source: SOURCE, patient: 'patient-2' });
    expect(visits).toHaveLength(2);
  });
});

describe('a server without times of change', () => {
  const withoutMeta: Change = (answer) =>
    JSON.parse(JSON.stringify(answer, (name, value) => (name === 'meta' ? undefined : value)));

  it('is read as far as one page goes', async () => {
    const adapter = await pulling(withoutMeta);
    const { visits, cursor } = await adapter.search({ source: SOURCE });
    expect(visits).toHaveLength(4);
    expect(cursor).toBeUndefined();
  });

  it('cannot continue a search beyond one page, and says so', async () => {
    const adapter = await pulling((answer, url) => {
      const bare = withoutMeta(answer, url) as Bundle;
      if (!isSearchOf(url, 'Encounter')) return bare;
      return withEntries(bare, ([entry]) =>
        Array.from({ length: 25 }, (_, n) => ({
          resource: { ...entry?.resource, id: `e-${n}` } as Encounter,
        })),
      );
    });
    await expect(adapter.search({ source: SOURCE })).rejects.toMatchObject({
      code: 'remote-protocol',
    });
  });
});
