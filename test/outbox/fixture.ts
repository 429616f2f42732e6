import type { ClaimedDelivery } from '../../src/outbox/claim.ts';
import type { Submission } from '../../src/outbox/enqueue.ts';
import { createOutbox, type Outbox, type OutboxOptions } from '../../src/outbox/outbox.ts';
import type { Settlement } from '../../src/outbox/settle.ts';
import { openStore, type Store } from '../../src/store/store.ts';

export const SOURCE = 'urn:clinic';
export const TARGET = 'emr';
export const LEASE_MS = 60_000;

/** An outbox in memory whose clock changes only when a test sets it. */
export interface Fixture {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly clock: { ms: number };
  /** Claims everything that is due. */
  claimAll(): Promise<ClaimedDelivery[]>;
  /** Claims the only delivery that is due; throws if there is not exactly one. */
  claimOne(): Promise<ClaimedDelivery>;
  /** Record, revision and state of every delivery: `a/1 queued`. */
  states(): Promise<string[]>;
}

export async function openFixture(options: OutboxOptions = {}): Promise<Fixture> {
  const clock = { ms: 1_000_000 };
  const store = await openStore({ file: ':memory:' });
  const outbox = createOutbox(store, { now: () => clock.ms, ...options });
  const claimAll = () => outbox.claim({ limit: 100, leaseMs: LEASE_MS });
  return {
    store,
    outbox,
    clock,
    claimAll,
    async claimOne() {
      const claimed = await claimAll();
      const [only] = claimed;
      if (!only || claimed.length > 1) throw new Error(`${claimed.length} deliveries are due`);
      return only;
    },
    async states() {
      const all = await outbox.list({ limit: 1_000 });
      return all.map((row) => `${row.recordId}/${row.revision} ${row.state}`);
    },
  };
}

/** A submission for `TARGET` with the ordering key `orderingKey`. */
export function submission(
  recordId: string,
  changes: Partial<Submission> & { orderingKey?: string } = {},
): Submission {
  const { orderingKey = 'patient', ...rest } = changes;
  const revision = rest.revision ?? 1;
  return {
    source: SOURCE,
    recordId,
    revision,
    hash: `hash of ${recordId}/${revision}`,
    payload: `payload of ${recordId}/${revision}`,
    targets: [{ target: TARGET, orderingKey }],
    ...rest,
  };
}

export const DELIVERED = {
  state: 'delivered',
  ledger: [],
  contributions: undefined,
  losses: [],
  issues: [],
} as const satisfies Settlement;

export const HELD = { state: 'held', cause: 'policy', issues: [] } as const satisfies Settlement;

export const REJECTED = {
  state: 'rejected',
  cause: 'refused',
  issues: [],
} as const satisfies Settlement;

/** A failed attempt, to be retried at `runAt` (ms). */
export function queuedUntil(runAt: number): Settlement {
  return { state: 'queued', cause: 'unreachable', runAt, issues: [] };
}

/** Resolves when all commits requested so far have ended. */
export async function commits(): Promise<void> {
  for (let ticks = 0; ticks < 3; ticks += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
