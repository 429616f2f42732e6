// Deliveries with the same ordering key at a target are sent one at a time, in order: only the head,
// the first open row of the key, may be claimed.
import { type RawBuilder, sql } from 'kysely';
import type { DeliveryRow } from './delivery.ts';
import type { Db } from './tables.ts';

/** An ordering key at its target. */
export type OrderingKey = Pick<DeliveryRow, 'target' | 'ordering_key'>;

/** The columns of an open row that ordering depends on. */
export type OpenRow = Pick<DeliveryRow, 'id' | 'priority' | 'state'>;

// A literal, not a parameter: SQLite uses a partial index only if the query repeats its condition.
const OPEN = sql.raw("state in ('queued', 'sending')");

/** The last open row of the key with an id below `before`, or undefined. */
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

/** The first open row of the key with an id above `after`, or undefined. */
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

/** The head of the key: the row that may be claimed or is being sent; undefined without open rows. */
export async function headOf(
  db: Db,
  { target, ordering_key }: OrderingKey,
): Promise<OpenRow | undefined> {
  const { rows } = await sql<OpenRow>`
    select id, priority, state from delivery
    where target = ${target} and ordering_key = ${ordering_key} and head = 1`.execute(db);
  return rows[0];
}

/** Makes the first open row of the key its head, unless it has one. */
export async function promoteHead(db: Db, key: OrderingKey): Promise<void> {
  await promoteHeadStatement(key).execute(db);
}

/** The statement of `promoteHead`. */
export function promoteHeadStatement({ target, ordering_key }: OrderingKey): RawBuilder<unknown> {
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

/** Raises the key's open rows with an id below `before` to `priority`: a row waits for those before it. */
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
