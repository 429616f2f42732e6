// The resources fromFhir may look at, and how a reference among them is followed: relative,
// absolute, versioned, logical or contained, whatever the server made of it.
import type { Extension, Identifier, Reference, Resource } from '@medplum/fhirtypes';
import { RECORD_SYSTEM } from '../fhir/canonical.ts';
import { parseReference } from '../fhir/reference.ts';

/** A resource with the address it was found under, if any. */
export interface ReceivedResource {
  readonly resource: Resource;
  readonly fullUrl?: string;
}

/** Resources that can be looked up by address and by identifier. */
export interface ResourceIndex {
  readonly all: readonly ReceivedResource[];
  resolve(reference: Reference | undefined): Resource | undefined;
}

/** A pool of `all`. */
export function indexResources(all: readonly ReceivedResource[]): ResourceIndex {
  const byAddress = new Map<string, Resource>();
  const byIdentifier = new Map<string, Resource>();
  for (const { resource, fullUrl } of all) {
    if (fullUrl !== undefined) byAddress.set(fullUrl, resource);
    if (resource.id !== undefined)
      byAddress.set(`${resource.resourceType}/${resource.id}`, resource);
    for (const identifier of identifiersOf(resource)) byIdentifier.set(keyOf(identifier), resource);
  }
  const resolve = (reference: Reference | undefined): Resource | undefined => {
    if (reference === undefined) return undefined;
    const { reference: literal, identifier } = reference;
    return (
      (literal === undefined
        ? undefined
        : (byAddress.get(literal) ?? byAddress.get(relativeOf(literal)))) ??
      (identifier === undefined ? undefined : byIdentifier.get(keyOf(identifier)))
    );
  };
  return { all, resolve };
}

function keyOf({ system, value }: Identifier): string {
  return `${system}|${value}`;
}

function relativeOf(literal: string): string {
  const parsed = parseReference(literal);
  return parsed.kind === 'relative' || parsed.kind === 'absolute'
    ? `${parsed.type}/${parsed.id}`
    : literal;
}

/** Every identifier a resource has, whether its type allows one or many. */
export function identifiersOf(resource: Resource): Identifier[] {
  const { identifier } = resource as { identifier?: Identifier | Identifier[] };
  return [identifier]
    .flat()
    .filter((one): one is Identifier => typeof one === 'object' && one !== null);
}

/** Value of our identifier or, for types found by it, our tag; undefined for other people's. */
export function ownIdentifier(resource: Resource): string | undefined {
  const identifier = identifiersOf(resource).find(({ system }) => system === RECORD_SYSTEM);
  const { tag } = resource.meta ?? {};
  const tagged = Array.isArray(tag) ? tag.find((one) => one?.system === RECORD_SYSTEM) : undefined;
  const value: unknown = identifier?.value ?? tagged?.code;
  return typeof value === 'string' ? value : undefined;
}

/** Extensions of a resource, of whatever type. */
export function extensionsOf(resource: Resource): Extension[] {
  return (resource as { extension?: Extension[] }).extension ?? [];
}
