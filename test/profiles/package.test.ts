import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImplementationGuide, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { extract } from 'tar';
import { afterAll, describe, expect, it } from 'vitest';
import { buildPackage } from '../../profiles/scripts/package.ts';
import { typeAndId } from '../../src/fhir/reference.ts';
import { RESOURCE_ID } from '../../src/fhir/resource.ts';
import { readArtefacts } from './artefacts.ts';

const folder = mkdtempSync(join(tmpdir(), 'ims-fhir-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = buildPackage(join(folder, 'first'));
extract({ file, cwd: folder, sync: true });

interface Index {
  readonly 'index-version': number;
  readonly files: readonly Record<string, unknown>[];
}

const read = <T>(...path: string[]) =>
  JSON.parse(readFileSync(join(folder, 'package', ...path), 'utf8')) as T;
const resourcesIn = (path: string) =>
  readdirSync(join(folder, path))
    .filter((name) => /^[A-Z].*\.json$/.test(name))
    .map((name) => ({ name, resource: read<Resource>('..', path, name) }));

const artefacts = resourcesIn('package');
const examples = resourcesIn('package/example');
const guide = read<ImplementationGuide>('ImplementationGuide-org.ims-fhir.r4.json');
const listed = (guide.definition?.resource ?? []).map(({ reference, ...entry }) => ({
  ...entry,
  reference: reference.reference ?? '',
}));

describe('the FHIR package', () => {
  it('has the same bytes when it is built again', () => {
    const again = buildPackage(join(folder, 'second'));
    expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
  });

  it('has a manifest for FHIR tools', () => {
    expect(read('package.json')).toMatchObject({
      name: expect.stringMatching(/^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9-]*)+$/),
      version: '1.0.0',
      type: 'IG',
      canonical: 'https://ims-fhir.org/fhir',
      fhirVersions: ['4.0.1'],
      dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
    });
    expect(file).toMatch(/\/org\.ims-fhir\.r4-1\.0\.0\.tgz$/);
  });

  it('contains every artefact with its version, and every profile with its snapshot', () => {
    expect(artefacts.map(({ name }) => name)).toEqual([...readArtefacts().keys()]);
    const withoutSnapshot = artefacts.filter(
      ({ resource }) =>
        resource.resourceType === 'StructureDefinition' && !resource.snapshot?.element?.length,
    );
    expect(withoutSnapshot).toEqual([]);
    const unversioned = artefacts.filter(
      ({ resource }) =>
        resource.resourceType !== 'NamingSystem' &&
        (resource as StructureDefinition).version !== '1.0.0',
    );
    expect(unversioned.map(({ name }) => name)).toEqual([]);
  });

  it.each(['package', 'package/example'])('has an index of the folder %s', (path) => {
    const index = read<Index>('..', path, '.index.json');
    const resources = path === 'package' ? artefacts : examples;
    expect(index['index-version']).toBe(2);
    expect(index.files.map(({ filename }) => filename)).toEqual(resources.map(({ name }) => name));
    for (const { name, resource } of resources) {
      const { resourceType, id, url, version } = resource as StructureDefinition;
      const entry = index.files.find(({ filename }) => filename === name);
      expect(entry, name).toMatchObject(
        JSON.parse(JSON.stringify({ resourceType, id, url, version })),
      );
    }
  });
});

describe('its examples', () => {
  it('include every profile', () => {
    const profiles = artefacts.flatMap(({ resource }) =>
      resource.resourceType === 'StructureDefinition' && resource.type !== 'Extension'
        ? [resource.url ?? '']
        : [],
    );
    const shown = new Set(examples.flatMap(({ resource }) => resource.meta?.profile ?? []));
    expect(profiles.filter((url) => !shown.has(url))).toEqual([]);
  });

  it('have valid ids, and refer only to each other', () => {
    const exampleReferences = new Set(
      examples.map(({ resource }) => `${resource.resourceType}/${resource.id}`),
    );
    expect(exampleReferences.size).toBe(examples.length);
    for (const { name, resource } of examples) {
      expect(resource.id, name).toMatch(RESOURCE_ID);
      expect(name).toBe(`${resource.resourceType}-${resource.id}.json`);
    }
    const references = examples.flatMap(({ resource }) => [
      ...JSON.stringify(resource).matchAll(/"reference":"([^"]*)"/g),
    ]);
    expect(references.length).toBeGreaterThan(100);
    const unresolved = references.filter(([, text]) => {
      const target = typeAndId(text);
      return !exampleReferences.has(`${target?.type}/${target?.id}`);
    });
    expect(unresolved.map(([, text]) => text)).toEqual([]);
  });
});

describe('its guide', () => {
  it('lists every artefact and every example once, and nothing else', () => {
    const expected = [...artefacts, ...examples].flatMap(({ resource }) =>
      resource.resourceType === 'ImplementationGuide'
        ? []
        : [`${resource.resourceType}/${resource.id}`],
    );
    expect(listed.map(({ reference }) => reference).sort()).toEqual(expected.sort());
  });

  it('lists the profile of each example, and lists no artefact as an example', () => {
    const entries = new Map(listed.map(({ reference, ...entry }) => [reference, entry]));
    for (const { resource } of examples) {
      const [profile] = resource.meta?.profile ?? [];
      const expected =
        profile === undefined ? { exampleBoolean: true } : { exampleCanonical: profile };
      expect(entries.get(`${resource.resourceType}/${resource.id}`)).toMatchObject(expected);
    }
    const notExamples = listed.filter(({ exampleBoolean }) => exampleBoolean === false);
    expect(notExamples).toHaveLength(artefacts.length - 1);
  });
});
