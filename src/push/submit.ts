// Accepts records for delivery: stores the valid ones and reports the result for each.
import { createHash } from 'node:crypto';
import { defined } from '../defined.ts';
import { AdapterError, errorIssue, type Issue, type Loss } from '../errors.ts';
import type { ReadResult } from '../ims/reader/read.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { identifierScope } from '../mapping/identity.ts';
import type { EnqueueResult, Submission } from '../outbox/enqueue.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { assess } from '../safety/assess.ts';
import type { Policy } from '../safety/policy.ts';
import type { Delivery } from '../store/delivery.ts';

/** A delivery as shown to callers, without patient values. */
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

/** The result for one submitted record. */
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

/** The answer to a request: counts, and one result per record. */
export interface SubmitAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly results: readonly SubmitResult[];
  /** True if the caller asked to wait and every delivery was settled in time. */
  readonly settled: boolean;
}

/** The targets (default: all), and how long to wait for the deliveries to settle (default: not). */
export interface SubmitOptions {
  readonly targets?: readonly string[];
  readonly waitMs?: number;
}

type Line = ReadResult & { readonly line?: number };

interface SubmitContext {
  readonly outbox: Outbox;
  readonly targets: readonly string[];
  readonly policy: Policy;
}

/** Stores the valid records in one commit and returns a result for each line. Throws `no-target`. */
export async function submit(
  lines: readonly Line[],
  { outbox, targets: known, policy }: SubmitContext,
  { targets = known, waitMs = 0 }: SubmitOptions,
): Promise<SubmitAnswer> {
  requireKnown(targets, known);
  const records = lines.flatMap((line) => (line.ok ? [line.record] : []));
  const submissions = records.map((record) => submissionOf(record, targets));
  const enqueued = submissions.length === 0 ? [] : await outbox.enqueue(submissions);
  let next = 0;
  const results = lines.map((line) =>
    resultOf(line, line.ok ? enqueued[next++] : undefined, policy),
  );
  const count = (status: SubmitResult['status']) =>
    results.filter((result) => result.status === status).length;
  const answer: SubmitAnswer = {
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    refused: count('refused'),
    results,
    settled: false,
  };
  return waitMs > 0 ? waitUntilSettled(answer, { outbox, waitMs }) : answer;
}

/** The answer with the states of its deliveries once all are settled, or after `waitMs`. */
export async function waitUntilSettled(
  answer: SubmitAnswer,
  { outbox, waitMs }: { readonly outbox: Outbox; readonly waitMs: number },
): Promise<SubmitAnswer> {
  const ids = answer.results.flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
  const settled = await allSettled(outbox, ids, waitMs);
  const results: SubmitResult[] = [];
  for (const result of answer.results) {
    results.push({ ...result, deliveries: await currentStates(result.deliveries, outbox) });
  }
  return { ...answer, results, settled };
}

function currentStates(
  deliveries: SubmitResult['deliveries'],
  outbox: Outbox,
): Promise<SubmitResult['deliveries']> {
  return Promise.all(
    deliveries.map(async ({ id, target, ...before }) => {
      const { state, cause } = (await outbox.delivery(id)) ?? before;
      return defined({ id, target, state, cause });
    }),
  );
}

function requireKnown(targets: readonly string[], known: readonly string[]): void {
  const unknown = targets.filter((name) => !known.includes(name));
  if (targets.length > 0 && unknown.length === 0) return;
  const names = known.join(', ') || 'none configured';
  throw new AdapterError(
    'no-target',
    `The request names a target that is not configured. Known targets: ${names}.`,
  );
}

function submissionOf(record: ImsRecord, targets: readonly string[]): Submission {
  const { source, recordId, revision } = record;
  const payload = JSON.stringify(record);
  // A hash of source and patient id: the id itself is not stored in the key.
  const orderingKey = identifierScope('patient', [source, record.patient.id]).prefix;
  return {
    source,
    recordId,
    revision,
    hash: createHash('sha256').update(payload).digest('hex'),
    payload,
    targets: targets.map((target) => ({ target, orderingKey })),
  };
}

function resultOf(line: Line, enqueued: EnqueueResult | undefined, policy: Policy): SubmitResult {
  const position = defined({ line: line.line });
  if (!line.ok || enqueued === undefined) {
    return { ...position, status: 'refused', deliveries: [], issues: line.issues };
  }
  const { source, recordId, revision } = line.record;
  const identified = { ...position, source, recordId, revision };
  const issues = [...line.issues, ...assess(line.record, policy).issues];
  if (enqueued.status === 'revision-conflict') {
    return { ...identified, status: 'refused', deliveries: [], issues: [conflict(), ...issues] };
  }
  const deliveries = enqueued.deliveries.map(({ id, target, state, cause }) =>
    defined({ id, target, state, cause }),
  );
  return { ...identified, status: enqueued.status, deliveries, issues };
}

function conflict(): Issue {
  const message =
    'was already accepted with other content; a changed record must have a higher revision';
  return errorIssue('revision-conflict', '/revision', message);
}

/** Waits until no delivery is queued or being sent; false after `waitMs`. */
async function allSettled(
  outbox: Outbox,
  ids: readonly string[],
  waitMs: number,
): Promise<boolean> {
  let wake = () => {};
  let hasTimedOut = false;
  const unsubscribe = outbox.subscribe(() => wake());
  const timer = setTimeout(() => {
    hasTimedOut = true;
    wake();
  }, waitMs);
  try {
    let open = ids;
    for (;;) {
      const change = new Promise<void>((resolve) => {
        wake = resolve;
      });
      open = await unsettled(open, outbox);
      if (open.length === 0) return true;
      if (hasTimedOut) return false;
      await change;
    }
  } finally {
    clearTimeout(timer);
    unsubscribe();
  }
}

async function unsettled(ids: readonly string[], outbox: Outbox): Promise<string[]> {
  const states = await Promise.all(ids.map(async (id) => (await outbox.delivery(id))?.state));
  return ids.filter((_, index) => states[index] === 'queued' || states[index] === 'sending');
}

/** A delivery as shown to callers. */
export function viewOf(delivery: Delivery): DeliveryView {
  const { id, target, source, recordId, revision, state, cause, attempt, issues, losses } =
    delivery;
  return defined({
    ...{ id, target, source, recordId, revision, state, attempt, issues, losses },
    cause,
  });
}
