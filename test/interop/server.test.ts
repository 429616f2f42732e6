import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import { differencesOf } from '../../src/ims/records/differences.ts';
import { normalForm } from '../../src/ims/records/normal-form.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { ownIdentifier } from '../../src/mapping/resource-index.ts';
import { type ServiceProcess, startService } from '../e2e/service-process.ts';
import { cases, recordOf } from '../examples/cases.ts';
import { pull, send } from './client.ts';
import { type FhirServer, startServer } from './server.ts';
import { amended, enteredInError, sendableVisits } from './visits.ts';

const classPath = inject('classPath');
const TAG = 'https://ims-fhir.org/fhir/NamingSystem/record';

const first = [...cases.map(recordOf), ...sendableVisits()];
const second = first.map(amended);
const third = second.map(enteredInError);

/** Type and identifier of each resource that the records map to, without duplicates. */
function expected(records: readonly ImsRecord[]): Set<string> {
  const resources = records.flatMap((record) => mapRecord(record).bundle.entry ?? []);
  return new Set(resources.flatMap(({ resource }) => (resource ? [nameOf(resource)] : [])));
}

function nameOf(resource: Resource): string {
  return `${resource.resourceType} ${ownIdentifier(resource)}`;
}

const TYPES = [...new Set([...expected(first)].map((name) => name.split(' ')[0] ?? ''))].sort();

function countByType(names: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) {
    const type = name.split(' ')[0] ?? '';
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

function versions(all: readonly Resource[]): string[] {
  return all.map((one) => `${one.resourceType}/${one.id}/_history/${one.meta?.versionId}`).sort();
}

/** The resources without version and time. */
function contents(all: readonly Resource[]): string[] {
  return all
    .map(({ meta = {}, ...rest }) => {
      // HAPI writes the id of the last request into the source.
      const { versionId, lastUpdated, source, ...kept } = meta;
      return JSON.stringify({ ...rest, meta: kept });
    })
    .sort();
}

/** Every literal reference in a resource. */
function referencesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (typeof value !== 'object' || value === null) return [];
  const { reference } = value as { reference?: unknown };
  const own = typeof reference === 'string' ? [reference] : [];
  return [...own, ...Object.values(value).flatMap(referencesOf)];
}

/** The status, or undefined for types that cannot be entered in error: people, logs and content. */
function statusOf(resource: Resource): string | undefined {
  const { status, lifecycleStatus, verificationStatus } = resource as {
    status?: string;
    lifecycleStatus?: string;
    verificationStatus?: { coding?: { code?: string }[] };
  };
  return verificationStatus?.coding?.[0]?.code ?? lifecycleStatus ?? status;
}

/** The part of a record that is sent: without injuries of staff, a declared loss. */
function sentPart({ staffEvents, ...rest }: ImsRecord): ImsRecord {
  return rest;
}

/** People and places that the target keeps as first written, the only other declared loss. */
const PEOPLE = ['Patient', 'Practitioner', 'Organization'];

