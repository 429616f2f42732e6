// Rows of the delivery table: queries, and the view of a delivery for operators.
import { type Selectable, sql } from 'kysely';
import type { Issue, Loss } from '../errors.ts';
import type { Cause, Db, DeliveryState, DeliveryTable } from './tables.ts';

export type { Cause, DeliveryState } from './tables.ts';

/** A row as the engine returns it. */
export type DeliveryRow = Selectable<DeliveryTable>;

/** A delivery as shown to operators. Times in ms; `cause` is that of the last failed attempt. */
export interface Delivery {
  readonly id: string;
  readonly target: string;
  readonly orderingKey: string;
  readonly priority: 'live' | 'backfill';
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly runAt: number;
  readonly leaseUntil: number | undefined;
  readonly cause: Cause | undefined;
  readonly waitsFor: string | undefined;
  readonly issues: readonly Issue[];
  readonly losses: readonly Loss[];
  readonly createdAt: number;
  readonly settledAt: number | undefined;
}

/** Identifies a record at a target. */
export interface RecordAtTarget {
  readonly target: string;
  readonly source: string;
  readonly recordId: string;
}

/** Selects the deliveries that match all given members, with an id after `after`. */
export interface DeliveryFilter {
  readonly state?: DeliveryState;
  readonly cause?: Cause;
  readonly target?: string;
  readonly source?: string;
  readonly recordId?: string;
  readonly after?: string;
  readonly limit?: number;
}

/** The number of deliveries of one target, state and cause. */
export interface DeliveryCount {
  readonly target: string;
  readonly state: DeliveryState;
  readonly cause: Cause | undefined;
  readonly count: number;
}

const DEFAULT_LIMIT = 100;

/** The row id in a delivery id; undefined if it is not a delivery id. */
export function parseDeliveryId(id: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined;
}

/** The row with this id, or undefined. */
export async function deliveryRow(db: Db, id: number): Promise<DeliveryRow | undefined> {
  return db.selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Stores a new delivery and returns its row id, which is higher than every earlier one. */
export async function insertDelivery(db: Db, row: Omit<DeliveryRow, 'id'>): Promise<number> {
  const { id } = await db
    .insertInto('delivery')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Changes the given columns of one row. */
export async function updateDelivery(
  db: Db,
  id: number,
  changes: Partial<Omit<DeliveryRow, 'id'>>,
): Promise<void> {
  await db.updateTable('delivery').set(changes).where('id', '=', id).execute();
}

/**
 * The deliveries of the same record at the same target that affect `revision`: its own, those of newer
 * revisions, and those of older revisions that could still be sent.
 */
export async function competingDeliveries(
  db: Db,
  key: RecordAtTarget & { revision: number },
): Promise<DeliveryRow[]> {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('source', '=', key.source)
    .where('record_id', '=', key.recordId)
    .where('target', '=', key.target)
    .where((is) =>
      is.or([
        is('revision', '>=', key.revision),
        is('state', 'in', ['queued', 'sending', 'held', 'rejected']),
      ]),
    )
    .orderBy('revision')
    .execute();
}

/** True if any revision of the record was delivered to the target. */
export async function hasDelivered(db: Db, key: RecordAtTarget): Promise<boolean> {
  const row = await db
    .selectFrom('delivery')
    .select('id')
    .where('source', '=', key.source)
    .where('record_id', '=', key.recordId)
    .where('target', '=', key.target)
    .where('state', '=', 'delivered')
    .executeTakeFirst();
  return row !== undefined;
}

/** The highest revision of the record that was delivered to the target, if any. */
export async function highestDelivered(db: Db, key: RecordAtTarget): Promise<number | undefined> {
  const row = await db
    .selectFrom('delivery')
    .select('revision')
    .where('target', '=', key.target)
    .where('source', '=', key.source)
    .where('record_id', '=', key.recordId)
    .where('state', '=', 'delivered')
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.revision;
}

/** The held rows that are released when this record is delivered, in id order. */
export async function rowsWaitingFor(db: Db, key: RecordAtTarget): Promise<DeliveryRow[]> {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('target', '=', key.target)
    .where('source', '=', key.source)
    .where('waits_for', '=', key.recordId)
    .orderBy('id')
    .execute();
}

/** The deliveries that match `filter`, in id order, at most `limit` (default 100). */
export async function listDeliveries(db: Db, filter: DeliveryFilter): Promise<Delivery[]> {
  let query = db.selectFrom('delivery').selectAll().orderBy('id');
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.cause !== undefined) query = query.where('cause', '=', filter.cause);
  if (filter.target !== undefined) query = query.where('target', '=', filter.target);
  if (filter.source !== undefined) query = query.where('source', '=', filter.source);
  if (filter.recordId !== undefined) query = query.where('record_id', '=', filter.recordId);
  if (filter.after !== undefined)
    query = query.where('id', '>', parseDeliveryId(filter.after) ?? 0);
  const rows = await query.limit(filter.limit ?? DEFAULT_LIMIT).execute();
  return rows.map(toDelivery);
}

/** The number of deliveries by target, state and cause. */
export async function countDeliveries(db: Db): Promise<DeliveryCount[]> {
  const { rows } = await sql<DeliveryCount & { cause: Cause | null }>`
    select target, state, cause, count(*) as count from delivery
    group by state, cause, target order by target, state, cause`.execute(db);
  return rows.map((row) => ({ ...row, cause: row.cause ?? undefined }));
}

/** The row as shown to operators. */
export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: String(row.id),
    target: row.target,
    orderingKey: row.ordering_key,
    priority: row.priority === 0 ? 'live' : 'backfill',
    source: row.source,
    recordId: row.record_id,
    revision: row.revision,
    state: row.state,
    attempt: row.attempt,
    runAt: row.run_at,
    leaseUntil: row.lease_until ?? undefined,
    cause: row.cause ?? undefined,
    waitsFor: row.waits_for ?? undefined,
    issues: JSON.parse(row.issues),
    losses: JSON.parse(row.losses),
    createdAt: row.created_at,
    settledAt: row.settled_at ?? undefined,
  };
}
