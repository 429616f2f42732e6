// Settles claims: records the result of an attempt and makes the next delivery of the key ready.
import { errorIssue, type Issue, type Loss } from '../errors.ts';
import { type Contributions, replaceContributions } from '../store/contribution.ts';
import {
  type Cause,
  competingDeliveries,
  type DeliveryRow,
  type DeliveryState,
  deliveryRow,
  hasDelivered,
  type RecordAtTarget,
  rowsWaitingFor,
  updateDelivery,
} from '../store/delivery.ts';
import { recordInLedger, type WrittenResource } from '../store/ledger.ts';
import { promoteHead } from '../store/ordering-key.ts';
import type { Db } from '../store/tables.ts';
import { requeue } from './order.ts';

/**
 * The result of one attempt. `ledger` lists the resources known to be at the target, also after a
 * partial failure; `contributions` replaces everything this record contributes to shared resources.
 * `runAt` in ms. `waitsFor` is a record of the same source whose delivery to the same target releases
 * this one.
 */
export type Settlement =
  | {
      readonly state: 'delivered';
      readonly ledger: readonly WrittenResource[];
      readonly contributions: Contributions | undefined;
      readonly losses: readonly Loss[];
      readonly issues: readonly Issue[];
    }
  | (NotDelivered & { readonly state: 'queued'; readonly runAt: number })
  | (NotDelivered & { readonly state: 'held'; readonly waitsFor?: string })
  | (NotDelivered & { readonly state: 'rejected' });

interface NotDelivered {
  readonly cause: Cause;
  readonly issues: readonly Issue[];
  readonly ledger?: readonly WrittenResource[];
}

/** Identifies a claim: the attempt number distinguishes it from later claims of the same delivery. */
export interface ClaimId {
  readonly id: number;
  readonly attempt: number;
}

/** Consecutive claims without an answer after which a person must release the delivery. */
const MAX_CLAIMS = 5;

const NO_ANSWER = errorIssue(
  'no-answer',
  '',
  `Claimed ${MAX_CLAIMS} times without an answer; held, because another attempt is likely to fail too.`,
);

/** The row of a claim, or undefined once the claim was settled, released or lost. */
export async function claimedRow(db: Db, claim: ClaimId): Promise<DeliveryRow | undefined> {
  const row = await deliveryRow(db, claim.id);
  return row?.state === 'sending' && row.attempt === claim.attempt ? row : undefined;
}

/**
 * Settles a row being sent and makes the next row of its ordering key ready. Returns the new state,
 * which differs from the requested one if a newer revision was accepted meanwhile (`superseded`), if
 * the record it waits for is already delivered (`queued`), or after too many claims without an answer
 * (`held`).
 */
export async function settleRow(
  db: Db,
  row: DeliveryRow,
  options: { settlement: Settlement; now: number },
): Promise<DeliveryState> {
  const { settlement, now } = options;
  const key = { target: row.target, source: row.source, recordId: row.record_id };
  const ledger = (settlement.ledger ?? []).map(({ owner, ...written }) => ({
    ...written,
    ...key,
    revision: row.revision,
    ...owner,
  }));
  await recordInLedger(db, ledger);
  if (settlement.state === 'delivered') {
    await replaceContributions(db, { ...key, revision: row.revision }, settlement.contributions);
    await leaveSending(db, row, {
      state: 'delivered',
      cause: null,
      claims: 0,
      issues: JSON.stringify(settlement.issues),
      losses: JSON.stringify(settlement.losses),
      settled_at: now,
    });
    for (const waiting of await rowsWaitingFor(db, key)) await requeue(db, waiting, { runAt: now });
    return 'delivered';
  }
  const changes = await changesIfNotDelivered(db, row, { settlement, now });
  await leaveSending(db, row, changes);
  return changes.state;
}

