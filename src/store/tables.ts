// Row types of all tables, as the database returns them. A missing value is `null` here and `undefined`
// elsewhere.
import type { Generated, Kysely } from 'kysely';

/** State of a delivery. `queued` and `sending` are open: they have a place in their ordering key. */
export type DeliveryState = 'queued' | 'sending' | 'held' | 'rejected' | 'delivered' | 'superseded';

/**
 * Why a delivery is not complete. In the order of who must act: operator, EMR team, clinic, nobody
 * (it resolves with time), the developers of this program.
 */
export type Cause =
  | 'auth'
  | 'capability'
  | 'policy'
  | 'patient-unmatched'
  | 'patient-ambiguous'
  | 'patient-mismatch'
  | 'practitioner-unmatched'
  | 'encounter-unmatched'
  | 'conflict'
  | 'refused'
  | 'screening-missing'
  | 'throttled'
  | 'unreachable'
  | 'unknown-outcome'
  | 'validation'
  | 'internal';

/** One row per revision of a record; `content` is null once purged. */
export interface PayloadTable {
  id: Generated<number>;
  source: string;
  record_id: string;
  revision: number;
  hash: string;
  content: string | null;
  created_at: number;
}

/** One row per revision of a record and target. Times in ms. */
export interface DeliveryTable {
  id: Generated<number>;
  target: string;
  /** Deliveries of one target with the same key are sent one at a time, in order. */
  ordering_key: string;
  /** 0 live, 1 backfill; never higher than that of a later open row with the same ordering key. */
  priority: number;
  /** 1 on the one row of an ordering key that may be claimed or is being sent. */
  head: number;
  payload_id: number;
  source: string;
  record_id: string;
  revision: number;
  state: DeliveryState;
  /** Number of claims so far; distinguishes an old claim from a new one. */
  attempt: number;
  /** Consecutive claims that ended without an answer. */
  claims: number;
  run_at: number;
  lease_until: number | null;
  cause: Cause | null;
  waits_for: string | null;
  issues: string;
  losses: string;
  created_at: number;
  settled_at: number | null;
}

/** The ledger: what was written where. Ids, hashes and times only, no patient data. */
export interface LedgerTable {
  target: string;
  identifier: string;
  resource_type: string;
  server_id: string;
  version: string | null;
  etag: string | null;
  content_hash: string | null;
  revision: number;
  visit_at: string | null;
  source: string;
  record_id: string;
  state: LedgerState;
}

/** Whether the resource is in use or was retracted. */
export type LedgerState = 'live' | 'retracted';

/** One row for each shared resource that a delivered record contributes to. */
export interface ContributionTable {
  identifier: string;
  target: string;
  source: string;
  record_id: string;
  revision: number;
  visit_at: string;
}

/** The content of a contributing record that shared resources need; kept when its payload is purged. */
export interface ContributorTable {
  target: string;
  source: string;
  record_id: string;
  revision: number;
  content: string;
}

/** The tables by name. */
export interface Tables {
  payload: PayloadTable;
  delivery: DeliveryTable;
  ledger: LedgerTable;
  contribution: ContributionTable;
  contributor: ContributorTable;
}

/** A connection or a transaction. */
export type Db = Kysely<Tables>;
