// FHIR Bundles: building transactions, their links, and the response to each entry of a transaction.
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes';
import type { Issue } from '../errors.ts';
import { fromOutcome } from './outcome.ts';
import { parseReference } from './reference.ts';
import { isOfType, isResource, versionOfEtag } from './resource.ts';

/** A transaction of `entries`, in their order. */
export function transactionOf(entries: readonly BundleEntry[]): Bundle {
  return { resourceType: 'Bundle', type: 'transaction', entry: [...entries] };
}

/**
 * The resources of untrusted JSON: a Bundle with the `fullUrl`s of its entries, a list of resources, or
 * one resource. Everything else in it is skipped.
 */
export function resourceEntriesOf(json: unknown): { resource: Resource; fullUrl?: string }[] {
  return entriesOf(json).flatMap(({ resource, fullUrl }) =>
    isResource(resource) ? [{ resource, ...(typeof fullUrl === 'string' ? { fullUrl } : {}) }] : [],
  );
}

function entriesOf(json: unknown): { resource?: unknown; fullUrl?: unknown }[] {
  if (Array.isArray(json)) return json.map((resource: unknown) => ({ resource }));
  if (!isOfType(json, 'Bundle')) return [{ resource: json }];
  const entries: unknown = json.entry;
  return Array.isArray(entries)
    ? entries.filter((entry) => typeof entry === 'object' && entry !== null)
    : [];
}

/** The URL of the bundle's link with `relation` (`next`, `self`, …), unchanged. */
export function linkOf(bundle: Bundle, relation: string): string | undefined {
  return bundle.link?.find((link) => link.relation === relation)?.url;
}

/** One entry of a transaction-response or batch-response. */
export interface EntryResponse {
  readonly status: number;
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly version: string | undefined;
  /** The ETag exactly as the server sent it. */
  readonly etag: string | undefined;
  readonly issues: readonly Issue[];
}

/**
 * Reads an entry of a response. Type and id come from `location` (absolute or relative, with or without
 * `/_history`), else from the entry's resource; the version comes from `etag`, else from these.
 * Undefined for an entry without a status.
 */
export function readEntryResponse(entry: BundleEntry | undefined): EntryResponse | undefined {
  const response = entry?.response;
  const status = /^[1-5]\d\d\b/.exec(String(response?.status ?? ''))?.[0];
  if (response === undefined || status === undefined) return undefined;
  const resource = isResource(entry?.resource) ? entry.resource : undefined;
  const location = parseReference(response.location ?? '');
  const target =
    location.kind === 'relative' || location.kind === 'absolute' ? location : undefined;
  const content = resource?.resourceType === 'OperationOutcome' ? undefined : resource;
  return {
    status: Number(status),
    type: target?.type ?? content?.resourceType,
    id: target?.id ?? content?.id,
    version: versionOfEtag(response.etag) ?? target?.version ?? content?.meta?.versionId,
    etag: response.etag,
    issues: [...fromOutcome(response.outcome), ...fromOutcome(resource)],
  };
}
