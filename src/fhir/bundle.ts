import type {
  Bundle,
  BundleEntry,
  ExtractResource,
  Resource,
  ResourceType,
} from '@medplum/fhirtypes';
import type { Issue } from '../errors.ts';
import { fromOutcome } from './outcome.ts';
import { parseReference } from './reference.ts';
import { isOfType, isResource, versionOfEtag } from './resource.ts';

/** A transaction of `entries`, in their order. */
export function transactionOf(entries: readonly BundleEntry[]): Bundle {
  return { resourceType: 'Bundle', type: 'transaction', entry: [...entries] };
}

/** All resources of a bundle, in order; entries without one are passed over. */
export function resourcesOf(bundle: Bundle): Resource[];
/** The resources of one type of a bundle, in order. */
export function resourcesOf<T extends ResourceType>(bundle: Bundle, type: T): ExtractResource<T>[];
export function resourcesOf(bundle: Bundle, type?: ResourceType): Resource[] {
  const found: Resource[] = [];
  for (const entry of bundle.entry ?? []) {
    if (isResource(entry.resource) && (type === undefined || isOfType(entry.resource, type))) {
      found.push(entry.resource);
    }
  }
  return found;
}

/** The URL of a bundle's link of `relation` (`next`, `self`, …), as it stands there. */
export function linkOf(bundle: Bundle, relation: string): string | undefined {
  return bundle.link?.find((link) => link.relation === relation)?.url;
}

/** What one entry of a transaction-response or batch-response says. */
export interface EntryResponse {
  readonly status: number;
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly version: string | undefined;
  /** As the server wrote it. */
  readonly etag: string | undefined;
  readonly issues: readonly Issue[];
  readonly resource: Resource | undefined;
}

/**
 * Reads an entry of a response. Type, id and version come from `location` (absolute or relative,
 * with or without `/_history`), else from the resource sent along, the version from `etag` first.
 * Undefined when there is no status: such an entry answers nothing.
 */
export function readEntryResponse(entry: BundleEntry | undefined): EntryResponse | undefined {
  const response = entry?.response;
  const status = /^[1-5]\d\d\b/.exec(String(response?.status ?? ''))?.[0];
  if (response === undefined || status === undefined) return undefined;
  const resource = isResource(entry?.resource) ? entry.resource : undefined;
  const place = parseReference(response.location ?? '');
  const located = place.kind === 'relative' || place.kind === 'absolute' ? place : undefined;
  const held = resource?.resourceType === 'OperationOutcome' ? undefined : resource;
  return {
    status: Number(status),
    type: located?.type ?? held?.resourceType,
    id: located?.id ?? held?.id,
    version: versionOfEtag(response.etag) ?? located?.version ?? held?.meta?.versionId,
    etag: response.etag,
    issues: [...fromOutcome(response.outcome), ...fromOutcome(resource)],
    resource: held,
  };
}
