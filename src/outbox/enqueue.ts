import {
  type Cause,
  competingDeliveries,
  type DeliveryRow,
  type DeliveryState,
  insertDelivery,
} from '../store/delivery.ts';
import { findPayload, insertPayload, restorePayload } from '../store/payload.ts';
import type { Db } from '../store/tables.ts';
import { openAtEnd, requeue, supersede } from './order.ts';

/** One revision of one record, to be delivered once to each target named. */
export interface Submission {
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
  /** Equal for equal content: what tells a resend from a conflict. */
  readonly hash: string;
  readonly payload: string;
  /** The targets; deliveries with the same ordering key are sent in order. */
  readonly targets: readonly { readonly target: string; readonly orderingKey: string }[];
  /** `live` unless told; backfill is sent when nothing live is due. */
  readonly priority?: 'live' | 'backfill';
}

/**
 * What became of a submission. `duplicate`: this revision was here with the same content.
 * `revision-conflict`: it was here with other content, and nothing is kept. `deliveries` are those of
 * this revision for the targets named, as they stand after the commit.
 */
export interface Submitted {
  readonly status: 'accepted' | 'duplicate' | 'revision-conflict';
  readonly deliveries: readonly SubmittedDelivery[];
}

/** A delivery a submission stands for. */
interface SubmittedDelivery {
  readonly id: string;
  readonly target: string;
  readonly state: DeliveryState;
  readonly cause: Cause | undefined;
}

/** Stores the submissions of one caller's request in their order, within the caller's transaction. */
export async function enqueueAll(
  db: Db,
  request: readonly Submission[],
  now: number,
): Promise<Submitted[]> {
  const overtaken = new Set<string>();
  const answers: Submitted[] = [];
  for (const submission of request) {
    answers.push(await enqueueOne(db, submission, { now, overtaken }));
  }
  return answers.map((answer) => ({
    status: answer.status,
    deliveries: answer.deliveries.map((delivery) =>
      overtaken.has(delivery.id) ? { ...delivery, state: 'superseded' } : delivery,
    ),
  }));
}

/** `overtaken` collects the ids superseded so far, also those of earlier lines of the request. */
interface Progress {
  readonly now: number;
  readonly overtaken: Set<string>;
}

async function enqueueOne(db: Db, submission: Submission, progress: Progress): Promise<Submitted> {
  const known = await findPayload(db, submission);
  if (known && known.hash !== submission.hash) {
    return { status: 'revision-conflict', deliveries: [] };
  }
  const payloadId =
    known?.id ?? (await insertPayload(db, { ...submission, createdAt: progress.now }));
  const deliveries: SubmittedDelivery[] = [];
  for (const target of submission.targets) {
    deliveries.push(await deliverTo(db, { ...submission, ...target, payloadId }, progress));
  }
  if (known?.isPurged && deliveries.some((delivery) => delivery.state === 'queued')) {
    await restorePayload(db, payloadId, submission.payload);
  }
  return { status: known ? 'duplicate' : 'accepted', deliveries };
}

type ForOneTarget = Submission & { target: string; orderingKey: string; payloadId: number };

async function deliverTo(
  db: Db,
  wanted: ForOneTarget,
  progress: Progress,
): Promise<SubmittedDelivery> {
  const others = await competingDeliveries(db, wanted);
  const own = others.find((row) => row.revision === wanted.revision);
  if (own) {
    if (own.state === 'rejected') await requeue(db, own, { runAt: progress.now });
    const state = own.state === 'rejected' ? 'queued' : own.state;
    return { id: String(own.id), target: wanted.target, state, cause: own.cause ?? undefined };
  }
  if (others.some((row) => row.revision > wanted.revision)) {
    const row = { ...newRow(wanted, progress.now), settled_at: progress.now };
    const id = await insertDelivery(db, { ...row, state: 'superseded' });
    return { id: String(id), target: wanted.target, state: 'superseded', cause: undefined };
  }
  const stale = others.filter((row) => row.state !== 'sending');
  await supersede(db, stale, progress.now);
  for (const row of stale) progress.overtaken.add(String(row.id));
  const row = { ...newRow(wanted, progress.now), ...inherited(stale, progress.now) };
  const id = await openAtEnd(db, row);
  return {
    id: String(id),
    target: wanted.target,
    state: 'queued',
    cause: row.cause ?? undefined,
  };
}

/**
 * What a newer revision takes over from those it supersedes: while nobody knows what became of the
 * older one's last try, the newer one may not be sent before that try can no longer land.
 */
function inherited(stale: readonly DeliveryRow[], now: number): { cause?: Cause; run_at?: number } {
  const uncertain = stale.filter((row) => row.cause === 'unknown-outcome');
  if (uncertain.length === 0) return {};
  const runAt = Math.max(now, ...uncertain.map((row) => row.run_at));
  return { cause: 'unknown-outcome', run_at: runAt };
}

function newRow(wanted: ForOneTarget, now: number): Omit<DeliveryRow, 'id'> {
  return {
    target: wanted.target,
    ordering_key: wanted.orderingKey,
    priority: wanted.priority === 'backfill' ? 1 : 0,
    head: 0,
    payload_id: wanted.payloadId,
    source: wanted.source,
    record_id: wanted.recordId,
    revision: wanted.revision,
    state: 'queued',
    attempt: 0,
    claims: 0,
    run_at: now,
    lease_until: null,
    cause: null,
    waits_for: null,
    issues: '[]',
    losses: '[]',
    created_at: now,
    settled_at: null,
  };
}
