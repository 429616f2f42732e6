// The resources that fromFhir reads from, indexed so that references among them can be resolved:
// relative, absolute, versioned or logical, as servers rewrite them.
import type { Extension, Identifier, Reference, Resource } from '@medplum/fhirtypes';
import { RECORD_SYSTEM } from '../fhir/canonical.ts';
import { parseReference } from '../fhir/reference.ts';

/** A resource with the `fullUrl` of its bundle entry, if any. */
export interface ReceivedResource {
  readonly resource: Resource;
  readonly fullUrl?: string;
}

/** Resources that can be looked up by URL and by identifier. */
export interface ResourceIndex {
  readonly all: readonly ReceivedResource[];
  resolve(reference: Reference | undefined): Resource | undefined;
}

/** Indexes `all`. */
export function indexResources(all: readonly ReceivedResource[]): ResourceIndex {
  const byUrl = new Map<string, Resource>();
  const byIdentifier = new Map<string, Resource>();
  for (const { resource, fullUrl } of all) {
    if (fullUrl !== undefined) byUrl.set(fullUrl, resource);
    if (resource.id !== undefined) byUrl.set(`${resource.resourceType}/${resource.id}`, resource);
    for (const identifier of identifiersOf(resource)) byIdentifier.set(keyOf(identifier), resource);
  }
  const resolve = (reference: Reference | undefined): Resource | undefined => {
    if (reference === undefined) return undefined;
    const { reference: url, identifier } = reference;
    const byLiteral =
      url === undefined ? undefined : (byUrl.get(url) ?? byUrl.get(relativeOf(url)));
    return byLiteral ?? (identifier && byIdentifier.get(keyOf(identifier)));
  };
  return { all, resolve };
}

function keyOf({ system, value }: Identifier): string {
  return `${system}|${value}`;
}

/** `Type/id` for a relative, absolute or versioned URL; other references are returned unchanged. */
function relativeOf(url: string): string {
  const parsed = parseReference(url);
  return parsed.kind === 'relative' || parsed.kind === 'absolute'
    ? `${parsed.type}/${parsed.id}`
    : url;
}

/** The identifiers of a resource, whether its type allows one or several. */
export function identifiersOf(resource: Resource): Identifier[] {
  const { identifier } = resource as { identifier?: Identifier | Identifier[] };
  return [identifier]
    .flat()
    .filter((one): one is Identifier => typeof one === 'object' && one !== null);
}

/** The value of our identifier or else of our tag; undefined where a resource has neither. */
export function ownIdentifier(resource: Resource): string | undefined {
  return ownIdentifiers(resource)[0];
}

/** True where `value` is one of our identifiers or tags: a Patient of two sources has one of each. */
export function isIdentifiedBy(resource: Resource, value: string): boolean {
  return ownIdentifiers(resource).includes(value);
}

function ownIdentifiers(resource: Resource): string[] {
  const { tag } = resource.meta ?? {};
  const tags = Array.isArray(tag) ? tag : [];
  const values: unknown[] = [
    ...identifiersOf(resource).map(({ system, value }) => system === RECORD_SYSTEM && value),
    ...tags.map((one) => one?.system === RECORD_SYSTEM && one.code),
  ];
  return values.filter((value) => typeof value === 'string');
}

/** The extensions of a resource of any type. */
export function extensionsOf(resource: Resource): Extension[] {
  return (resource as { extension?: Extension[] }).extension ?? [];
}
