// SQL for claims and leases: finds rows that are due, marks them as being sent, extends leases.
import { type RawBuilder, sql } from 'kysely';
import type { DeliveryRow } from './delivery.ts';
import type { Db } from './tables.ts';

/** The priorities of deliveries in the order of sending: 0 is live, 1 is backfill. */
export const PRIORITIES = [0, 1] as const;

/** A row just claimed, with the payload to send. */
export type ClaimedRow = DeliveryRow & { content: string };

/** What to claim: at most `limit` rows of one target and priority that are due at `now` (ms). */
export interface ClaimRequest {
  readonly target: string;
  readonly priority: number;
  readonly limit: number;
  readonly now: number;
  readonly leaseUntil: number;
}

/** Marks due rows as `sending` and returns them, the longest due first. */
export async function claimDueRows(db: Db, request: ClaimRequest): Promise<ClaimedRow[]> {
  const { rows: claimed } = await claimStatement(request).execute(db);
  if (claimed.length === 0) return [];
  const ids = claimed.map((row) => row.id);
  return db
    .selectFrom('delivery')
    .innerJoin('payload', 'payload.id', 'delivery.payload_id')
    .selectAll('delivery')
    .select(sql<string>`payload.content`.as('content'))
    .where('delivery.id', 'in', ids)
    .orderBy('delivery.run_at')
    .orderBy('delivery.id')
    .execute();
}

/**
 * The statement of `claimDueRows`. Two revisions of one record have different ordering keys if the
 * patient was corrected; `not exists` makes the second wait until the first is settled.
 */
export function claimStatement(request: ClaimRequest): RawBuilder<{ id: number }> {
  return sql<{ id: number }>`
    update delivery set state = 'sending', attempt = attempt + 1, claims = claims + 1,
      lease_until = ${request.leaseUntil}
    where id in (
      select due.id from delivery due
      where due.target = ${request.target} and due.priority = ${request.priority}
        and due.head = 1 and due.state = 'queued' and due.run_at <= ${request.now}
        and not exists (
          select 1 from delivery other
          where other.source = due.source and other.record_id = due.record_id
            and other.target = due.target and other.state = 'sending'
        )
      order by due.run_at, due.id limit ${request.limit}
    )
    returning id`;
}

/** The sorted targets with queued rows, due or not. One index seek per target. */
export async function queuedTargets(db: Db): Promise<string[]> {
  const targets: string[] = [];
  for (;;) {
    const { rows } = await sql<{ target: string | null }>`
      select min(target) as target from delivery
      where head = 1 and state = 'queued' and target > ${targets.at(-1) ?? ''}`.execute(db);
    const next = rows[0]?.target;
    if (next === undefined || next === null) return targets;
    targets.push(next);
  }
}

/** True if a row of this target and priority can be claimed at `now` (ms). */
export async function hasDue(
  db: Db,
  request: { target: string; priority: number; now: number },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from delivery
    where target = ${request.target} and priority = ${request.priority}
      and head = 1 and state = 'queued' and run_at <= ${request.now} limit 1`.execute(db);
  return rows.length > 0;
}

/** The rows being sent whose lease has ended by `now` (ms); without `now`, all rows being sent. */
export async function sendingRows(db: Db, now = Number.MAX_SAFE_INTEGER): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select * from delivery where state = 'sending' and lease_until <= ${now}
    order by id`.execute(db);
  return rows;
}

/** Extends the lease of a claim. Returns false if the claim has expired. */
export async function extendLease(
  db: Db,
  claim: { id: number; attempt: number },
  leaseUntil: number,
): Promise<boolean> {
  const result = await db
    .updateTable('delivery')
    .set({ lease_until: leaseUntil })
    .where('id', '=', claim.id)
    .where('attempt', '=', claim.attempt)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
