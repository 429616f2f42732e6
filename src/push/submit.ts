// From read lines to durable deliveries: what is refused, what is kept, and what became of it.
import { createHash } from 'node:crypto';
import { AdapterError, type Issue } from '../errors.ts';
import type { ReadResult } from '../ims/reader/read.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { scopeOf } from '../mapping/identity.ts';
import type { Loss } from '../mapping/losses.ts';
import type { EnqueueResult, Submission } from '../outbox/enqueue.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { assess } from '../safety/assess.ts';
import type { Policy } from '../safety/policy.ts';
import type { Delivery } from '../store/delivery.ts';

/** One delivery as callers see it. No patient value in it. */
export interface DeliveryView {
  readonly id: string;
  readonly target: string;
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
  readonly state: string;
  readonly cause?: string;
  readonly attempt: number;
  readonly issues: readonly Issue[];
  readonly losses: readonly Loss[];
}

/** What became of one submitted record. */
export interface SubmitResult {
  /** Line of an NDJSON request; left out for a single record. */
  readonly line?: number;
  readonly source?: string;
  readonly recordId?: string;
  readonly revision?: number;
  readonly status: 'accepted' | 'duplicate' | 'refused';
  readonly deliveries: readonly { id: string; target: string; state: string; cause?: string }[];
  readonly issues: readonly Issue[];
}

/** Answer to a submission: counts and one result a record. */
export interface SubmitAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly results: readonly SubmitResult[];
  /** True when the caller asked to wait and every delivery has settled. */
  readonly settled: boolean;
}

/** Which targets, and how long to wait for the deliveries to settle. */
export interface SubmitOptions {
  readonly targets?: readonly string[];
  readonly waitMs?: number;
}

type Line = ReadResult & { readonly line?: number };

interface Submitting {
  readonly outbox: Outbox;
  readonly targets: readonly string[];
  readonly policy: Policy;
}

/** Keeps the readable lines in one commit and answers for each. Throws `no-target`. */
export async function submit(
  lines: readonly Line[],
  { outbox, targets: known, policy }: Submitting,
  { targets = known, waitMs = 0 }: SubmitOptions,
): Promise<SubmitAnswer> {
  refuseUnknown(targets, known);
  const readable = lines.flatMap((line) => (line.ok ? [line.record] : []));
  const submissions = readable.map((record) => submissionOf(record, targets));
  const submitted = submissions.length === 0 ? [] : await outbox.enqueue(submissions);
  const ids = submitted.flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
  const isWaiting = waitMs > 0;
  const settled = isWaiting && (await allSettled(outbox, ids, waitMs));
  const results: SubmitResult[] = [];
  let next = 0;
  for (const line of lines) {
    const answer = line.ok ? submitted[next++] : undefined;
    const deliveries = await asTheyStand(answer, isWaiting ? outbox : undefined);
    results.push(resultOf(line, answer, { deliveries, policy }));
  }
  const count = (status: SubmitResult['status']) =>
    results.filter((result) => result.status === status).length;
  return {
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    refused: count('refused'),
    results,
    settled,
  };
}

function refuseUnknown(targets: readonly string[], known: readonly string[]): void {
  const unknown = targets.filter((name) => !known.includes(name));
  if (targets.length > 0 && unknown.length === 0) return;
  const names = known.join(', ') || 'none is configured';
  throw new AdapterError('no-target', `No such target. Known targets: ${names}.`);
}

function submissionOf(record: ImsRecord, targets: readonly string[]): Submission {
  const { source, recordId, revision } = record;
  const payload = JSON.stringify(record);
  // One patient of one source, identified without the patient's id.
  const orderingKey = scopeOf('patient', [source, record.patient.id]).prefix;
  return {
    source,
    recordId,
    revision,
    hash: createHash('sha256').update(payload).digest('hex'),
    payload,
    targets: targets.map((target) => ({ target, orderingKey })),
  };
}

/** Deliveries as they were after the commit, or after the wait, where they are asked for again. */
function asTheyStand(
  answer: EnqueueResult | undefined,
  outbox: Outbox | undefined,
): Promise<SubmitResult['deliveries']> {
  return Promise.all(
    (answer?.deliveries ?? []).map(async ({ id, target, ...then }) => {
      const { state, cause } = (await outbox?.delivery(id)) ?? then;
      return { id, target, state, ...(cause === undefined ? {} : { cause }) };
    }),
  );
}

function resultOf(
  line: Line,
  answer: EnqueueResult | undefined,
  { deliveries, policy }: Pick<SubmitResult, 'deliveries'> & { policy: Policy },
): SubmitResult {
  const place = line.line === undefined ? {} : { line: line.line };
  if (!line.ok || answer === undefined) {
    return { ...place, status: 'refused', deliveries: [], issues: line.issues };
  }
  const { source, recordId, revision } = line.record;
  const named = { ...place, source, recordId, revision };
  const issues = [...line.issues, ...assess(line.record, policy).issues];
  if (answer.status === 'revision-conflict') {
    return { ...named, status: 'refused', deliveries: [], issues: [conflict(), ...issues] };
  }
  return { ...named, status: answer.status, deliveries, issues };
}

function conflict(): Issue {
  const message = 'was sent before with other content; a change needs the next revision';
  return { severity: 'error', code: 'revision-conflict', path: '/revision', message };
}

/** Waits until none of the deliveries is queued or being sent; false when time ran out. */
async function allSettled(
  outbox: Outbox,
  ids: readonly string[],
  waitMs: number,
): Promise<boolean> {
  let wake = () => {};
  let isOver = false;
  const stop = outbox.subscribe(() => wake());
  const timer = setTimeout(() => {
    isOver = true;
    wake();
  }, waitMs);
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const found = await Promise.all(ids.map((id) => outbox.delivery(id)));
      if (found.every((one) => one?.state !== 'queued' && one?.state !== 'sending')) return true;
      if (isOver) return false;
      await woken;
    }
  } finally {
    clearTimeout(timer);
    stop();
  }
}

/** A delivery as callers see it. */
export function viewOf(delivery: Delivery): DeliveryView {
  const { id, target, source, recordId, revision, state, cause, attempt, issues, losses } =
    delivery;
  return {
    ...{ id, target, source, recordId, revision, state, attempt, issues, losses },
    ...(cause === undefined ? {} : { cause }),
  };
}
