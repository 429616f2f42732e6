import type { Cause } from '../store/delivery.ts';
import { type ClaimedRow, queuedTargets, sendingRows, takeDue } from '../store/queue.ts';
import type { Db } from '../store/tables.ts';
import { requeueLost } from './settle.ts';

/** A delivery that a worker owns until it settles it, releases it or its lease expires. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly target: string;
  readonly orderingKey: string;
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
  readonly hash: string;
  readonly payload: string;
  /** Number of this claim; settle and renew need it. */
  readonly attempt: number;
  /** Why the last attempt failed; after `unknown-outcome` check the target before sending again. */
  readonly cause: Cause | undefined;
}

/** What to claim: rows of `targets` (default: all) in that order, live before backfill. */
export interface ClaimOptions {
  readonly limit: number;
  readonly leaseMs: number;
  readonly targets?: readonly string[];
}

const PRIORITIES = [0, 1];

/** Claims what is due at `now` (ms), at most one row per ordering key. */
export async function claimDue(
  db: Db,
  { limit, leaseMs, targets }: ClaimOptions,
  now: number,
): Promise<ClaimedDelivery[]> {
  const claimed: ClaimedDelivery[] = [];
  for (const target of targets ?? (await queuedTargets(db))) {
    for (const priority of PRIORITIES) {
      const room = limit - claimed.length;
      if (room <= 0) return claimed;
      const request = { target, priority, limit: room, now, leaseUntil: now + leaseMs };
      claimed.push(...(await takeDue(db, request)).map(toClaimed));
    }
  }
  return claimed;
}

/**
 * Queues the rows again whose lease ended before `now` (ms), or with `all` every row being sent, and
 * returns their number. Each is due when its lost request can no longer take effect, `lateWriteMs`
 * from now.
 */
export async function reclaimLost(
  db: Db,
  options: { now: number; all: boolean; lateWriteMs: (target: string) => number },
): Promise<number> {
  const { now } = options;
  const lost = await sendingRows(db, options.all ? undefined : now);
  for (const row of lost) {
    await requeueLost(db, row, { now, runAt: now + options.lateWriteMs(row.target) });
  }
  return lost.length;
}

function toClaimed(row: ClaimedRow): ClaimedDelivery {
  return {
    id: String(row.id),
    target: row.target,
    orderingKey: row.ordering_key,
    source: row.source,
    recordId: row.record_id,
    revision: row.revision,
    hash: row.hash,
    payload: row.content,
    attempt: row.attempt,
    cause: row.cause ?? undefined,
  };
}
