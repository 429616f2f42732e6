// What a sandbox is told and what it tells: its options, hooks and counts.
import type { Resource } from '@medplum/fhirtypes';

/** A request as the hooks see it; `url` is what follows the base, with its query. */
export interface SandboxRequest {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** What a hook can do instead of the answer: cut the connection, or answer something else. */
export type Fault =
  | { readonly kind: 'cut' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

/** Runs at one point of every request; what it returns is done in place of what would follow. */
// biome-ignore lint/suspicious/noConfusingVoidType: a hook that only waits returns nothing
export type Hook = (request: SandboxRequest) => Promise<Fault | undefined | void>;

/** Where the sandbox listens, what it bears and how tests disturb it. */
export interface SandboxOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  /** Loopback only: the sandbox asks nobody who they are. */
  readonly host?: '127.0.0.1' | '::1';
  /** Resources on a page when the client does not say; 50. */
  readonly pageSize?: number;
  /** Versions of resources held before writes are refused; 200,000. */
  readonly maxVersions?: number;
  readonly maxBodyBytes?: number;
  /** Refuses references to resources it does not hold, and deletes of what is referred to; true. */
  readonly integrity?: boolean;
  /** Before anything is done: a fault here is a request that never arrived. */
  readonly beforeWork?: Hook;
  /** When all is done but not told: a fault here is a lost answer. */
  readonly beforeAnswer?: Hook;
}

/** How often what has happened since the start. */
export interface SandboxCounts {
  requests: number;
  searches: number;
  /** Transactions that were carried out. */
  transactions: number;
  /** Transactions of which nothing was kept. */
  transactionsRefused: number;
  created: number;
  updated: number;
  /** Updates that changed nothing and made no version. */
  unchanged: number;
  deleted: number;
}

/** A running sandbox. */
export interface Sandbox {
  /** Service base, without a slash at its end. */
  readonly base: string;
  /** Live; read it, do not write it. */
  readonly counts: Readonly<SandboxCounts>;
  /** All resources now, or those of one type, without going over HTTP. */
  resources(type?: string): Resource[];
  /** Forgets all resources and their history; counts go on. */
  clear(): void;
  /** Stops listening, cuts open connections and forgets everything. */
  close(): Promise<void>;
}
