// Searches a FHIR server page by page, and never ends early as if a result were complete.
import type { Bundle, ExtractResource, ResourceType } from '@medplum/fhirtypes';
import type { AdapterError, Issue } from '../errors.ts';
import { linkUrl } from '../fhir/bundle.ts';
import { fromOutcome } from '../fhir/outcome.ts';
import { isOfType } from '../fhir/resource.ts';
import { memberOf } from '../fhir/untrusted.ts';
import { PROTOCOL, remoteError } from './failures.ts';
import { followLink } from './page-link.ts';
import { expectOk, type RemoteRequest, type Transport } from './transport.ts';

/** Names and values of search parameters. Values are FHIR-escaped, but not percent-encoded. */
export type SearchParams = ReadonlyArray<readonly [name: string, value: string]>;

/** Ends a search at a server that always has a next page. */
const MAX_PAGES = 10_000;

/** Receives what the server says about its answer, such as that it withholds resources. */
export type ReportOutcome = (issues: readonly Issue[]) => void;

/** What the steps of one search share. */
interface SearchContext<T extends ResourceType> {
  readonly transport: Transport;
  readonly type: T;
}

/**
 * All matches of a search, without included resources; each page is fetched when it is needed. A server
 * may return other resources than those that were searched for, and a resource twice: the caller checks.
 * Throws AdapterError when a page is not available.
 */
export async function* search<T extends ResourceType>(
  transport: Transport,
  [type, params]: readonly [T, SearchParams],
  report: ReportOutcome = () => {},
): AsyncGenerator<ExtractResource<T>, void> {
  const context = { transport, type };
  const seen = new Set<string>();
  const ids = new Set<string | undefined>();
  let path: string | undefined = pathOf(transport, type, params);
  while (path !== undefined) {
    if (seen.has(path)) throw brokenSearch(context, 'links to a page that was read before');
    if (seen.size >= MAX_PAGES) throw brokenSearch(context, 'has more pages than allowed');
    seen.add(path);
    const page: Bundle = await readPage(context, path);
    const matches: ExtractResource<T>[] = [];
    for (const entry of page.entry ?? []) {
      const match = matchIn(context, entry);
      if (match === undefined) report(fromOutcome(memberOf(entry, 'resource')));
      else matches.push(match);
    }
    if (matches.length > 0 && matches.every(({ id }) => ids.has(id))) {
      throw brokenSearch(context, 'repeats the resources of earlier pages');
    }
    for (const { id } of matches) ids.add(id);
    yield* matches;
    path = nextPath(context, page);
  }
}

function pathOf(transport: Transport, type: string, params: SearchParams): string {
  const query = params
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${transport.base.path}/${type}${query === '' ? '' : `?${query}`}`;
}

async function readPage<T extends ResourceType>(
  context: SearchContext<T>,
  path: string,
): Promise<Bundle> {
  const { transport, type } = context;
  // HAPI caches searches for a minute. `handling=strict` makes a server reject an unknown parameter,
  // which many otherwise ignore, so that the search matches everything.
  const headers = { 'cache-control': 'no-cache', prefer: 'handling=strict' };
  const description = `a search of ${type}`;
  const request: RemoteRequest = { method: 'GET', path, description, headers };
  const { json } = expectOk(transport, request, await transport.send(request));
  if (!isOfType(json, 'Bundle') || json.type !== 'searchset') {
    throw brokenSearch(context, 'was not answered with a searchset');
  }
  if (json.entry !== undefined && !Array.isArray(json.entry)) {
    throw brokenSearch(context, 'was answered with entries that are not a list');
  }
  return json;
}

function matchIn<T extends ResourceType>(
  { type }: SearchContext<T>,
  entry: unknown,
): ExtractResource<T> | undefined {
  const resource = memberOf(entry, 'resource');
  const mode = memberOf(memberOf(entry, 'search'), 'mode') ?? 'match';
  return mode === 'match' && isOfType(resource, type) ? resource : undefined;
}

function nextPath<T extends ResourceType>(
  context: SearchContext<T>,
  page: Bundle,
): string | undefined {
  const link = linkUrl(page, 'next');
  if (link === undefined) return undefined;
  const next = followLink(link, context.transport.base);
  if (next === undefined) throw brokenSearch(context, 'links to a page outside of the target');
  return next;
}

function brokenSearch<T extends ResourceType>(
  { transport, type }: SearchContext<T>,
  problem: string,
): AdapterError {
  const message = `A search of ${type} at target ${transport.name} ${problem}.`;
  return remoteError(PROTOCOL, { message, isRead: true });
}
