import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImplementationGuide, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { extract } from 'tar';
import { afterAll, describe, expect, it } from 'vitest';
import { buildPackage } from '../../profiles/scripts/package.ts';
import { typeAndId } from '../../src/fhir/reference.ts';
import { ID } from '../../src/fhir/resource.ts';
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
const listed = (guide.definition?.resource ?? []).map((one) => ({
  ...one,
  place: one.reference.reference ?? '',
}));

describe('the FHIR package', () => {
  it('is the same to the byte when it is built again', () => {
    const again = buildPackage(join(folder, 'second'));
    expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
  });

  it('has a manifest that FHIR tools install by', () => {
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

  it('holds every artefact, each profile with its snapshot and everything with its version', () => {
    expect(artefacts.map(({ name }) => name)).toEqual([...readArtefacts().keys()]);
    const bare = artefacts.filter(
      ({ resource }) =>
        resource.resourceType === 'StructureDefinition' && !resource.snapshot?.element?.length,
    );
    expect(bare).toEqual([]);
    const unversioned = artefacts.filter(
      ({ resource }) =>
        resource.resourceType !== 'NamingSystem' &&
        (resource as StructureDefinition).version !== '1.0.0',
    );
    expect(unversioned.map(({ name }) => name)).toEqual([]);
  });

  it.each(['package', 'package/example'])('has an index of what is in %s', (path) => {
    const index = read<Index>('..', path, '.index.json');
    const known = path === 'package' ? artefacts : examples;
    expect(index['index-version']).toBe(2);
    expect(index.files.map(({ filename }) => filename)).toEqual(known.map(({ name }) => name));
    for (const { name, resource } of known) {
      const { resourceType, id, url, version } = resource as StructureDefinition;
      const entry = index.files.find(({ filename }) => filename === name);
      expect(entry, name).toMatchObject(
        JSON.parse(JSON.stringify({ resourceType, id, url, version })),
      );
    }
  });
});

describe('its examples', () => {
  it('show every profile at least once', () => {
    const profiles = artefacts.flatMap(({ resource }) =>
      resource.resourceType === 'StructureDefinition' && resource.type !== 'Extension'
        ? [resource.url ?? '']
        : [],
    );
    const shown = new Set(examples.flatMap(({ resource }) => resource.meta?.profile ?? []));
    expect(profiles.filter((url) => !shown.has(url))).toEqual([]);
  });

  it('have ids a server can take, and refer to nothing that is not among them', () => {
    const places = new Set(
      examples.map(({ resource }) => `${resource.resourceType}/${resource.id}`),
    );
    expect(places.size).toBe(examples.length);
    for (const { name, resource } of examples) {
      expect(resource.id, name).toMatch(ID);
      expect(name).toBe(`${resource.resourceType}-${resource.id}.json`);
    }
    const references = examples.flatMap(({ resource }) => [
      ...JSON.stringify(resource).matchAll(/"reference":"([^"]*)"/g),
    ]);
    expect(references.length).toBeGreaterThan(100);
    const astray = references.filter(([, text]) => {
      const target = typeAndId(text);
      return !places.has(`${target?.type}/${target?.id}`);
    });
    expect(astray.map(([, text]) => text)).toEqual([]);
  });
});

describe('its guide', () => {
  it('lists every artefact and every example once, and nothing else', () => {
    const held = [...artefacts, ...examples].flatMap(({ resource }) =>
      resource.resourceType === 'ImplementationGuide'
        ? []
        : [`${resource.resourceType}/${resource.id}`],
    );
    expect(listed.map(({ place }) => place).sort()).toEqual(held.sort());
  });

  it('says of each example which profile it shows, and of no artefact that it is one', () => {
    const marks = new Map(listed.map(({ place, ...mark }) => [place, mark]));
    for (const { resource } of examples) {
      const [profile] = resource.meta?.profile ?? [];
      const expected =
        profile === undefined ? { exampleBoolean: true } : { exampleCanonical: profile };
      expect(marks.get(`${resource.resourceType}/${resource.id}`)).toMatchObject(expected);
    }
    const artefactMarks = listed.filter(({ exampleBoolean }) => exampleBoolean === false);
    expect(artefactMarks).toHaveLength(artefacts.length - 1);
  });
});
