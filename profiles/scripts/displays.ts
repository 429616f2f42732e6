// Gives the codes of value sets the displays of our code system, as SUSHI has just made it: a code
// added there and to a member of the record is published in one build. Each value set is written out
// as an expansion too, for those who have no terminology server.

import { join } from 'node:path';
import type { CodeSystem, Resource, ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';
import { PROFILE_DATE } from '../../src/fhir/canonical.ts';
import { listFiles, readResource, writeResource } from './files.ts';

/** Fills in the displays and expansions in `folder`; throws for a code that its code system lacks. */
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

type Displays = ReadonlyMap<string | undefined, string | undefined>;

function displaysOf({ concept }: CodeSystem): Displays {
  return new Map(concept?.map(({ code, display }) => [code, display]));
}

function withDisplays(
  valueSet: ValueSet,
  systems: ReadonlyMap<string | undefined, Displays>,
): ValueSet {
  const include = (valueSet.compose?.include ?? []).map((part) => {
    const known = systems.get(part.system);
    if (known === undefined || part.concept === undefined) return part;
    return { ...part, concept: part.concept.map(({ code }) => named(code, known, valueSet.id)) };
  });
  return { ...valueSet, compose: { include }, expansion: expansionOf(include, valueSet.id) };
}

/** All codes in the order of their list. */
function expansionOf(
  include: readonly ValueSetComposeInclude[],
  id: string | undefined,
): NonNullable<ValueSet['expansion']> {
  const contains = include.flatMap(({ system, concept }) => {
    if (concept === undefined) throw new Error(`${id}: lists no codes, so it cannot be expanded.`);
    return concept.map((one) => ({ ...(system === undefined ? {} : { system }), ...one }));
  });
  return { timestamp: PROFILE_DATE, total: contains.length, contains };
}

function named(code: string, known: Displays, id: string | undefined) {
  const display = known.get(code);
  if (display === undefined) throw new Error(`${id}: the code system has no code "${code}".`);
  return { code, display };
}
