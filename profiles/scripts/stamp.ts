// Finishes what SUSHI made. It sets version and publisher on what has a keyword of its own (a
// CodeSystem, a profile) but not on a ConceptMap; HL7's publisher would add them later.
import { join } from 'node:path';
import { STUBS } from './core-package.ts';
import { listFiles, readResource, writeResource } from './files.ts';

type Json = Readonly<Record<string, unknown>>;

/** Adds what is missing of `version` and `publisher` to each canonical resource in `folder`. */
export function stampArtefacts(folder: string): void {
  const names = listFiles(folder);
  const guideName = names.find((name) => name.startsWith('ImplementationGuide-'));
  if (guideName === undefined) {
    throw new Error('SUSHI made no ImplementationGuide to take the version from.');
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
 * The guide without what SUSHI makes for HL7's publisher alone: parameters whose codes R4 does not
 * have, an empty list of pages, and the stand-ins that it was told to depend on.
 */
function tidyGuide({ dependsOn, definition, ...guide }: Json): Json {
  const { page, parameter: _publishers, ...content } = definition as Json;
  const { page: pages, ...cover } = page as Json;
  const needed = listOf(dependsOn).filter(
    ({ packageId }) => !STUBS.some(({ name }) => name === packageId),
  );
  return {
    ...guide,
    ...(needed.length > 0 ? { dependsOn: needed } : {}),
    definition: {
      ...content,
      page: listOf(pages).length > 0 ? { ...cover, page: pages } : cover,
    },
  };
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
