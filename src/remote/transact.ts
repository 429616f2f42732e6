import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { AdapterError, errorIssue, type Issue } from '../errors.ts';
import { type EntryResponse, readEntryResponse } from '../fhir/bundle.ts';
import { fromOutcome } from '../fhir/outcome.ts';
import { typeAndId } from '../fhir/reference.ts';
import { TYPE_NAME } from '../fhir/resource.ts';
import {
  classifyResponse,
  failure,
  type Kind,
  keepReply,
  type Outcome,
  PROTOCOL,
} from './outcomes.ts';
import { expectOk, type RemoteRequest, type RemoteResponse, type Transport } from './transport.ts';

/** What became of one entry, at the place where it stood in the bundle that was sent. */
export type EntryResult = EntryResponse;

/** How a bundle is sent. */
export interface TransactOptions {
  /** Ask for the resources as they were stored, or for no more than needed; `representation`. */
  readonly prefer?: 'representation' | 'minimal';
  readonly signal?: AbortSignal | undefined;
}

/**
 * Entries failed inside an answer that was a success as a whole. Servers that run a transaction as a
 * batch (Medplum does unless told otherwise) have kept the others: `results` says which.
 */
export class EntriesFailed extends AdapterError {
  readonly results: readonly EntryResult[];

  constructor(verdict: Outcome, details: { message: string; results: readonly EntryResult[] }) {
    const { message, results } = details;
    const kept = results.some((result) => result.status < 300);
    const retry = verdict.retry === 'later' && kept ? 'unknown' : verdict.retry;
    const issues = results.flatMap((result, index) => issuesOf(result, index));
    super(verdict.code, message, { retry, issues });
    this.name = 'EntriesFailed';
    this.results = results;
  }
}

/**
 * Posts a transaction or batch and reads the answer, entry by entry in the order sent. Throws
 * EntriesFailed when an entry failed, `remote-protocol` (retry unknown) when the answer does not
 * account for every entry, and what the table says for every other failure.
 */
export async function transact(
  transport: Transport,
  bundle: Bundle,
  options: TransactOptions = {},
): Promise<EntryResult[]> {
  const asked = bundle.entry ?? [];
  const ask: RemoteRequest = {
    method: 'POST',
    path: transport.base.root,
    what: `a ${bundle.type} of ${asked.length} entries`,
    body: bundle,
    headers: { prefer: `return=${options.prefer ?? 'representation'}` },
    signal: options.signal,
  };
  const reply = expectOk(transport, ask, await transport.send(ask));
  const results = readResults(reply, asked);
  if (typeof results === 'string') {
    throw failure(PROTOCOL, {
      message: `Target ${transport.name} answered ${ask.what} with ${results}.`,
      safe: false,
      issues: fromOutcome(reply.json),
      reply: reply.text,
    });
  }
  const failed = results.filter((result) => result.status >= 300);
  if (failed.length === 0) return results;
  const message = `Target ${transport.name} refused ${failed.length} of ${results.length} entries.`;
  const error = new EntriesFailed(worstOf(failed), { message, results });
  keepReply(error, reply.text);
  throw error;
}

/** The results, or what is wrong with the answer. */
function readResults(reply: RemoteResponse, asked: readonly BundleEntry[]): EntryResult[] | string {
  if (reply.text.trim() === '')
    return `${reply.status} and no body, which says nothing of the entries`;
  const bundle = reply.json as Partial<Bundle> | undefined;
  if (bundle?.resourceType !== 'Bundle') return 'something else than a Bundle';
  if (!/^(transaction|batch)-response$/.test(String(bundle.type)))
    return 'a Bundle that is no response';
  const entries = bundle.entry ?? [];
  if (entries.length !== asked.length)
    return `${entries.length} entries instead of ${asked.length}`;
  const results: EntryResult[] = [];
  for (const [index, entry] of entries.entries()) {
    const result = readEntryResponse(entry);
    if (result === undefined) return `no status for entry ${index}`;
    const type = typeAsked(asked[index]);
    if (
      type !== undefined &&
      result.status < 300 &&
      result.type !== undefined &&
      result.type !== type
    ) {
      return `entries in another order: entry ${index} is of another type than was sent`;
    }
    const { type: writtenType, id } = typeAndId(asked[index]?.request?.url) ?? {};
    results.push({ ...result, type: result.type ?? writtenType, id: result.id ?? id });
  }
  return results;
}

/** The type an entry writes; undefined for reads, which may give any. */
function typeAsked(entry: BundleEntry | undefined): string | undefined {
  if (entry?.request?.method === 'GET') return undefined;
  const type = entry?.request?.url?.split(/[/?]/, 1)[0] ?? '';
  return TYPE_NAME.test(type) ? type : undefined;
}

const WORST_FIRST: readonly Kind[] = ['permanent', 'target', 'conflict', 'unknown', 'transient'];

function worstOf(failed: readonly EntryResult[]): Outcome {
  const verdicts = failed.map((result) => classifyResponse(result.status, outcomeOf(result)));
  verdicts.sort((a, b) => WORST_FIRST.indexOf(a.kind) - WORST_FIRST.indexOf(b.kind));
  return verdicts[0] ?? PROTOCOL;
}

/** An entry has no gateway in front of it: one without an outcome is judged as FHIR all the same. */
function outcomeOf(result: EntryResult): unknown {
  const issue = result.issues.map(({ code, severity }) => ({ code, severity }));
  return { resourceType: 'OperationOutcome', issue };
}

function issuesOf(result: EntryResult, index: number): Issue[] {
  if (result.status < 300) return [];
  const entry = `Bundle.entry[${index}]`;
  const message = `The server refused this entry with ${result.status}.`;
  const status = errorIssue('processing', entry, message);
  return [
    status,
    ...result.issues.map((issue) => ({ ...issue, path: inEntry(entry, issue.path) })),
  ];
}

function inEntry(entry: string, path: string): string {
  if (path === '' || path.startsWith('Bundle.entry')) return path === '' ? entry : path;
  return `${entry}.resource.${path}`;
}
