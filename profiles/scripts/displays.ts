// Adds displays to the codes of the value sets, from the code system that SUSHI has just compiled, so
// that a new code needs only one build. Each value set also gets an expansion, for integrators without a
// terminology server.

import { join } from 'node:path';
import type { CodeSystem, Resource, ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';
import { defined } from '../../src/defined.ts';
import { listFiles, readResource, writeResource } from './files.ts';
import { PROFILE_DATE } from './stamp.ts';

/** Adds the displays and expansions in `folder`. Throws for a code that its code system lacks. */
export function fillDisplays(folder: string): void {
  const resources = listFiles(folder).map((name) => ({
    name,
    resource: readResource(join(folder, name)) as unknown as Resource,
  }));
  const systems = new Map(
    resources.flatMap(({ resource }) =>
      resource.resourceType === 'CodeSystem' ? [[resource.url, displaysOf(resource)] as const] : [],
    ),
  );
  for (const { name, resource } of resources) {
    if (resource.resourceType === 'ValueSet') {
      writeResource(join(folder, name), withDisplays(resource, systems));
    }
  }
}

/** Displays by code. */
type Displays = ReadonlyMap<string | undefined, string | undefined>;

function displaysOf({ concept }: CodeSystem): Displays {
  return new Map(concept?.map(({ code, display }) => [code, display]));
}

function withDisplays(
  valueSet: ValueSet,
  systems: ReadonlyMap<string | undefined, Displays>,
): ValueSet {
  const include = (valueSet.compose?.include ?? []).map((part) => {
    const displays = systems.get(part.system);
    if (displays === undefined || part.concept === undefined) return part;
    const concept = part.concept.map(({ code }) => withDisplay(code, displays, valueSet.id));
    return { ...part, concept };
  });
  return { ...valueSet, compose: { include }, expansion: expansionOf(include, valueSet.id) };
}

/** The expansion: all codes in the order of their lists. */
function expansionOf(
  include: readonly ValueSetComposeInclude[],
  id: string | undefined,
): NonNullable<ValueSet['expansion']> {
  const contains = include.flatMap(({ system, concept }) => {
    if (concept === undefined) throw new Error(`${id} lists no codes and cannot be expanded.`);
    return concept.map((entry) => ({ ...defined({ system }), ...entry }));
  });
  return { timestamp: PROFILE_DATE, total: contains.length, contains };
}

function withDisplay(code: string, displays: Displays, id: string | undefined) {
  const display = displays.get(code);
  if (display === undefined) throw new Error(`${id}: unknown code "${code}".`);
  return { code, display };
}
