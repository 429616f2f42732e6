// Builds the FHIR package from the committed files: all artefacts, the examples, an index, and the
// manifest that FHIR tools and servers read. The same content always gives the same bytes.
//   node profiles/scripts/package.ts [FOLDER]   writes <name>-<version>.tgz there, by default here
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { create } from 'tar';
import { type Example, examples } from './examples.ts';
import { listFiles, readResource, writeFiles, writeResource } from './files.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const ARTEFACTS = join(ROOT, 'profiles', 'fsh-generated', 'resources');

/** The modification time that npm gives to every file of a package. Some tools reject 0. */
const MTIME = new Date('1985-10-26T08:15:00Z');

type Json = Readonly<Record<string, unknown>>;

/** Writes the package into `folder`; returns its path. */
export function buildPackage(folder: string): string {
  const stage = mkdtempSync(join(tmpdir(), 'ims-fhir-package-'));
  try {
    const { name, version } = stagePackage(join(stage, 'package'));
    const file = resolve(folder, `${name}-${version}.tgz`);
    mkdirSync(folder, { recursive: true });
    const content = filesBelow(stage, 'package');
    create({ file, cwd: stage, gzip: true, portable: true, mtime: MTIME, sync: true }, content);
    return file;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function stagePackage(folder: string): { name: string; version: string } {
  const artefacts = new Map(
    listFiles(ARTEFACTS).map((name) => [name, readResource(join(ARTEFACTS, name)) as Json]),
  );
  const guideEntry = [...artefacts].find(([name]) => name.startsWith('ImplementationGuide-'));
  if (guideEntry === undefined) {
    throw new Error('The ImplementationGuide is missing: run "npm run profiles".');
  }
  const [guideName, guide] = guideEntry;
  const exampleResources = examples(join(ROOT, 'examples'));
  const exampleFiles = new Map<string, Json>(
    [...exampleResources.values()].map((resource) => [
      `${resource.resourceType}-${resource.id}.json`,
      resource as unknown as Json,
    ]),
  );
  const manifest = manifestOf(guide);
  writeIndexed(folder, artefacts.set(guideName, withExamples(guide, exampleResources)));
  writeIndexed(join(folder, 'example'), exampleFiles);
  writeResource(join(folder, 'package.json'), manifest);
  return manifest;
}

function manifestOf(guide: Json) {
  const {
    url = '',
    packageId,
    version,
    title,
    description,
    license,
    publisher,
  } = guide as Record<string, string | undefined>;
  return {
    name: packageId ?? '',
    version: version ?? '',
    type: 'IG',
    canonical: url.slice(0, url.indexOf('/ImplementationGuide/')),
    title,
    description,
    license,
    author: publisher,
    fhirVersions: ['4.0.1'],
    dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
    directories: { lib: 'package', example: 'example' },
  };
}

/** Lists the examples in the guide, each with the profile that it is an example of. */
function withExamples(guide: Json, resources: ReadonlyMap<string, Example>): Json {
  const definition = guide.definition as { readonly resource: readonly Json[] };
  const listed = [...resources].map(([reference, { meta, resourceType }]) => {
    const [profile] = meta?.profile ?? [];
    return {
      reference: { reference },
      name: `Example: ${resourceType}`,
      ...(profile === undefined ? { exampleBoolean: true } : { exampleCanonical: profile }),
    };
  });
  return { ...guide, definition: { ...definition, resource: [...definition.resource, ...listed] } };
}

/** Writes resources and their index, which tools read instead of the files. */
function writeIndexed(folder: string, resources: ReadonlyMap<string, Json>): void {
  writeFiles(folder, resources);
  const files = [...resources]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([filename, { resourceType, id, url, version, kind, type, content }]) => ({
      ...{ filename, resourceType, id, url, version, kind, type: textOf(type) },
      content: resourceType === 'CodeSystem' ? content : undefined,
    }));
  writeResource(join(folder, '.index.json'), { 'index-version': 2, files });
}

/** The type of a profile. Other resources have a `type` that is not a string. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function filesBelow(stage: string, folder: string): string[] {
  return listFiles(join(stage, folder))
    .filter((name) => name !== 'example')
    .map((name) => `${folder}/${name}`)
    .concat(listFiles(join(stage, folder, 'example')).map((name) => `${folder}/example/${name}`));
}

if (import.meta.main) {
  console.log(buildPackage(process.argv[2] ?? '.'));
}
