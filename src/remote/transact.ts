// Posts a transaction or batch and checks that the response accounts for every entry.
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { AdapterError, errorIssue, type Issue } from '../errors.ts';
import { type EntryResponse, readEntryResponse } from '../fhir/bundle.ts';
import { fromOutcome } from '../fhir/outcome.ts';
import { typeAndId } from '../fhir/reference.ts';
import { TYPE_NAME } from '../fhir/resource.ts';
import {
  classifyResponse,
  type FailureClass,
  type FailureKind,
  PROTOCOL,
  remoteError,
} from './failures.ts';
import { expectOk, type RemoteRequest, type RemoteResponse, type Transport } from './transport.ts';

/** Options of a transaction or batch. */
export interface TransactOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Some entries failed in a response that succeeded as a whole. Servers that run a transaction as a
 * batch (Medplum does by default) have kept the other entries: `results` shows which.
 */
export class EntriesFailed extends AdapterError {
  readonly results: readonly EntryResponse[];

  constructor(
    failure: FailureClass,
    details: { message: string; results: readonly EntryResponse[] },
  ) {
    const { message, results } = details;
    const isPartlyKept = results.some((result) => result.status < 300);
    const retry = failure.retry === 'later' && isPartlyKept ? 'unknown' : failure.retry;
    const issues = results.flatMap((result, index) => issuesOf(result, index));
    super(failure.code, message, { retry, issues });
    this.name = 'EntriesFailed';
    this.results = results;
  }
}

/**
 * Posts a transaction or batch; results in the order of its entries. Throws EntriesFailed when an
 * entry failed, `remote-protocol` (retry unknown) when the response does not account for every entry,
 * and any other failure by its class (failures.ts).
 */
export async function transact(
  transport: Transport,
  bundle: Bundle,
  options: TransactOptions = {},
): Promise<EntryResponse[]> {
  const entries = bundle.entry ?? [];
  const description = `a ${bundle.type} of ${entries.length} entries`;
  const request: RemoteRequest = {
    method: 'POST',
    path: transport.base.root,
    description,
    body: bundle,
    headers: { prefer: 'return=representation' },
    signal: options.signal,
  };
  const response = expectOk(transport, request, await transport.send(request));
  const results = readResults(response, entries);
  if (typeof results === 'string') {
    const message = `Target ${transport.name} answered ${description} with ${results}.`;
    throw remoteError(PROTOCOL, { message, isRead: false, issues: fromOutcome(response.json) });
  }
  const failed = results.filter((result) => result.status >= 300);
  if (failed.length === 0) return results;
  const message = `Target ${transport.name} rejected ${failed.length} of ${results.length} entries.`;
  throw new EntriesFailed(worstOf(failed), { message, results });
}

/** The results of the entries; for an invalid response, the problem as the end of a sentence. */
function readResults(
  response: RemoteResponse,
  sent: readonly BundleEntry[],
): EntryResponse[] | string {
  if (response.text.trim() === '') return `${response.status} and an empty body`;
  const bundle = response.json as Partial<Bundle> | undefined;
  if (bundle?.resourceType !== 'Bundle') return 'content that is not a Bundle';
  if (!/^(transaction|batch)-response$/.test(String(bundle.type))) {
    return 'a Bundle that is not a response';
  }
  const entries = bundle.entry ?? [];
  if (entries.length !== sent.length) return `${entries.length} entries`;
  const results: EntryResponse[] = [];
  for (const [index, entry] of entries.entries()) {
    const result = readEntryResponse(entry);
    if (result === undefined) return `no status for entry ${index}`;
    if (hasOtherType(result, sent[index])) {
      return `entries in another order: entry ${index} has another type than the sent entry`;
    }
    const { type, id } = typeAndId(sent[index]?.request?.url) ?? {};
    results.push({ ...result, type: result.type ?? type, id: result.id ?? id });
  }
  return results;
}

/** True when a successful result has another type than `sent`, so it cannot be the response to it. */
function hasOtherType({ status, type }: EntryResponse, sent: BundleEntry | undefined): boolean {
  const written = writtenType(sent);
  return status < 300 && type !== undefined && written !== undefined && type !== written;
}

/** The type of resource that an entry writes; undefined for reads, which can return any. */
function writtenType(entry: BundleEntry | undefined): string | undefined {
  if (entry?.request?.method === 'GET') return undefined;
  const type = entry?.request?.url?.split(/[/?]/, 1)[0] ?? '';
  return TYPE_NAME.test(type) ? type : undefined;
}

const WORST_FIRST: readonly FailureKind[] = [
  'permanent',
  'target',
  'conflict',
  'unknown',
  'transient',
];

function worstOf(failed: readonly EntryResponse[]): FailureClass {
  const failures = failed.map((result) => classifyResponse(result.status, outcomeOf(result)));
  failures.sort((a, b) => WORST_FIRST.indexOf(a.kind) - WORST_FIRST.indexOf(b.kind));
  return failures[0] ?? PROTOCOL;
}

/** An OperationOutcome even without issues: the FHIR service itself, not a gateway, wrote the entry. */
function outcomeOf(result: EntryResponse): unknown {
  const issue = result.issues.map(({ code, severity }) => ({ code, severity }));
  return { resourceType: 'OperationOutcome', issue };
}

function issuesOf(result: EntryResponse, index: number): Issue[] {
  if (result.status < 300) return [];
  const entry = `Bundle.entry[${index}]`;
  const message = `The server rejected this entry with status ${result.status}.`;
  const status = errorIssue('processing', entry, message);
  return [
    status,
    ...result.issues.map((issue) => ({ ...issue, path: inEntry(entry, issue.path) })),
  ];
}

/** The path in the Bundle. In R4 the path of an issue begins with the type of the resource. */
function inEntry(entry: string, path: string): string {
  if (path === '' || path.startsWith('Bundle.entry')) return path === '' ? entry : path;
  const element = path.replace(/^[A-Z]\w*(?:\.|$)/, '');
  return element === '' ? `${entry}.resource` : `${entry}.resource.${element}`;
}