/** Queues a row again whose worker stopped or lost its lease. Its outcome at the target is unknown. */
export async function requeueLost(
  db: Db,
  row: DeliveryRow,
  options: { runAt: number; now: number },
): Promise<DeliveryState> {
  const settlement: Settlement = {
    state: 'queued',
    cause: 'unknown-outcome',
    runAt: options.runAt,
    issues: [],
  };
  const changes = await changesIfNotDelivered(db, row, {
    settlement,
    now: options.now,
    unanswered: true,
  });
  await leaveSending(db, row, changes);
  return changes.state;
}

/** Undoes a claim before anything was sent: the row is queued again, and the claim is not counted. */
export async function releaseRow(db: Db, row: DeliveryRow, now: number): Promise<void> {
  const before = { cause: row.cause, runAt: row.run_at, now };
  const unclaimed = { attempt: row.attempt - 1, claims: row.claims - 1 };
  const changes: Changes = (await isSuperseded(db, row, before))
    ? { ...unclaimed, state: 'superseded', settled_at: now }
    : { ...unclaimed, state: 'queued' };
  await leaveSending(db, row, changes);
}

type Changes = Partial<Omit<DeliveryRow, 'id'>> & { state: DeliveryState };

async function leaveSending(db: Db, row: DeliveryRow, changes: Changes): Promise<void> {
  await updateDelivery(db, row.id, { head: 0, lease_until: null, ...changes });
  await promoteHead(db, row);
}

async function changesIfNotDelivered(
  db: Db,
  row: DeliveryRow,
  attempt: {
    settlement: Exclude<Settlement, { state: 'delivered' }>;
    now: number;
    unanswered?: boolean;
  },
): Promise<Changes> {
  const { settlement, now } = attempt;
  const result = { cause: settlement.cause, issues: JSON.stringify(settlement.issues) };
  const runAt = settlement.state === 'queued' ? settlement.runAt : now;
  if (await isSuperseded(db, row, { cause: settlement.cause, runAt, now })) {
    return { ...result, state: 'superseded', claims: 0, settled_at: now };
  }
  if (settlement.state === 'rejected') {
    return { ...result, state: 'rejected', claims: 0, settled_at: now };
  }
  const isWaitOver = await isAwaitedDelivered(db, row, settlement);
  if (settlement.state === 'held' && !isWaitOver) {
    return { ...result, state: 'held', claims: 0, waits_for: settlement.waitsFor ?? null };
  }
  // An internal failure, or a wait for a record that is already delivered, counts as a claim without
  // an answer: otherwise an error in this program would retry the row endlessly.
  const unanswered = attempt.unanswered || isWaitOver || settlement.cause === 'internal';
  if (unanswered && row.claims >= MAX_CLAIMS) {
    const issues = JSON.stringify([...settlement.issues, NO_ANSWER]);
    return { state: 'held', cause: 'internal', issues, claims: 0 };
  }
  return { ...result, state: 'queued', run_at: runAt, ...(unanswered ? {} : { claims: 0 }) };
}

/**
 * True if a newer revision was accepted meanwhile. If the outcome of the last attempt is unknown, queued
 * newer revisions inherit that, so that they wait until it can no longer take effect.
 */
async function isSuperseded(
  db: Db,
  row: DeliveryRow,
  last: { cause: Cause | null; runAt: number; now: number },
): Promise<boolean> {
  const key = recordOf(row);
  const newer = (await competingDeliveries(db, key)).filter(
    ({ revision }) => revision > row.revision,
  );
  if (last.cause === 'unknown-outcome') {
    for (const next of newer.filter(({ state }) => state === 'queued')) {
      const runAt = Math.max(last.now, next.run_at, last.runAt);
      await updateDelivery(db, next.id, { run_at: runAt, cause: 'unknown-outcome' });
    }
  }
  return newer.length > 0;
}

async function isAwaitedDelivered(
  db: Db,
  row: DeliveryRow,
  settlement: Settlement,
): Promise<boolean> {
  if (settlement.state !== 'held' || settlement.waitsFor === undefined) return false;
  return hasDelivered(db, { ...recordOf(row), recordId: settlement.waitsFor });
}

function recordOf(row: DeliveryRow): RecordAtTarget & { revision: number } {
  return {
    target: row.target,
    source: row.source,
    recordId: row.record_id,
    revision: row.revision,
  };
}
