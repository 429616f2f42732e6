import {
  type Contribution,
  contributionsOf,
  contributionsTo,
  contributorContents,
} from '../store/contribution.ts';
import {
  countDeliveries,
  type Delivery,
  type DeliveryCount,
  type DeliveryFilter,
  deliveriesOfRecord,
  deliveryRow,
  hasDelivered,
  highestDelivered,
  listDeliveries,
  rowNumber,
  toDelivery,
} from '../store/delivery.ts';
import { type LedgerEntry, ledgerEntries, ledgerOfRecord } from '../store/ledger.ts';
import { highestRevision, readPayload, type StoredPayload } from '../store/payload.ts';
import { hasDue, queuedTargets, sendingRows } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import type { Db } from '../store/tables.ts';

/** Some records of one source at one target. */
export interface RecordsAtTarget {
  readonly target: string;
  readonly source: string;
  readonly recordIds: readonly string[];
}

/** The look-ups of an outbox. */
export interface Queries {
  /** The delivery, or undefined for an id that was never given. */
  delivery(id: string): Promise<Delivery | undefined>;
  /** Every delivery of a record, oldest first. */
  deliveriesOf(source: string, recordId: string): Promise<Delivery[]>;
  /** Deliveries by state, cause, target or record, oldest first, at most 100 unless told. */
  list(filter: DeliveryFilter): Promise<Delivery[]>;
  /** How many there are by target, state and cause. */
  counts(): Promise<DeliveryCount[]>;
  /** True when some revision of the record has been delivered to the target. */
  isDelivered(target: string, source: string, recordId: string): Promise<boolean>;
  /** The highest revision of the record delivered to the target, if any. */
  deliveredRevision(target: string, source: string, recordId: string): Promise<number | undefined>;
  /** The highest revision accepted, or undefined for a record never seen. */
  latestRevision(source: string, recordId: string): Promise<number | undefined>;
  /** An accepted revision with its content, or undefined when it was never accepted. */
  payload(source: string, recordId: string, revision: number): Promise<StoredPayload | undefined>;
  /** What is known of `identifiers` at `target`; unknown ones are left out. */
  ledgerEntries(target: string, identifiers: readonly string[]): Promise<LedgerEntry[]>;
  /** Everything at `target` that this record changed last, live or retracted. */
  ledgerOf(target: string, source: string, recordId: string): Promise<LedgerEntry[]>;
  /** What delivered records contribute to the shared resources `identifiers`, earliest visit first. */
  contributionsTo(target: string, identifiers: readonly string[]): Promise<Contribution[]>;
  /** What these records contribute to shared resources. */
  contributionsOf(records: RecordsAtTarget): Promise<Contribution[]>;
  /** The kept content of these records by record id; those without kept content are left out. */
  contributorContents(records: RecordsAtTarget): Promise<Map<string, string>>;

  /** The targets with something queued, due or not. */
  queuedTargets(): Promise<string[]>;
  /** True while something can be claimed now or is being sent. */
  busy(): Promise<boolean>;
}

/** The look-ups in `store`; `now` gives ms. */
export function queries(store: Store, now: () => number): Queries {
  return {
    delivery: (id) =>
      store.read(async (db) => {
        const row = await deliveryRow(db, rowNumber(id) ?? 0);
        return row && toDelivery(row);
      }),
    deliveriesOf: (source, recordId) =>
      store.read((db) => deliveriesOfRecord(db, source, recordId)),
    list: (filter) => store.read((db) => listDeliveries(db, filter)),
    counts: () => store.read(countDeliveries),
    isDelivered: (target, source, recordId) =>
      store.read((db) => hasDelivered(db, { target, source, recordId })),
    deliveredRevision: (target, source, recordId) =>
      store.read((db) => highestDelivered(db, { target, source, recordId })),
    latestRevision: (source, recordId) => store.read((db) => highestRevision(db, source, recordId)),
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
    for (const priority of [0, 1]) {
      if (await hasDue(db, { target, priority, now })) return true;
    }
  }
  return false;
}
