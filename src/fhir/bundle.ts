// Builds FHIR transactions, and reads Bundles: their resources, links and entry responses.
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes';
import type { Issue } from '../errors.ts';
import { fromOutcome } from './outcome.ts';
import { parseReference } from './reference.ts';
import { isOfType, isResource, versionOfEtag } from './resource.ts';
import { itemsOf, memberOf, textOf } from './untrusted.ts';

/** A transaction Bundle of `entries` in the given order. */
export function transactionOf(entries: readonly BundleEntry[]): Bundle {
  return { resourceType: 'Bundle', type: 'transaction', entry: [...entries] };
}

/**
 * The resources in untrusted JSON: a Bundle, a list of resources or one resource. Other values are
 * ignored. Resources of a Bundle have the `fullUrl` of their entry.
 */
export function resourceEntriesOf(json: unknown): { resource: Resource; fullUrl?: string }[] {
  return entriesOf(json).flatMap(({ resource, fullUrl }) =>
    isResource(resource) ? [{ resource, ...(typeof fullUrl === 'string' ? { fullUrl } : {}) }] : [],
  );
}

function entriesOf(json: unknown): { resource?: unknown; fullUrl?: unknown }[] {
  if (Array.isArray(json)) return json.map((resource: unknown) => ({ resource }));
  if (!isOfType(json, 'Bundle')) return [{ resource: json }];
  return itemsOf(json.entry).map((entry) => ({
    resource: memberOf(entry, 'resource'),
    fullUrl: memberOf(entry, 'fullUrl'),
  }));
}

/** The URL of a link of the Bundle by its `relation` (`next`, `self`, …), as the server sent it. */
export function linkUrl(bundle: Bundle, relation: string): string | undefined {
  const link = itemsOf(bundle.link).find((item) => memberOf(item, 'relation') === relation);
  return textOf(memberOf(link, 'url'));
}

/** The response to one entry of a transaction or batch. */
export interface EntryResponse {
  readonly status: number;
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly version: string | undefined;
  /** The ETag exactly as the server sent it. */
  readonly etag: string | undefined;
  /** The resource as stored, if the server returned it. */
  readonly resource: Resource | undefined;
  readonly issues: readonly Issue[];
}

/**
 * Reads one entry of a transaction-response or batch-response; undefined where it has no status. Type and
 * id are read from `location` (absolute or relative, with or without `/_history`), otherwise from the
 * returned resource. The version is read from `etag`, otherwise from `location` or the resource.
 */
export function readEntryResponse(entry: unknown): EntryResponse | undefined {
  const response = memberOf(entry, 'response');
  const status = /^[1-5]\d\d\b/.exec(textOf(memberOf(response, 'status')) ?? '')?.[0];
  if (status === undefined) return undefined;
  const resource = memberOf(entry, 'resource');
  const written =
    isResource(resource) && resource.resourceType !== 'OperationOutcome' ? resource : undefined;
  const location = parseReference(textOf(memberOf(response, 'location')) ?? '');
  const target =
    location.kind === 'relative' || location.kind === 'absolute' ? location : undefined;
  const etag = textOf(memberOf(response, 'etag'));
  const version = textOf(memberOf(memberOf(written, 'meta'), 'versionId'));
  return {
    status: Number(status),
    type: target?.type ?? written?.resourceType,
    id: target?.id ?? textOf(memberOf(written, 'id')),
    version: versionOfEtag(etag) ?? target?.version ?? version,
    etag,
    resource: written,
    issues: [...fromOutcome(memberOf(response, 'outcome')), ...fromOutcome(resource)],
  };
}
