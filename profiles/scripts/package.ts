// Builds the FHIR package out of what is committed: every artefact, the examples, an index, and a
// manifest that FHIR tools and servers install by. The same content gives the same bytes.
//   node profiles/scripts/package.ts [FOLDER]   writes <name>-<version>.tgz there, else here
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { create } from 'tar';
import { type Example, examples } from './examples.ts';
import { listFiles, readResource, writeFiles, writeResource } from './files.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const ARTEFACTS = join(ROOT, 'profiles', 'fsh-generated', 'resources');

/** The day npm gives every file of a package; a zero would be refused by some tools. */
const MTIME = new Date('1985-10-26T08:15:00Z');

type Json = Readonly<Record<string, unknown>>;

/** Writes the package into `folder`; gives its path. */
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
  const found = [...artefacts].find(([name]) => name.startsWith('ImplementationGuide-'));
  if (found === undefined) throw new Error('There is no ImplementationGuide: npm run profiles');
  const [guideName, guide] = found;
  const shown = examples(join(ROOT, 'examples'));
  const exampleFiles = new Map<string, Json>(
    [...shown.values()].map((one) => [
      `${one.resourceType}-${one.id}.json`,
      one as unknown as Json,
    ]),
  );
  const manifest = manifestOf(guide);
  writeIndexed(folder, artefacts.set(guideName, withExamples(guide, shown)));
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

/** The guide lists the examples with the profile each of them shows. */
function withExamples(guide: Json, shown: ReadonlyMap<string, Example>): Json {
  const definition = guide.definition as { readonly resource: readonly Json[] };
  const listed = [...shown].map(([reference, { meta, resourceType }]) => {
    const [profile] = meta?.profile ?? [];
    return {
      reference: { reference },
      name: `Example: ${resourceType}`,
      ...(profile === undefined ? { exampleBoolean: true } : { exampleCanonical: profile }),
    };
  });
  return { ...guide, definition: { ...definition, resource: [...definition.resource, ...listed] } };
}

/** Writes resources with the index that tools read instead of all files. */
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

/** The type of a profile; other resources have something else under that name. */
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
