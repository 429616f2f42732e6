// Durable deliveries from acceptance to the target: queued in order per ordering key, claimed, settled
// and retried. A payload is opaque here. Knows nothing of FHIR, IMS or HTTP.
import { type DeliveryState, deliveryRow, parseDeliveryId } from '../store/delivery.ts';
import { purgePayloads } from '../store/payload.ts';
import { extendLease } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import type { Db } from '../store/tables.ts';
import { type ClaimedDelivery, type ClaimOptions, claimDue, requeueLostClaims } from './claim.ts';
import { assertStorable, type EnqueueResult, enqueueAll, type Submission } from './enqueue.ts';
import { requeue } from './order.ts';
import { type Queries, queries } from './queries.ts';
import { type ClaimId, claimedRow, releaseRow, type Settlement, settleRow } from './settle.ts';

/** The durable deliveries of one store. Every method can throw `store-unavailable`. Times in ms. */
export interface Outbox extends Queries {
  /**
   * Stores a request, all of it or nothing, and returns one result per submission once it is on disk.
   * Throws `invalid-input`, with nothing stored, for text that cannot be stored.
   */
  enqueue(request: readonly Submission[]): Promise<EnqueueResult[]>;
  /** Claims due deliveries. Each must be settled, released or renewed before its lease ends. */
  claim(options: ClaimOptions): Promise<ClaimedDelivery[]>;
  /** Extends a lease to `leaseMs` from now. Returns false if the claim has expired: the worker must then stop. */
  renew(id: string, attempt: number, leaseMs: number): Promise<boolean>;
  /** Undoes a claim before anything was sent; no attempt is counted. False if no longer valid. */
  releaseClaim(id: string, attempt: number): Promise<boolean>;
  /**
   * Records the result of an attempt, including the ledger, in one commit. Returns the new state of the
   * delivery, which can differ from the requested one (see `settleRow`); undefined if the claim is no
   * longer valid, in which case nothing is recorded.
   */
  settle(id: string, attempt: number, settlement: Settlement): Promise<DeliveryState | undefined>;
  /** Queues deliveries whose lease has ended again, as `unknown-outcome`; returns their number. */
  reclaim(): Promise<number>;
  /** At the start of a service: queues again what an earlier process was sending; returns the number. */
  recover(): Promise<number>;
  /** Queues held and rejected deliveries again, due now; returns the ids of those released. */
  release(ids: readonly string[]): Promise<string[]>;
  /**
   * Deletes the content of at most `limit` (default 500) payloads whose deliveries were all delivered or
   * superseded before `settledBefore`; returns their number. Keys and hashes stay.
   */
  purgePayloads(options: { settledBefore: number; limit?: number }): Promise<number>;
  /**
   * Calls `listener`, which must not throw, after each commit that may have changed what is due or the
   * state of a delivery; not after claims and renewals. Returns the function that unsubscribes it.
   */
  subscribe(listener: () => void): () => void;
}

/** Clock and target properties of an outbox. */
export interface OutboxOptions {
  /** The clock, in ms. */
  readonly now?: () => number;
  /** How long a lost request can still take effect at a target, in ms; default 0. */
  readonly lateWriteMs?: (target: string) => number;
}

const PURGE_LIMIT = 500;

/** Creates the outbox of `store`. */
export function createOutbox(store: Store, options: OutboxOptions = {}): Outbox {
  const { now = Date.now, lateWriteMs = () => 0 } = options;
  const listeners = new Set<() => void>();

  async function notifyAfter<T>(commit: Promise<T>): Promise<T> {
    const value = await commit;
    for (const listener of listeners) listener();
    return value;
  }
  return {
    ...queries(store, now),
    ...claimMethods(store, { now, lateWriteMs, notifyAfter }),
    async enqueue(request) {
      assertStorable(request);
      return notifyAfter(store.commit((db) => enqueueAll(db, request, now()), request.length));
    },
    release: (ids) => notifyAfter(store.commit((db) => releaseAll(db, ids, now()), ids.length)),
    purgePayloads: ({ settledBefore, limit = PURGE_LIMIT }) =>
      store.commit((db) => purgePayloads(db, { settledBefore, limit })),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type ClaimMethods = Pick<
  Outbox,
  'claim' | 'renew' | 'releaseClaim' | 'settle' | 'reclaim' | 'recover'
>;

function claimMethods(
  store: Store,
  {
    now,
    lateWriteMs,
    notifyAfter,
  }: Required<OutboxOptions> & { notifyAfter: <T>(commit: Promise<T>) => Promise<T> },
): ClaimMethods {
  async function requeueLost(all: boolean): Promise<number> {
    const lost = store.commit((db) => requeueLostClaims(db, { all, lateWriteMs, now: now() }));
    return (await lost) > 0 ? notifyAfter(lost) : 0;
  }
  return {
    claim: (options) => store.commit((db) => claimDue(db, options, now())),
    renew: (id, attempt, leaseMs) =>
      store.commit((db) => extendLease(db, claimId(id, attempt), now() + leaseMs)),
    releaseClaim: (id, attempt) =>
      notifyAfter(
        store.commit(async (db) => {
          const row = await claimedRow(db, claimId(id, attempt));
          if (row) await releaseRow(db, row, now());
          return row !== undefined;
        }),
      ),
    settle: (id, attempt, settlement) =>
      notifyAfter(
        store.commit(async (db) => {
          const row = await claimedRow(db, claimId(id, attempt));
          return row && settleRow(db, row, { settlement, now: now() });
        }),
      ),
    reclaim: () => requeueLost(false),
    recover: () => requeueLost(true),
  };
}

async function releaseAll(db: Db, ids: readonly string[], now: number): Promise<string[]> {
  const released: string[] = [];
  for (const id of ids) {
    const row = await deliveryRow(db, parseDeliveryId(id) ?? 0);
    if (row?.state !== 'held' && row?.state !== 'rejected') continue;
    await requeue(db, row, { runAt: now });
    released.push(id);
  }
  return released;
}

function claimId(id: string, attempt: number): ClaimId {
  return { id: parseDeliveryId(id) ?? 0, attempt };
}
