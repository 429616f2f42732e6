// What one delivery writes to one target, before anything is sent: which resources, which of them a
// later visit has already changed, what is taken back. Pure.
import type { BundleEntry, Resource } from '@medplum/fhirtypes';
import type { MappedResource } from '../mapping/context.ts';
import { DELETED_TYPES, KEPT_TYPES } from '../mapping/retract.ts';
import { toEntry } from '../mapping/to-fhir.ts';
import type { LedgerEntry } from '../store/ledger.ts';

/** What is known before planning. */
export interface Known {
  /** Everything that stands at the target under the identifiers of `mapped`. */
  readonly standing: readonly LedgerEntry[];
  /** Everything this record changed last at the target. */
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
  return {
    write,
    retract: known.written.filter(
      (entry) => isRetractable(entry, known) && !said.has(entry.identifier),
    ),
    redirect,
    supports: supportsOf(mapped),
  };
}

/** Plans the retraction of a whole record: all it wrote but what others support. */
export function planRetraction(known: Known): readonly LedgerEntry[] {
  return known.written.filter((entry) => isRetractable(entry, known));
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
export function supportsOf(mapped: readonly MappedResource[]): string[] {
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
  const entries = write.map(toEntry);
  return redirect.size === 0 ? entries : entries.map((entry) => redirected(entry, redirect));
}

function redirected<T>(value: T, redirect: ReadonlyMap<string, string>): T {
  if (Array.isArray(value)) return value.map((one) => redirected(one, redirect)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'reference' && typeof inner === 'string'
        ? (redirect.get(inner) ?? inner)
        : redirected(inner, redirect),
    ]),
  ) as T;
}
