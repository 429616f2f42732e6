// Keeps the rows of each ordering key in order: only one open row per key, the head, can be claimed, and
// no row waits for one of lower priority.
import { type DeliveryRow, insertDelivery, updateDelivery } from '../store/delivery.ts';
import { firstOpen, headOf, lastOpen, promoteHead, raisePriority } from '../store/ordering-key.ts';
import type { Db } from '../store/tables.ts';

/**
 * Stores a new open row as the last of its ordering key, and returns its id. It is the head only if
 * the key has no other open row. Rows before it get at least its priority, because it waits for them.
 */
export async function appendToKey(db: Db, row: Omit<DeliveryRow, 'id'>): Promise<number> {
  const last = await lastOpen(db, row);
  if (last && last.priority > row.priority) {
    await raisePriority(db, row, { priority: row.priority, before: Number.MAX_SAFE_INTEGER });
  }
  return insertDelivery(db, { ...row, head: last ? 0 : 1 });
}

/**
 * Queues a held or rejected row again in the order of its id, due at `runAt` (ms). A row being sent
 * stays the head until it is settled.
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
  const isHead = !head || (head.state === 'queued' && head.id > row.id);
  if (isHead && head) await updateDelivery(db, head.id, { head: 0 });
  await updateDelivery(db, row.id, {
    state: 'queued',
    head: isHead ? 1 : 0,
    priority,
    claims: 0,
    run_at: runAt,
    waits_for: null,
    settled_at: null,
  });
}

/** Closes rows that are not being sent, because a newer revision was accepted. */
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
    if (row.head === 1) await promoteHead(db, row);
  }
}
