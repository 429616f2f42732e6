// The options, hooks and counts of a sandbox.
import type { Resource } from '@medplum/fhirtypes';

/** A request as passed to the hooks; `url` is relative to the base and includes the query. */
export interface SandboxRequest {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** What a hook can do in place of the response: cut the connection, or send another response. */
export type Fault =
  | { readonly kind: 'cut' }
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

/** Runs at one point of every request; if it returns a fault, the request ends with that fault. */
// biome-ignore lint/suspicious/noConfusingVoidType: a hook that only waits returns nothing
export type Hook = (request: SandboxRequest) => Promise<Fault | undefined | void>;

/** Where the sandbox listens, its limits, and the faults that tests inject. */
export interface SandboxOptions {
  /** The port to listen on; 0 selects a free one. */
  readonly port?: number;
  /** Loopback only: the sandbox has no authentication. */
  readonly host?: '127.0.0.1' | '::1';
  /** Resources on a page of a search without `_count`. Default: 50. */
  readonly pageSize?: number;
  /** Maximum number of stored versions, after which writes are rejected. Default: 200,000. */
  readonly maxVersions?: number;
  readonly maxBodyBytes?: number;
  /** Rejects references to missing resources, and deletions of referenced ones. Default: true. */
  readonly integrity?: boolean;
  /** Before the request is handled: a fault here is like a request that never arrived. */
  readonly beforeHandling?: Hook;
  /** After the request is handled: a fault here is like a lost response. */
  readonly beforeResponse?: Hook;
}

/** Counts since the start. */
export interface SandboxCounts {
  requests: number;
  searches: number;
  /** Transactions that succeeded. */
  transactions: number;
  /** Transactions that failed and changed nothing. */
  transactionsFailed: number;
  created: number;
  updated: number;
  /** Updates that changed nothing and created no version. */
  unchanged: number;
  deleted: number;
}

/** A running sandbox. */
export interface Sandbox {
  /** Service base, without a trailing slash. */
  readonly base: string;
  /** Updated while the sandbox runs. */
  readonly counts: Readonly<SandboxCounts>;
  /** All current resources, or those of one type, without HTTP. */
  resources(type?: string): Resource[];
  /** Deletes all resources and their history; counts continue. */
  clear(): void;
  /** Stops listening, cuts open connections and deletes everything. */
  close(): Promise<void>;
}
