// References of what is about to be sent: to what goes with it they stay, to what stands at the target
// they get its address, of everything else they keep the identifier alone. Nothing waits for them.
import type { BundleEntry, Provenance, Reference } from '@medplum/fhirtypes';
import { rewriteReferences } from '../fhir/reference.ts';
import { referencedIdentifier } from '../mapping/context.ts';
import type { Outbox } from '../outbox/outbox.ts';

/** `entries` with every reference pointing to something that is there, or to nothing. */
export async function resolveReferences(
  entries: readonly BundleEntry[],
  { target, source, outbox }: { target: string; source: string; outbox: Outbox },
): Promise<readonly BundleEntry[]> {
  const sent = new Set(entries.map(({ fullUrl }) => fullUrl));
  const isOpen = ({ reference }: Reference) =>
    reference === undefined || (reference.startsWith('urn:') && !sent.has(reference));
  const values = new Set<string>();
  let isAnyOpen = false;
  for (const entry of entries) {
    rewriteReferences(entry.resource, (one) => {
      if (!isOpen(one)) return one;
      isAnyOpen = true;
      const value = referencedIdentifier(one, source);
      if (value !== undefined) values.add(value);
      return one;
    });
  }
  if (!isAnyOpen) return entries;
  const standing = await outbox.ledgerEntries(target, [...values]);
  const addresses = new Map(
    standing
      .filter(({ state }) => state === 'live')
      .map((one) => [one.identifier, `${one.resourceType}/${one.serverId}`]),
  );
  return entries.map(({ resource, ...entry }) => {
    if (resource === undefined) return entry;
    const resolved = rewriteReferences(resource, (one) => {
      if (!isOpen(one)) return one;
      const { reference: _open, ...rest } = one;
      const address = addresses.get(referencedIdentifier(one, source) ?? '');
      return address === undefined ? rest : { ...rest, reference: address };
    });
    return { ...entry, resource: isProvenance(resolved) ? withoutOpen(resolved) : resolved };
  });
}

function isProvenance(resource: { resourceType: string }): resource is Provenance {
  return resource.resourceType === 'Provenance';
}

/** A Provenance names nothing that is not there. */
function withoutOpen(provenance: Provenance): Provenance {
  return {
    ...provenance,
    target: provenance.target.filter(({ reference }) => reference !== undefined),
  };
}
