import { type RawBuilder, sql } from 'kysely';
import type { DeliveryRow } from './delivery.ts';
import type { Db } from './tables.ts';

/** What is delivered in order: one lane of one target. */
export interface Lane {
  readonly target: string;
  readonly lane: string;
}

/** A row's place in its lane. */
export interface Place {
  readonly id: number;
  readonly priority: number;
  readonly state: DeliveryRow['state'];
}

// Written out, never bound: SQLite takes a partial index only where the query repeats its condition.
const OPEN = sql.raw("state in ('queued', 'sending')");

/** The last open row of the lane, or undefined when the lane is empty. */
export async function lastOpen(
  db: Db,
  { target, lane }: Lane,
  before = Number.MAX_SAFE_INTEGER,
): Promise<Place | undefined> {
  const { rows } = await sql<Place>`
    select id, priority, state from delivery
    where target = ${target} and lane = ${lane} and ${OPEN} and id < ${before}
    order by id desc limit 1`.execute(db);
  return rows[0];
}

/** The first open row behind `after`, or undefined. */
export async function firstOpen(
  db: Db,
  { target, lane }: Lane,
  after: number,
): Promise<Place | undefined> {
  const { rows } = await sql<Place>`
    select id, priority, state from delivery
    where target = ${target} and lane = ${lane} and ${OPEN} and id > ${after}
    order by id limit 1`.execute(db);
  return rows[0];
}

/** The row that may be claimed or is being sent, or undefined when the lane is empty. */
export async function headOf(db: Db, { target, lane }: Lane): Promise<Place | undefined> {
  const { rows } = await sql<Place>`
    select id, priority, state from delivery
    where target = ${target} and lane = ${lane} and head = 1`.execute(db);
  return rows[0];
}

/** Makes the lane's first open row its head, unless it has one. */
export async function promote(db: Db, lane: Lane): Promise<void> {
  await promotion(lane).execute(db);
}

/** The statement of `promote`. */
export function promotion({ target, lane }: Lane): RawBuilder<unknown> {
  return sql`
    update delivery set head = 1
    where id = (
        select min(id) from delivery where target = ${target} and lane = ${lane} and ${OPEN}
      )
      and not exists (
        select 1 from delivery where target = ${target} and lane = ${lane} and head = 1
      )`;
}

/** Gives the open rows of the lane before `before` at least `priority`, so that none holds it up. */
export async function raisePriority(
  db: Db,
  { target, lane }: Lane,
  to: { priority: number; before: number },
): Promise<void> {
  await sql`
    update delivery set priority = ${to.priority}
    where target = ${target} and lane = ${lane} and ${OPEN} and id < ${to.before}
      and priority > ${to.priority}`.execute(db);
}
