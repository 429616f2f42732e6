// The shape of every table, as the engine holds it: `null` is used here and nowhere above.
import type { Generated, Kysely } from 'kysely';

/** Where a delivery stands. `queued` and `sending` are open: they have a place in their lane. */
export type DeliveryState = 'queued' | 'sending' | 'held' | 'rejected' | 'delivered' | 'superseded';

/** Why a delivery is not done: grouped by who mends it, being operator, EMR team, clinic, time, us. */
export type Cause =
  | 'auth'
  | 'capability'
  | 'policy'
  | 'too-large'
  | 'operator-hold'
  | 'patient-unmatched'
  | 'patient-ambiguous'
  | 'patient-mismatch'
  | 'practitioner-unmatched'
  | 'encounter-unmatched'
  | 'reference'
  | 'conflict'
  | 'refused'
  | 'screening-missing'
  | 'throttled'
  | 'unreachable'
  | 'unknown-outcome'
  | 'validation'
  | 'internal';

/** One row per revision of a record; `content` is null once forgotten. */
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
  lane: string;
  /** 0 live, 1 backfill; never higher than that of a later open row of the lane. */
  priority: number;
  /** 1 on the one row of a lane that may be claimed or is being sent. */
  head: number;
  payload_id: number;
  source: string;
  record_id: string;
  revision: number;
  state: DeliveryState;
  /** Counts claims for ever: the fence between an old claim and a new one. */
  attempt: number;
  /** Claims since the last one that ended with an answer. */
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

/** What was written where. Holds no values: ids, hashes and times only. */
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

/** Whether the resource stands or was withdrawn. */
export type LedgerState = 'live' | 'retracted';

/** What delivered records say of shared resources; the latest visit's voice decides. */
export interface VoiceTable {
  target: string;
  identifier: string;
  source: string;
  record_id: string;
  revision: number;
  visit_at: string;
  says: 'stands' | 'ends';
}

/** The tables by name. */
export interface Tables {
  payload: PayloadTable;
  delivery: DeliveryTable;
  ledger: LedgerTable;
  voice: VoiceTable;
}

/** A connection or a transaction: what each table's functions take first. */
export type Db = Kysely<Tables>;
