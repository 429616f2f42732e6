// Completes the artefacts that SUSHI compiles. It sets version and publisher on resources that have an
// FSH keyword (profiles, CodeSystems) but not on others, such as ConceptMaps; HL7's IG publisher, which is
// not used here, would add them later.
import { join } from 'node:path';
import { STUBS } from './core-package.ts';
import { listFiles, readResource, writeResource } from './files.ts';

/** Date of PROFILE_VERSION, for artefacts that require a date. A constant keeps builds reproducible. */
export const PROFILE_DATE = '2026-11-28';

type Json = Readonly<Record<string, unknown>>;

/** Adds a missing `version` and `publisher` to each canonical resource in `folder`. */
export function stampArtefacts(folder: string): void {
  const names = listFiles(folder);
  const guideName = names.find((name) => name.startsWith('ImplementationGuide-'));
  if (guideName === undefined) {
    throw new Error('SUSHI wrote no ImplementationGuide to take the version from.');
  }
  const guide = readResource(join(folder, guideName));
  for (const name of names) {
    const resource = readResource(join(folder, name));
    if ('url' in resource && 'status' in resource) {
      const { resourceType, id, url, ...rest } = resource;
      const { version, publisher } = guide;
      const body = name === guideName ? tidyGuide(rest) : rest;
      writeResource(join(folder, name), { resourceType, id, url, version, publisher, ...body });
    }
  }
}

/**
 * The guide without what only HL7's IG publisher needs: parameters with codes that R4 does not define,
 * an empty list of pages, and dependencies on the packages in STUBS, which are empty here.
 */
function tidyGuide({ dependsOn, definition, ...guide }: Json): Json {
  const { page, parameter: _parameters, ...content } = definition as Json;
  const { page: subpages, ...mainPage } = page as Json;
  const dependencies = listOf(dependsOn).filter(
    ({ packageId }) => !STUBS.some(({ name }) => name === packageId),
  );
  return {
    ...guide,
    ...(dependencies.length > 0 ? { dependsOn: dependencies } : {}),
    definition: {
      ...content,
      page: listOf(subpages).length > 0 ? { ...mainPage, page: subpages } : mainPage,
    },
  };
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