describe.skipIf(classPath === '').each([
  { name: "HAPI's server", validating: false },
  { name: "HAPI's server with its validator", validating: true },
])('$name', ({ validating }) => {
  let hapi: FhirServer;
  let service: ServiceProcess;
  const folders: string[] = [];
  /** Records whose delivery reported this loss. */
  const peopleKept = new Set<string>();

  async function newService(): Promise<ServiceProcess> {
    const dataDir = mkdtempSync(join(tmpdir(), 'ims-fhir-interop-'));
    folders.push(dataDir);
    return startService({ dataDir, target: hapi.base });
  }

  beforeAll(async () => {
    hapi = await startServer(classPath, { validating });
    service = await newService();
  });
  afterAll(async () => {
    await service?.kill();
    await hapi?.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  async function storedResources(): Promise<Resource[]> {
    const found: Resource[] = [];
    for (const type of TYPES) found.push(...(await hapi.all(type)));
    return found;
  }

  async function deliver(to: ServiceProcess, records: readonly ImsRecord[]): Promise<void> {
    const views = await send(to.base, records);
    const undelivered = views.filter(({ state }) => state !== 'delivered');
    expect(undelivered).toEqual([]);
    for (const { recordId, losses } of views) {
      if (losses.some(({ path }) => PEOPLE.includes(path))) peopleKept.add(recordId);
    }
  }

  /** The server has exactly these resources, without duplicates or dangling references. */
  async function expectStored(names: ReadonlySet<string>): Promise<readonly Resource[]> {
    const found = await storedResources();
    expect(countByType(found.map(nameOf))).toEqual(countByType(names));
    expect(found.map(nameOf).sort()).toEqual([...names].sort());
    const addresses = new Set(found.map(({ resourceType, id }) => `${resourceType}/${id}`));
    const dangling = found.flatMap((one) =>
      referencesOf(one).filter((reference) => !addresses.has(reference)),
    );
    expect(dangling).toEqual([]);
    return found;
  }

  async function expectPulled(records: readonly ImsRecord[]): Promise<void> {
    for (const record of records) {
      const { record: found, issues, editedIn } = await pull(service.base, record);
      expect([issues, editedIn]).toEqual([[], undefined]);
      if (found === undefined) throw new Error(`${record.recordId} was not found`);
      expect(differencesOf(sentPart(record), found)).toEqual([]);
      if (!peopleKept.has(record.recordId))
        expect(normalForm(found)).toBe(normalForm(sentPart(record)));
    }
  }

  it('stores each resource of all examples and generated visits once, with resolving references', async () => {
    await deliver(service, first);
    const found = await expectStored(expected(first));
    console.log(`${first.length} visits: ${JSON.stringify(countByType(found.map(nameOf)))}`);
  });

  it('finds resources without an identifier search by their tag', async () => {
    for (const type of ['AdverseEvent', 'Provenance']) {
      for (const name of [...expected(first)].filter((one) => one.startsWith(`${type} `))) {
        const tag = encodeURIComponent(`${TAG}|${name.slice(type.length + 1)}`);
        expect(await hapi.all(type, `&_tag=${tag}`)).toHaveLength(1);
      }
    }
  });

  it('returns each visit unchanged', async () => {
    await expectPulled(first);
  });

  it('does not change when everything is sent again', async () => {
    const before = versions(await storedResources());
    await deliver(service, first);
    expect(versions(await storedResources())).toEqual(before);
  });

  it('has the same content after a second service with an empty store has sent everything', async () => {
    const before = await storedResources();
    const otherService = await newService();
    try {
      await deliver(otherService, first);
    } finally {
      await otherService.kill();
    }
    const after = await storedResources();
    // Each visit writes the shared resources again; the last one restores their content.
    expect(contents(after)).toEqual(contents(before));
    const written = first.flatMap((record) => [...expected([record])]);
    const isOwn = (one: Resource) => written.filter((name) => name === nameOf(one)).length === 1;
    expect(versions(after.filter(isOwn))).toEqual(versions(before.filter(isOwn)));
  });

  it('marks resources that amendments omit as entered in error', async () => {
    await deliver(service, second);
    const both = new Set([...expected(first), ...expected(second)]);
    const now = expected(second);
    for (const name of both) {
      if (name.startsWith('AdverseEvent ') && !now.has(name)) both.delete(name);
    }
    const found = await expectStored(both);
    const omitted = found.filter((one) => !now.has(nameOf(one)) && / v-/.test(nameOf(one)));
    for (const one of omitted.filter(({ resourceType }) => resourceType !== 'Provenance')) {
      expect([nameOf(one), statusOf(one)]).toEqual([nameOf(one), 'entered-in-error']);
    }
    console.log(`amended: ${omitted.length} omitted resources retracted`);
    await expectPulled(second);
  });

  it('has no active resource after every visit was entered in error', async () => {
    await deliver(service, third);
    const found = await storedResources();
    const active = found.filter(
      (one) => !['entered-in-error', 'inactive', undefined].includes(statusOf(one)),
    );
    expect(active.map((one) => `${nameOf(one)}: ${statusOf(one)}`)).toEqual([]);
    for (const record of third) {
      expect((await pull(service.base, record)).record?.status).toBe('entered-in-error');
    }
  });

  it("reports a clinician's edits on the next pull", async () => {
    const [example] = cases;
    if (example === undefined) throw new Error('no example');
    const record = { ...recordOf(example), source: 'https://edited.example/ims' };
    await deliver(service, [record]);
    const { basedOn } = await pull(service.base, record);
    const edit = async (type: string, change: (text: string) => string) => {
      const found = (await hapi.all(type)).filter((one) =>
        basedOn.some(({ reference }) => reference === `${type}/${one.id}`),
      );
      const before = found.find((one) => change(JSON.stringify(one)) !== JSON.stringify(one));
      if (before === undefined) throw new Error(`no ${type} to edit`);
      await hapi.put(JSON.parse(change(JSON.stringify(before))) as Resource);
      return `${type}/${before.id}`;
    };
    const response = await edit('QuestionnaireResponse', (text) =>
      text.replace('"valueString":"Hashimoto thyroiditis"', '"valueString":"Graves disease"'),
    );
    const pain = await edit('Observation', (text) =>
      text.replace(/("code":"pain-current".*"valueQuantity":\{"value":)\d+/, '$110'),
    );
    const pulled = await pull(service.base, record);
    expect(pulled.editedIn?.map(({ reference }) => reference).sort()).toEqual(
      [response, pain].sort(),
    );
    expect(pulled.differences).toEqual([
      {
        path: '/screening/autoimmune/condition',
        sent: 'Hashimoto thyroiditis',
        found: 'Graves disease',
      },
    ]);
    expect(pulled.issues.map(({ code }) => code)).toEqual(['conflict']);
  });
});
