import type { Issue } from '../errors.ts';
import {
  type Cause,
  competingDeliveries,
  type DeliveryRow,
  type DeliveryState,
  deliveryRow,
  hasDelivered,
  type Loss,
  type RecordAtTarget,
  updateDelivery,
  waitingFor,
} from '../store/delivery.ts';
import { promote } from '../store/lane.ts';
import { recordInLedger, type WrittenResource } from '../store/ledger.ts';
import type { Db } from '../store/tables.ts';
import { replaceVoices, type Said } from '../store/voice.ts';
import { requeue } from './order.ts';

/**
 * What a try came to. `ledger` holds what the target is known to hold now, also after a try that
 * failed half-way; `voices` is all that this record says of shared resources from now on.
 * `runAt` in ms. `waitsFor` is a record of the same source whose delivery to the same target lets
 * this one go on.
 */
export type Settlement =
  | {
      readonly state: 'delivered';
      readonly ledger: readonly WrittenResource[];
      readonly voices: readonly Said[];
      readonly losses: readonly Loss[];
      readonly issues: readonly Issue[];
    }
  | (Unfinished & { readonly state: 'queued'; readonly runAt: number })
  | (Unfinished & { readonly state: 'held'; readonly waitsFor?: string })
  | (Unfinished & { readonly state: 'rejected' });

interface Unfinished {
  readonly cause: Cause;
  readonly issues: readonly Issue[];
  readonly ledger?: readonly WrittenResource[];
}

/** A claim: the attempt number fences it off from later claims of the same delivery. */
export interface Claim {
  readonly id: number;
  readonly attempt: number;
}

/** How many claims in a row may end without an answer before a person must look. */
const MAX_CLAIMS = 5;

const WITHOUT_ANSWER: Issue = {
  severity: 'error',
  code: 'no-answer',
  path: '',
  message: `Claimed ${MAX_CLAIMS} times without an answer; held, because a further try may fail the same way.`,
};

/** The row of a claim that still stands, or undefined once it was settled, given back or lost. */
export async function claimedRow(db: Db, claim: Claim): Promise<DeliveryRow | undefined> {
  const row = await deliveryRow(db, claim.id);
  return row?.state === 'sending' && row.attempt === claim.attempt ? row : undefined;
}

/**
 * Settles a row being sent and makes its lane's next row ready. Gives the state it has now, which is
 * not the one asked for when a newer revision came meanwhile (`superseded`), when what it waits for
 * is delivered already (`queued`), or after too many claims without an answer (`held`).
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
    await replaceVoices(db, { ...key, revision: row.revision }, settlement.voices);
    await leaveSending(db, row, {
      state: 'delivered',
      cause: null,
      claims: 0,
      issues: JSON.stringify(settlement.issues),
      losses: JSON.stringify(settlement.losses),
      settled_at: now,
    });
    for (const waiting of await waitingFor(db, key)) await requeue(db, waiting, { runAt: now });
    return 'delivered';
  }
  const changes = await unfinished(db, row, { settlement, now });
  await leaveSending(db, row, changes);
  return changes.state;
}

/** A claimed row whose worker is gone: nobody knows whether the target has it. */
export async function loseRow(
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
  const changes = await unfinished(db, row, { settlement, now: options.now, unanswered: true });
  await leaveSending(db, row, changes);
  return changes.state;
}

/** Undoes a claim of which nothing was sent: the row is as if it had never been claimed. */
export async function releaseClaim(db: Db, row: DeliveryRow, now: number): Promise<void> {
  const before = { cause: row.cause, runAt: row.run_at, now };
  const unclaimed = { attempt: row.attempt - 1, claims: row.claims - 1 };
  const changes: Changes = (await overtaken(db, row, before))
    ? { ...unclaimed, state: 'superseded', settled_at: now }
    : { ...unclaimed, state: 'queued' };
  await leaveSending(db, row, changes);
}

type Changes = Partial<Omit<DeliveryRow, 'id'>> & { state: DeliveryState };

async function leaveSending(db: Db, row: DeliveryRow, changes: Changes): Promise<void> {
  await updateDelivery(db, row.id, { head: 0, lease_until: null, ...changes });
  await promote(db, row);
}

async function unfinished(
  db: Db,
  row: DeliveryRow,
  given: {
    settlement: Exclude<Settlement, { state: 'delivered' }>;
    now: number;
    unanswered?: boolean;
  },
): Promise<Changes> {
  const { settlement, now } = given;
  const told = { cause: settlement.cause, issues: JSON.stringify(settlement.issues) };
  const runAt = settlement.state === 'queued' ? settlement.runAt : now;
  if (await overtaken(db, row, { cause: settlement.cause, runAt, now })) {
    return { ...told, state: 'superseded', claims: 0, settled_at: now };
  }
  if (settlement.state === 'rejected') {
    return { ...told, state: 'rejected', claims: 0, settled_at: now };
  }
  const released = await releasedAlready(db, row, settlement);
  if (settlement.state === 'held' && !released) {
    return { ...told, state: 'held', claims: 0, waits_for: settlement.waitsFor ?? null };
  }
  // An internal failure and a wait that was over before it began count like a lost claim: without
  // that, a fault on our side would have the row go round for ever.
  const unanswered = given.unanswered || released || settlement.cause === 'internal';
  if (unanswered && row.claims >= MAX_CLAIMS) {
    const issues = JSON.stringify([...settlement.issues, WITHOUT_ANSWER]);
    return { state: 'held', cause: 'internal', issues, claims: 0 };
  }
  return { ...told, state: 'queued', run_at: runAt, ...(unanswered ? {} : { claims: 0 }) };
}

/** True when a newer revision came while this one was sent; it takes over an uncertain outcome. */
async function overtaken(
  db: Db,
  row: DeliveryRow,
  last: { cause: Cause | null; runAt: number; now: number },
): Promise<boolean> {
  const key = recordOf(row);
  const newer = (await competingDeliveries(db, key)).filter(
    (other) => other.revision > row.revision,
  );
  if (last.cause === 'unknown-outcome') {
    for (const heir of newer.filter((other) => other.state === 'queued')) {
      const runAt = Math.max(last.now, heir.run_at, last.runAt);
      await updateDelivery(db, heir.id, { run_at: runAt, cause: 'unknown-outcome' });
    }
  }
  return newer.length > 0;
}

async function releasedAlready(db: Db, row: DeliveryRow, settlement: Settlement): Promise<boolean> {
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
