import type { Bundle, BundleEntry, ExtractResource, ResourceType } from '@medplum/fhirtypes';
import type { AdapterError, Issue } from '../errors.ts';
import { linkOf } from '../fhir/bundle.ts';
import { fromOutcome } from '../fhir/outcome.ts';
import { isOfType } from '../fhir/resource.ts';
import { failure, PROTOCOL } from './outcomes.ts';
import { followLink } from './page-link.ts';
import { expectOk, type RemoteRequest, type Transport } from './transport.ts';

/** Name and value of each search parameter. Values are FHIR-escaped already, not percent-encoded. */
export type SearchParams = ReadonlyArray<readonly [name: string, value: string]>;

/** How a search is carried out. */
export interface SearchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Pages read before giving up on a server that always has a next one; 10,000. */
  readonly maxPages?: number;
  /** Told what the server said beside the results. */
  readonly onIssue?: (issue: Issue) => void;
}

/** Where a search is sent: base and what is needed to name it. */
interface Question<T extends ResourceType> {
  readonly transport: Transport;
  readonly type: T;
  readonly options: SearchOptions;
}

/**
 * All matches of a search, page after page as they are wanted; included resources are left out.
 * Throws AdapterError when a page cannot be had: a search never ends early as if it were complete.
 */
export async function* search<T extends ResourceType>(
  transport: Transport,
  [type, params]: readonly [T, SearchParams],
  options: SearchOptions = {},
): AsyncGenerator<ExtractResource<T>, void> {
  const question = { transport, type, options };
  const seen = new Set<string>();
  let path: string | undefined = pathOf(transport, type, params);
  while (path !== undefined) {
    if (seen.has(path)) throw broken(question, 'has a next page that was read before');
    if (seen.size >= (options.maxPages ?? 10_000)) throw broken(question, 'has pages without end');
    seen.add(path);
    const page: Bundle = await readPage(question, path);
    for (const entry of page.entry ?? []) {
      const match = matchIn(question, entry);
      if (match !== undefined) yield match;
    }
    path = nextPath(question, page);
  }
}

function pathOf(transport: Transport, type: string, params: SearchParams): string {
  const query = params
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${transport.base.path}/${type}${query === '' ? '' : `?${query}`}`;
}

async function readPage<T extends ResourceType>(
  question: Question<T>,
  path: string,
): Promise<Bundle> {
  const { transport, type, options } = question;
  // HAPI answers from a cached search for a minute; `handling=strict` refuses an unknown parameter,
  // which many servers otherwise leave out and so find everything.
  const headers = { 'cache-control': 'no-cache', prefer: 'handling=strict' };
  const what = `a search of ${type}`;
  const ask: RemoteRequest = { method: 'GET', path, what, headers, signal: options.signal };
  const reply = expectOk(transport, ask, await transport.send(ask));
  const { json } = reply;
  if (!isOfType(json, 'Bundle') || json.type !== 'searchset') {
    throw broken(question, 'is answered with something else than a searchset', reply.text);
  }
  if (json.entry !== undefined && !Array.isArray(json.entry)) {
    throw broken(question, 'has entries that are no list', reply.text);
  }
  return json;
}

function matchIn<T extends ResourceType>(
  { type, options }: Question<T>,
  entry: BundleEntry | null,
): ExtractResource<T> | undefined {
  const resource: unknown = entry?.resource;
  for (const issue of fromOutcome(resource)) options.onIssue?.(issue);
  const mode = entry?.search?.mode ?? 'match';
  return mode === 'match' && isOfType(resource, type) ? resource : undefined;
}

function nextPath<T extends ResourceType>(question: Question<T>, page: Bundle): string | undefined {
  const link = linkOf(page, 'next');
  if (link === undefined) return undefined;
  const next = followLink(link, question.transport.base);
  if (next === undefined) throw broken(question, 'has a next page outside of the target');
  return next;
}

function broken<T extends ResourceType>(
  { transport, type }: Question<T>,
  finding: string,
  reply?: string,
): AdapterError {
  return failure(PROTOCOL, {
    message: `A search of ${type} at target ${transport.name} ${finding}.`,
    safe: true,
    reply,
  });
}
