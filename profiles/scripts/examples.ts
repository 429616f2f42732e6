// The example visits as single resources, the way a server holds them once it has taken the
// transactions: with ids, and with references to these.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { RECORD_SYSTEM } from '../../src/fhir/canonical.ts';
import { mapReferenceUrls } from '../../src/fhir/reference.ts';
import { readResource } from './files.ts';

/** A resource with the id it has in the package. */
export type Example = Resource & { readonly id: string };

/**
 * Every resource of the bundles below `folder`, by type and id. What several visits share stands
 * there as the last of them wrote it.
 */
export function examples(folder: string): Map<string, Example> {
  const found = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name, 'bundle.json'))
    .filter((file) => existsSync(file))
    .flatMap((file) => resourcesOf(readResource(file) as unknown as Bundle));
  return new Map(found.map((one) => [`${one.resourceType}/${one.id}`, one]));
}

function resourcesOf({ entry }: Bundle): Example[] {
  const parts = (entry ?? []).flatMap(({ fullUrl = '', resource }) =>
    resource === undefined ? [] : [{ fullUrl, resource, id: ourValueOf(resource) }],
  );
  const places = new Map(
    parts.map(({ fullUrl, resource, id }) => [fullUrl, `${resource.resourceType}/${id}`]),
  );
  return parts.map(({ resource, id }) => {
    const { resourceType, ...content } = mapReferenceUrls(resource, (one) => places.get(one));
    return { resourceType, id, ...content } as Example;
  });
}

/** Our identifier, or the tag where the type has none: good as an id as well. */
function ourValueOf(resource: Resource): string {
  const { identifier } = resource as { identifier?: unknown };
  const marks = [identifier, resource.meta?.tag].flat() as (Mark | undefined)[];
  const ours = marks.find((mark) => mark?.system === RECORD_SYSTEM);
  const value = ours?.value ?? ours?.code;
  if (value === undefined)
    throw new Error(`An example ${resource.resourceType} has no identifier.`);
  return value;
}

interface Mark {
  readonly system?: string;
  readonly value?: string;
  readonly code?: string;
}
