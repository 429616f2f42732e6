// Reads deliveries, payloads, the ledger and contributions from the store, without a transaction.
import {
  type Contribution,
  contributionsOf,
  contributionsTo,
  contributorContents,
  type RecordsAtTarget,
} from '../store/contribution.ts';
import {
  countDeliveries,
  type Delivery,
  type DeliveryCount,
  type DeliveryFilter,
  deliveryRow,
  highestDelivered,
  listDeliveries,
  parseDeliveryId,
  toDelivery,
} from '../store/delivery.ts';
import { type LedgerEntry, ledgerEntries, ledgerOfRecord } from '../store/ledger.ts';
import { readPayload, type StoredPayload } from '../store/payload.ts';
import { hasDue, PRIORITIES, queuedTargets, sendingRows } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import type { Db } from '../store/tables.ts';

/** The queries of an outbox. */
export interface Queries {
  /** The delivery, or undefined for an unknown id. */
  delivery(id: string): Promise<Delivery | undefined>;
  /** Deliveries by state, cause, target or record, oldest first, at most `limit` (default 100). */
  list(filter: DeliveryFilter): Promise<Delivery[]>;
  /** The number of deliveries by target, state and cause. */
  counts(): Promise<DeliveryCount[]>;
  /** The highest revision of the record delivered to the target, if any. */
  deliveredRevision(target: string, source: string, recordId: string): Promise<number | undefined>;
  /** An accepted revision with its content, or undefined. */
  payload(source: string, recordId: string, revision: number): Promise<StoredPayload | undefined>;
  /** The ledger entries of `identifiers` at `target`; unknown identifiers are left out. */
  ledgerEntries(target: string, identifiers: readonly string[]): Promise<LedgerEntry[]>;
  /** The resources at `target` that this record was the last to change, live or retracted. */
  ledgerOf(target: string, source: string, recordId: string): Promise<LedgerEntry[]>;
  /** What delivered records contribute to the shared resources `identifiers`, earliest visit first. */
  contributionsTo(target: string, identifiers: readonly string[]): Promise<Contribution[]>;
  /** What these records contribute to shared resources. */
  contributionsOf(records: RecordsAtTarget): Promise<Contribution[]>;
  /** The stored content of these records, by record id; records without content are left out. */
  contributorContents(records: RecordsAtTarget): Promise<Map<string, string>>;
  /** The targets with queued deliveries, due or not. */
  queuedTargets(): Promise<string[]>;
  /** True if a delivery can be claimed now or is being sent. */
  busy(): Promise<boolean>;
}

/** Creates the queries of `store`. `now` in ms. */
export function queries(store: Store, now: () => number): Queries {
  return {
    delivery: (id) =>
      store.read(async (db) => {
        const row = await deliveryRow(db, parseDeliveryId(id) ?? 0);
        return row && toDelivery(row);
      }),
    list: (filter) => store.read((db) => listDeliveries(db, filter)),
    counts: () => store.read(countDeliveries),
    deliveredRevision: (target, source, recordId) =>
      store.read((db) => highestDelivered(db, { target, source, recordId })),
    payload: (source, recordId, revision) =>
      store.read((db) => readPayload(db, { source, recordId, revision })),
    ledgerEntries: (target, identifiers) =>
      store.read((db) => ledgerEntries(db, target, identifiers)),
    ledgerOf: (target, source, recordId) =>
      store.read((db) => ledgerOfRecord(db, { target, source, recordId })),
    contributionsTo: (target, identifiers) =>
      store.read((db) => contributionsTo(db, target, identifiers)),
    contributionsOf: (records) => store.read((db) => contributionsOf(db, records)),
    contributorContents: (records) => store.read((db) => contributorContents(db, records)),
    queuedTargets: () => store.read(queuedTargets),
    busy: () => store.read((db) => isBusy(db, now())),
  };
}

async function isBusy(db: Db, now: number): Promise<boolean> {
  if ((await sendingRows(db)).length > 0) return true;
  for (const target of await queuedTargets(db)) {
    for (const priority of PRIORITIES) {
      if (await hasDue(db, { target, priority, now })) return true;
    }
  }
  return false;
}
