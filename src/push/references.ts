// Resolves the references of the entries to send. A reference to an entry of the bundle is unchanged, one
// to a resource at the target gets its address, any other keeps only its identifier: a delivery does not
// wait for the resources it refers to.
import type { BundleEntry, Provenance, Reference } from '@medplum/fhirtypes';
import { mapReferences } from '../fhir/reference.ts';
import { referencedIdentifier } from '../mapping/context.ts';
import type { DeliveryContext } from './context.ts';

/** The entries with every reference resolved. */
export async function resolveReferences(
  entries: readonly BundleEntry[],
  { delivery, outbox }: DeliveryContext,
): Promise<readonly BundleEntry[]> {
  const { target, source } = delivery;
  const sent = new Set(entries.map(({ fullUrl }) => fullUrl));
  const isUnresolved = ({ reference }: Reference) =>
    reference === undefined || (reference.startsWith('urn:') && !sent.has(reference));
  const unresolved = unresolvedIn(entries, { isUnresolved, source });
  if (unresolved === undefined) return entries;
  const ledger = await outbox.ledgerEntries(target, unresolved);
  const addresses = new Map(
    ledger
      .filter(({ state }) => state === 'live')
      .map(({ identifier, resourceType, serverId }) => [identifier, `${resourceType}/${serverId}`]),
  );
  return entries.map(({ resource, ...entry }) => {
    if (resource === undefined) return entry;
    const resolved = mapReferences(resource, (reference) => {
      if (!isUnresolved(reference)) return reference;
      const { reference: _unresolved, ...rest } = reference;
      const address = addresses.get(referencedIdentifier(reference, source) ?? '');
      return address === undefined ? rest : { ...rest, reference: address };
    });
    return { ...entry, resource: isProvenance(resolved) ? withoutUnresolved(resolved) : resolved };
  });
}

/** The identifiers that unresolved references point to; undefined if every reference is resolved. */
function unresolvedIn(
  entries: readonly BundleEntry[],
  { isUnresolved, source }: { isUnresolved: (reference: Reference) => boolean; source: string },
): string[] | undefined {
  const identifiers = new Set<string>();
  let isAnyUnresolved = false;
  for (const { resource } of entries) {
    mapReferences(resource, (reference) => {
      if (isUnresolved(reference)) {
        isAnyUnresolved = true;
        const identifier = referencedIdentifier(reference, source);
        if (identifier !== undefined) identifiers.add(identifier);
      }
      return reference;
    });
  }
  return isAnyUnresolved ? [...identifiers] : undefined;
}

function isProvenance(resource: { resourceType: string }): resource is Provenance {
  return resource.resourceType === 'Provenance';
}

/** Every target of a Provenance must resolve: servers with referential integrity check it. */
function withoutUnresolved(provenance: Provenance): Provenance {
  return {
    ...provenance,
    target: provenance.target.filter(({ reference }) => reference !== undefined),
  };
}
