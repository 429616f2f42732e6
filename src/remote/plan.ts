// What one delivery writes to one target, before anything is sent: which resources, which of them a
// later visit has already changed, what is taken back. Pure.
import type { BundleEntry, Resource } from '@medplum/fhirtypes';
import { mapReferences } from '../fhir/reference.ts';
import type { MappedResource } from '../mapping/context.ts';
import { DELETED_TYPES, KEPT_TYPES } from '../mapping/retract.ts';
import { toEntry } from '../mapping/to-fhir.ts';
import type { LedgerEntry } from '../store/ledger.ts';

/** What is known before planning. */
export interface Known {
  /** Everything that stands at the target under the identifiers of `mapped`. */
  readonly standing: readonly LedgerEntry[];
  /** Everything at the target that this record changed last or supports. */
  readonly written: readonly LedgerEntry[];
  /** Shared identifiers that another record supports. */
  readonly supported: ReadonlySet<string>;
  /** The record's place among visits, and its id. */
  readonly order: string;
  readonly recordId: string;
}

/** What to write, and what to take back. */
export interface Plan {
  readonly write: readonly MappedResource[];
  /** Shared resources this record changed last and says no more, which others support. */
  readonly revive: readonly LedgerEntry[];
  /** Standing resources that this record no longer says. */
  readonly retract: readonly LedgerEntry[];
  /** Where references to resources that are not written again must point: `Type/id` by fullUrl. */
  readonly redirect: ReadonlyMap<string, string>;
  /** Shared identifiers this record supports from now on. */
  readonly supports: readonly string[];
}

/** Plans the writing of a record that stands. */
export function planWrite(mapped: readonly MappedResource[], known: Known): Plan {
  const standing = new Map(known.standing.map((entry) => [entry.identifier, entry]));
  const redirect = new Map<string, string>();
  const write = mapped.filter((one) => {
    const there = standing.get(one.value);
    if (one.onlyIfThere === true && there === undefined) return false;
    if (there === undefined || !isShared(one) || !isLater(there, known)) return true;
    redirect.set(one.fullUrl, `${there.resourceType}/${there.serverId}`);
    return false;
  });
  const said = new Set(mapped.map(({ value }) => value));
  const unsaid = known.written.filter(({ identifier }) => !said.has(identifier));
  return {
    write,
    retract: unsaid.filter((entry) => isRetractable(entry, known)),
    revive: revivable(unsaid, known),
    redirect,
    supports: supportsOf(mapped),
  };
}

/** Plans the retraction of a whole record: all it wrote but what others support. */
export function planRetraction(known: Known): Pick<Plan, 'retract' | 'revive'> {
  const { written } = known;
  return {
    retract: written.filter((entry) => isRetractable(entry, known)),
    revive: revivable(written, known),
  };
}

function revivable(
  entries: readonly LedgerEntry[],
  { supported, recordId }: Known,
): readonly LedgerEntry[] {
  return entries.filter((entry) => supported.has(entry.identifier) && entry.recordId === recordId);
}

function isShared({ scope, resource }: MappedResource): boolean {
  return (scope === 'episode' || scope === 'patient') && !KEPT_TYPES.has(resource.resourceType);
}

function isLater(there: LedgerEntry, { order, recordId }: Known): boolean {
  return there.recordId !== recordId && (there.visitAt ?? '') > order;
}

function isRetractable(entry: LedgerEntry, { supported }: Known): boolean {
  if (entry.state !== 'live' || KEPT_TYPES.has(entry.resourceType)) return false;
  return entry.identifier.startsWith('v-') || !supported.has(entry.identifier);
}

/** Shared resources a record holds up by what it says; one that ends a Flag holds up nothing. */
function supportsOf(mapped: readonly MappedResource[]): string[] {
  return mapped
    .filter((one) => isShared(one) && one.onlyIfThere !== true)
    .map(({ value }) => value);
}

/** The entry that puts back a retracted resource, or deletes one that has no status. */
export function retractionEntry(entry: LedgerEntry, resource: Resource | undefined): BundleEntry {
  const url = `${entry.resourceType}/${entry.serverId}`;
  if (resource === undefined || DELETED_TYPES.has(entry.resourceType)) {
    return { request: { method: 'DELETE', url } };
  }
  return { fullUrl: `urn:ims-fhir:${url}`, resource, request: { method: 'PUT', url } };
}

/** Entries of what is written, with references to what is not written again redirected. */
export function writeEntries({ write, redirect }: Plan): BundleEntry[] {
  return write.map((one) => redirectEntry(toEntry(one), redirect));
}

/** The entry with references to `redirect`'s keys pointing to its values. */
export function redirectEntry(
  entry: BundleEntry,
  redirect: ReadonlyMap<string, string>,
): BundleEntry {
  return mapReferences(entry, (reference) => redirect.get(reference));
}
