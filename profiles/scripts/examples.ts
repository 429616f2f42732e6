// The example visits as single resources, as a server stores them after the transactions: with ids, and
// with references to these ids.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { RECORD_SYSTEM } from '../../src/fhir/canonical.ts';
import { mapReferenceUrls } from '../../src/fhir/reference.ts';
import { readResource } from './files.ts';

/** A resource with the id it has in the package. */
export type Example = Resource & { readonly id: string };

/**
 * Every resource of the Bundles below `folder`, by type and id. Of a resource that several visits
 * write, the last version is kept.
 */
export function examples(folder: string): Map<string, Example> {
  const resources = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name, 'bundle.json'))
    .filter((file) => existsSync(file))
    .flatMap((file) => resourcesOf(readResource(file) as unknown as Bundle));
  return new Map(
    resources.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]),
  );
}

function resourcesOf({ entry }: Bundle): Example[] {
  const entries = (entry ?? []).flatMap(({ fullUrl = '', resource }) =>
    resource === undefined ? [] : [{ fullUrl, resource, id: ownIdentifier(resource) }],
  );
  const references = new Map(
    entries.map(({ fullUrl, resource, id }) => [fullUrl, `${resource.resourceType}/${id}`]),
  );
  return entries.map(({ resource, id }) => {
    const { resourceType, ...content } = mapReferenceUrls(resource, (url) => references.get(url));
    return { resourceType, id, ...content } as Example;
  });
}

/** The value of our identifier, or of our tag for a type without identifier; it is a valid id. */
function ownIdentifier(resource: Resource): string {
  const { identifier } = resource as { identifier?: unknown };
  const candidates = [identifier, resource.meta?.tag].flat() as (IdentifierOrTag | undefined)[];
  const ours = candidates.find((candidate) => candidate?.system === RECORD_SYSTEM);
  const value = ours?.value ?? ours?.code;
  if (value === undefined) {
    throw new Error(`An example ${resource.resourceType} has no identifier.`);
  }
  return value;
}

interface IdentifierOrTag {
  readonly system?: string;
  readonly value?: string;
  readonly code?: string;
}
