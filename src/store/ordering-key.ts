// Deliveries with the same ordering key at a target go one at a time, in order: the head is the only
// one that may be claimed.
import { type RawBuilder, sql } from 'kysely';
import type { DeliveryRow } from './delivery.ts';
import type { Db } from './tables.ts';

/** An ordering key at its target. */
export type OrderingKey = Pick<DeliveryRow, 'target' | 'ordering_key'>;

/** An open row with what ordering needs of it. */
export type OpenRow = Pick<DeliveryRow, 'id' | 'priority' | 'state'>;

// A literal, not a parameter: SQLite uses a partial index only if the query repeats its condition.
const OPEN = sql.raw("state in ('queued', 'sending')");

/** The last open row of the key before the row `before`, or undefined if it has none. */
export async function lastOpen(
  db: Db,
  { target, ordering_key }: OrderingKey,
  before = Number.MAX_SAFE_INTEGER,
): Promise<OpenRow | undefined> {
  const { rows } = await sql<OpenRow>`
    select id, priority, state from delivery
    where target = ${target} and ordering_key = ${ordering_key} and ${OPEN} and id < ${before}
    order by id desc limit 1`.execute(db);
  return rows[0];
}

/** The first open row of the key after the row `after`, or undefined. */
export async function firstOpen(
  db: Db,
  { target, ordering_key }: OrderingKey,
  after: number,
): Promise<OpenRow | undefined> {
  const { rows } = await sql<OpenRow>`
    select id, priority, state from delivery
    where target = ${target} and ordering_key = ${ordering_key} and ${OPEN} and id > ${after}
    order by id limit 1`.execute(db);
  return rows[0];
}

/** The row that may be claimed or is being sent, or undefined if the key has no open row. */
export async function headOf(
  db: Db,
  { target, ordering_key }: OrderingKey,
): Promise<OpenRow | undefined> {
  const { rows } = await sql<OpenRow>`
    select id, priority, state from delivery
    where target = ${target} and ordering_key = ${ordering_key} and head = 1`.execute(db);
  return rows[0];
}

/** Makes the key's first open row its head, unless it has a head. */
export async function promote(db: Db, key: OrderingKey): Promise<void> {
  await promotion(key).execute(db);
}

/** The statement of `promote`. */
export function promotion({ target, ordering_key }: OrderingKey): RawBuilder<unknown> {
  return sql`
    update delivery set head = 1
    where id = (
        select min(id) from delivery
        where target = ${target} and ordering_key = ${ordering_key} and ${OPEN}
      )
      and not exists (
        select 1 from delivery
        where target = ${target} and ordering_key = ${ordering_key} and head = 1
      )`;
}

/** Gives the key's open rows before `before` at least `priority`, so that none delays that row. */
export async function raisePriority(
  db: Db,
  { target, ordering_key }: OrderingKey,
  to: { priority: number; before: number },
): Promise<void> {
  await sql`
    update delivery set priority = ${to.priority}
    where target = ${target} and ordering_key = ${ordering_key} and ${OPEN} and id < ${to.before}
      and priority > ${to.priority}`.execute(db);
}
