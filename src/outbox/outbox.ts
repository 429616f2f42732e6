// Between accepting a record and its being in every target: durable deliveries, in order per lane,
// claimed, settled and retried. A payload is opaque here; knows nothing of FHIR, IMS or HTTP.

import { type DeliveryState, deliveryRow, rowNumber } from '../store/delivery.ts';
import { purgePayloads } from '../store/payload.ts';
import { prolong } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import type { Db } from '../store/tables.ts';
import { type ClaimedDelivery, type ClaimOptions, claimDue, reclaimLost } from './claim.ts';
import { enqueueAll, type Submission, type Submitted } from './enqueue.ts';
import { requeue } from './order.ts';
import { type Queries, queries } from './queries.ts';
import { type ClaimId, claimedRow, releaseRow, type Settlement, settleRow } from './settle.ts';
import { refuseUnstorable } from './storable.ts';

/** The durable deliveries of one store. Every method may throw `store-unavailable`. Times in ms. */
export interface Outbox extends Queries {
  /**
   * Keeps one caller's request, all of it or nothing, and answers per submission once it is on disk.
   * Throws `invalid-input`, with nothing kept, for text that cannot be stored.
   */
  enqueue(request: readonly Submission[]): Promise<Submitted[]>;
  /** Takes what is due. Each must be settled, given back or renewed before its lease ends. */
  claim(options: ClaimOptions): Promise<ClaimedDelivery[]>;
  /** Prolongs a lease from now; false when the claim no longer stands and its work must stop. */
  renew(id: string, attempt: number, leaseMs: number): Promise<boolean>;
  /** Undoes a claim of which nothing was sent; no attempt is lost. False when it no longer stands. */
  releaseClaim(id: string, attempt: number): Promise<boolean>;
  /**
   * Records what a try came to, ledger and all in one commit. Gives the state the delivery has now
   * (see `settleRow` for when it is another than asked), or undefined when the claim no longer
   * stands, and then nothing is recorded.
   */
  settle(id: string, attempt: number, settlement: Settlement): Promise<DeliveryState | undefined>;
  /** Queues again what was claimed and whose lease ended, as `unknown-outcome`; gives how many. */
  reclaim(): Promise<number>;
  /** At the start of a service: queues again what a process now gone was sending; gives how many. */
  recover(): Promise<number>;
  /** Queues held and rejected deliveries again, now; gives the ids it did so for. */
  release(ids: readonly string[]): Promise<string[]>;
  /**
   * Deletes the content of payloads, at most `limit` (500), all of whose deliveries were delivered or
   * superseded before `settledBefore`; gives how many. Keys and hashes stay.
   */
  purgePayloads(options: { settledBefore: number; limit?: number }): Promise<number>;
  /**
   * Calls `listener`, which must not throw, after each commit that changed what is due or what became
   * of a delivery; claims and renewals are not told. Gives how to stop that.
   */
  subscribe(listener: () => void): () => void;
}

/** What an outbox takes from outside. */
export interface OutboxOptions {
  /** The store's clock in ms. */
  readonly now?: () => number;
  /** How long a try that was lost can still take effect at a target, in ms; none unless told. */
  readonly lateWriteMs?: (target: string) => number;
}

const PURGE_LIMIT = 500;

/** The outbox in `store`. */
export function createOutbox(store: Store, options: OutboxOptions = {}): Outbox {
  const { now = Date.now, lateWriteMs = () => 0 } = options;
  const listeners = new Set<() => void>();

  async function told<T>(committed: Promise<T>): Promise<T> {
    const value = await committed;
    for (const listener of listeners) listener();
    return value;
  }
  return {
    ...queries(store, now),
    ...claims(store, { now, lateWriteMs, told }),
    async enqueue(request) {
      refuseUnstorable(request);
      return told(store.commit((db) => enqueueAll(db, request, now()), request.length));
    },
    release: (ids) => told(store.commit((db) => releaseAll(db, ids, now()), ids.length)),
    purgePayloads: ({ settledBefore, limit = PURGE_LIMIT }) =>
      store.commit((db) => purgePayloads(db, { settledBefore, limit })),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type Claims = Pick<Outbox, 'claim' | 'renew' | 'releaseClaim' | 'settle' | 'reclaim' | 'recover'>;

function claims(
  store: Store,
  {
    now,
    lateWriteMs,
    told,
  }: Required<OutboxOptions> & { told: <T>(committed: Promise<T>) => Promise<T> },
): Claims {
  async function reclaim(all: boolean): Promise<number> {
    const lost = store.commit((db) => reclaimLost(db, { all, lateWriteMs, now: now() }));
    return (await lost) > 0 ? told(lost) : 0;
  }
  return {
    claim: (wanted) => store.commit((db) => claimDue(db, wanted, now())),
    renew: (id, attempt, leaseMs) =>
      store.commit((db) => prolong(db, toClaim(id, attempt), now() + leaseMs)),
    releaseClaim: (id, attempt) =>
      told(
        store.commit(async (db) => {
          const row = await claimedRow(db, toClaim(id, attempt));
          if (row) await releaseRow(db, row, now());
          return row !== undefined;
        }),
      ),
    settle: (id, attempt, settlement) =>
      told(
        store.commit(async (db) => {
          const row = await claimedRow(db, toClaim(id, attempt));
          return row && settleRow(db, row, { settlement, now: now() });
        }),
      ),
    reclaim: () => reclaim(false),
    recover: async () => (store.exclusive ? reclaim(true) : 0),
  };
}

async function releaseAll(db: Db, ids: readonly string[], now: number): Promise<string[]> {
  const released: string[] = [];
  for (const id of ids) {
    const row = await deliveryRow(db, rowNumber(id) ?? 0);
    if (row?.state !== 'held' && row?.state !== 'rejected') continue;
    await requeue(db, row, { runAt: now });
    released.push(id);
  }
  return released;
}

function toClaim(id: string, attempt: number): ClaimId {
  return { id: rowNumber(id) ?? 0, attempt };
}
