// Accepts revisions: stores the payload once and one delivery per target.
import { AdapterError, errorIssue, type Issue } from '../errors.ts';
import {
  type Cause,
  competingDeliveries,
  type DeliveryRow,
  type DeliveryState,
  insertDelivery,
} from '../store/delivery.ts';
import { findPayload, insertPayload, restorePayload } from '../store/payload.ts';
import type { Db } from '../store/tables.ts';
import { appendToKey, requeue, supersede } from './order.ts';

/** One revision of a record, to be delivered once to each of the targets. */
export interface Submission {
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
  /** Equal for equal content; distinguishes a resend from a conflict. */
  readonly hash: string;
  readonly payload: string;
  /** The targets; deliveries with the same ordering key are sent in order. */
  readonly targets: readonly { readonly target: string; readonly orderingKey: string }[];
  /** Default `live`; backfill is sent when nothing live is due. */
  readonly priority?: 'live' | 'backfill';
}

/**
 * The result for one submission. `duplicate`: the revision was already stored with the same content.
 * `revision-conflict`: it was already stored with other content, and nothing was changed. `deliveries`
 * are those of this revision to the submitted targets, in their state after the commit.
 */
export interface EnqueueResult {
  readonly status: 'accepted' | 'duplicate' | 'revision-conflict';
  readonly deliveries: readonly EnqueuedDelivery[];
}

/** The delivery of a submission to one target. */
interface EnqueuedDelivery {
  readonly id: string;
  readonly target: string;
  readonly state: DeliveryState;
  readonly cause: Cause | undefined;
}

/**
 * Throws `invalid-input` if a submission contains a value that a database rejects or changes: with
 * U+0000, PostgreSQL rejects all requests that are written together; a lone surrogate is silently
 * replaced; a revision above 2^53 is rounded. The issues name the member and the rule, not the value.
 */
export function assertStorable(request: readonly Submission[]): void {
  const issues = request.flatMap(unstorableMembers);
  if (issues.length === 0) return;
  throw new AdapterError('invalid-input', 'The request contains text that cannot be stored.', {
    issues,
  });
}

function unstorableMembers(submission: Submission, index: number): Issue[] {
  const { source, recordId, hash, payload } = submission;
  const texts: [string, string][] = Object.entries({ source, recordId, hash, payload });
  submission.targets.forEach(({ target, orderingKey }, at) => {
    texts.push([`targets/${at}/target`, target], [`targets/${at}/orderingKey`, orderingKey]);
  });
  const problems = texts
    .filter(([, text]) => text.includes('\0') || !text.isWellFormed())
    .map(([member]) => ({ member, message: 'must not contain U+0000 or a lone surrogate' }));
  if (!Number.isSafeInteger(submission.revision)) {
    problems.push({ member: 'revision', message: 'must be an integer below 2^53' });
  }
  return problems.map(({ member, message }) =>
    errorIssue('not-storable', `/${index}/${member}`, message),
  );
}

/** Stores the submissions of one request in their order, within the caller's transaction. */
export async function enqueueAll(
  db: Db,
  request: readonly Submission[],
  now: number,
): Promise<EnqueueResult[]> {
  const supersededIds = new Set<string>();
  const results: EnqueueResult[] = [];
  for (const submission of request) {
    results.push(await enqueueOne(db, submission, { now, supersededIds }));
  }
  return results.map(({ status, deliveries }) => ({
    status,
    deliveries: deliveries.map((delivery) =>
      supersededIds.has(delivery.id) ? { ...delivery, state: 'superseded' } : delivery,
    ),
  }));
}

/** What the submissions of one request share while they are stored. */
interface EnqueueProgress {
  readonly now: number;
  /** Deliveries superseded so far, also those of earlier submissions of the request. */
  readonly supersededIds: Set<string>;
}

async function enqueueOne(
  db: Db,
  submission: Submission,
  progress: EnqueueProgress,
): Promise<EnqueueResult> {
  const stored = await findPayload(db, submission);
  if (stored && stored.hash !== submission.hash) {
    return { status: 'revision-conflict', deliveries: [] };
  }
  const payloadId =
    stored?.id ?? (await insertPayload(db, { ...submission, createdAt: progress.now }));
  const deliveries: EnqueuedDelivery[] = [];
  for (const target of submission.targets) {
    deliveries.push(await enqueueFor(db, { ...submission, ...target, payloadId }, progress));
  }
  if (stored?.isPurged && deliveries.some((delivery) => delivery.state === 'queued')) {
    await restorePayload(db, payloadId, submission.payload);
  }
  return { status: stored ? 'duplicate' : 'accepted', deliveries };
}

type SubmissionForTarget = Submission & { target: string; orderingKey: string; payloadId: number };

async function enqueueFor(
  db: Db,
  submission: SubmissionForTarget,
  { now, supersededIds }: EnqueueProgress,
): Promise<EnqueuedDelivery> {
  const { target, revision } = submission;
  const competing = await competingDeliveries(db, submission);
  const own = competing.find((row) => row.revision === revision);
  if (own) {
    const isRejected = own.state === 'rejected';
    if (isRejected) await requeue(db, own, { runAt: now });
    const state = isRejected ? 'queued' : own.state;
    return { id: String(own.id), target, state, cause: own.cause ?? undefined };
  }
  const row = newRow(submission, now);
  if (competing.some((other) => other.revision > revision)) {
    const id = await insertDelivery(db, { ...row, settled_at: now, state: 'superseded' });
    return { id: String(id), target, state: 'superseded', cause: undefined };
  }
  const older = competing.filter(({ state }) => state !== 'sending');
  await supersede(db, older, now);
  for (const { id } of older) supersededIds.add(String(id));
  const queued = { ...row, ...inheritedUnknownOutcome(older, now) };
  const id = await appendToKey(db, queued);
  return { id: String(id), target, state: 'queued', cause: queued.cause ?? undefined };
}

/**
 * The cause and due time that a new delivery inherits from the older ones it supersedes. If the outcome
 * of an older attempt is unknown, the new delivery must wait until that attempt can no longer take effect.
 */
function inheritedUnknownOutcome(
  older: readonly DeliveryRow[],
  now: number,
): { cause?: Cause; run_at?: number } {
  const uncertain = older.filter((row) => row.cause === 'unknown-outcome');
  if (uncertain.length === 0) return {};
  const runAt = Math.max(now, ...uncertain.map((row) => row.run_at));
  return { cause: 'unknown-outcome', run_at: runAt };
}

function newRow(submission: SubmissionForTarget, now: number): Omit<DeliveryRow, 'id'> {
  return {
    target: submission.target,
    ordering_key: submission.orderingKey,
    priority: submission.priority === 'backfill' ? 1 : 0,
    head: 0,
    payload_id: submission.payloadId,
    source: submission.source,
    record_id: submission.recordId,
    revision: submission.revision,
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
