import { type DeliveryRow, insertDelivery, updateDelivery } from '../store/delivery.ts';
import { firstOpen, headOf, lastOpen, promote, raisePriority } from '../store/lane.ts';
import type { Db } from '../store/tables.ts';

/**
 * Stores a new open row at the end of its lane. It is the head only of an empty lane, and lifts the
 * rows before it to its own priority, because they hold it up. Gives the row id.
 */
export async function openAtEnd(db: Db, row: Omit<DeliveryRow, 'id'>): Promise<number> {
  const last = await lastOpen(db, row);
  if (last && last.priority > row.priority) {
    await raisePriority(db, row, { priority: row.priority, before: Number.MAX_SAFE_INTEGER });
  }
  return insertDelivery(db, { ...row, head: last ? 0 : 1 });
}

/**
 * Puts a held or rejected row back into its lane at the place of its id, due at `runAt` (ms). A row
 * being sent stays the head until it is settled: nothing overtakes it.
 */
export async function requeue(
  db: Db,
  row: DeliveryRow,
  { runAt }: { runAt: number },
): Promise<void> {
  const next = await firstOpen(db, row, row.id);
  const priority = Math.min(row.priority, next?.priority ?? row.priority);
  const previous = await lastOpen(db, row, row.id);
  if (previous && previous.priority > priority) {
    await raisePriority(db, row, { priority, before: row.id });
  }
  const head = await headOf(db, row);
  const first = !head || (head.state === 'queued' && head.id > row.id);
  if (first && head) await updateDelivery(db, head.id, { head: 0 });
  await updateDelivery(db, row.id, {
    state: 'queued',
    head: first ? 1 : 0,
    priority,
    claims: 0,
    run_at: runAt,
    waits_for: null,
    settled_at: null,
  });
}

/** Takes rows that are not being sent out of their lanes, because a newer revision is here. */
export async function supersede(db: Db, rows: readonly DeliveryRow[], now: number): Promise<void> {
  for (const row of rows) {
    await updateDelivery(db, row.id, {
      state: 'superseded',
      head: 0,
      waits_for: null,
      settled_at: now,
    });
  }
  for (const row of rows) {
    if (row.head === 1) await promote(db, row);
  }
}
