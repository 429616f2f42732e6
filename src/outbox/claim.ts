// Claims: a worker takes deliveries that are due and owns them for the time of a lease.
import type { Cause } from '../store/delivery.ts';
import {
  type ClaimedRow,
  claimDueRows,
  PRIORITIES,
  queuedTargets,
  sendingRows,
} from '../store/queue.ts';
import type { Db } from '../store/tables.ts';
import { requeueLost } from './settle.ts';

/** A delivery that a worker owns until it settles it, releases the claim or the lease ends. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly target: string;
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
  readonly payload: string;
  /** Number of this claim, required to settle it or to renew its lease. */
  readonly attempt: number;
  /** Why the last attempt failed; after `unknown-outcome` check the target before sending again. */
  readonly cause: Cause | undefined;
}

/** What to claim: at most `limit` rows of `targets` (default: all) in that order, live before backfill. */
export interface ClaimOptions {
  readonly limit: number;
  readonly leaseMs: number;
  readonly targets?: readonly string[];
}

/** Claims what is due at `now` (ms), at most one row per ordering key. */
export async function claimDue(
  db: Db,
  { limit, leaseMs, targets }: ClaimOptions,
  now: number,
): Promise<ClaimedDelivery[]> {
  const claimed: ClaimedDelivery[] = [];
  for (const target of targets ?? (await queuedTargets(db))) {
    for (const priority of PRIORITIES) {
      const remaining = limit - claimed.length;
      if (remaining <= 0) return claimed;
      const request = { target, priority, limit: remaining, now, leaseUntil: now + leaseMs };
      claimed.push(...(await claimDueRows(db, request)).map(toClaimedDelivery));
    }
  }
  return claimed;
}

/**
 * Queues the rows again whose lease has ended by `now` (ms), or with `all` every row being sent, and
 * returns their number. Each is due after `lateWriteMs`: until then, its lost request may still take
 * effect.
 */
export async function requeueLostClaims(
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

function toClaimedDelivery(row: ClaimedRow): ClaimedDelivery {
  return {
    id: String(row.id),
    target: row.target,
    source: row.source,
    recordId: row.record_id,
    revision: row.revision,
    payload: row.content,
    attempt: row.attempt,
    cause: row.cause ?? undefined,
  };
}
