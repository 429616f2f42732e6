import type { Cause } from '../store/delivery.ts';
import { type ClaimedRow, queuedTargets, sendingRows, takeDue } from '../store/queue.ts';
import type { Db } from '../store/tables.ts';
import { loseRow } from './settle.ts';

/** A delivery a worker holds until it settles it, gives it back or lets its lease end. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly target: string;
  readonly lane: string;
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
  readonly hash: string;
  readonly payload: string;
  /** Counts the claims of this delivery; settle and renew need it. */
  readonly attempt: number;
  /** Why the last try failed; after `unknown-outcome` look at the target before sending again. */
  readonly cause: Cause | undefined;
}

/** What a worker can take: rows of `targets`, or of all, in the order given, live before backfill. */
export interface ClaimOptions {
  readonly limit: number;
  readonly leaseMs: number;
  readonly targets?: readonly string[];
}

const PRIORITIES = [0, 1];

/** Claims what is due at `now` (ms), at most one row a lane. */
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
 * Queues again the rows whose lease ended before `now` (ms), or with `all` every row being sent, and
 * gives how many. Each is due once its lost try can no longer land, `lateWriteMs` from now.
 */
export async function reclaimLost(
  db: Db,
  options: { now: number; all: boolean; lateWriteMs: (target: string) => number },
): Promise<number> {
  const { now } = options;
  const lost = await sendingRows(db, options.all ? undefined : now);
  for (const row of lost) {
    await loseRow(db, row, { now, runAt: now + options.lateWriteMs(row.target) });
  }
  return lost.length;
}

function toClaimed(row: ClaimedRow): ClaimedDelivery {
  return {
    id: String(row.id),
    target: row.target,
    lane: row.lane,
    source: row.source,
    recordId: row.record_id,
    revision: row.revision,
    hash: row.hash,
    payload: row.content,
    attempt: row.attempt,
    cause: row.cause ?? undefined,
  };
}
