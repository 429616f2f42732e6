import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ClaimedDelivery } from '../../src/outbox/claim.ts';
import type { Settlement } from '../../src/outbox/settle.ts';
import type { Delivery, DeliveryRow } from '../../src/store/delivery.ts';
import {
  DELIVERED,
  type Fixture,
  HELD,
  LEASE_MS,
  openFixture,
  queuedUntil,
  REJECTED,
  submission,
} from './fixture.ts';

const TARGETS = ['emr', 'registry'];
const RECORDS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** One step of a random history; `pick` is an index into the deliveries that the step applies to. */
type Step =
  | { do: 'enqueue'; record: string; revision: number; orderingKey: string; priority: Priority }
  | { do: 'claim'; limit: number }
  | { do: 'settle'; pick: number; as: keyof typeof SETTLEMENTS; other: string }
  | { do: 'releaseClaim' | 'release'; pick: number }
  | { do: 'wait'; ms: number }
  | { do: 'restart' };
type Priority = 'live' | 'backfill';

const SETTLEMENTS = {
  delivered: () => DELIVERED,
  'back-off': ({ clock }: Fixture) => queuedUntil(clock.ms + 5_000),
  unknown: ({ clock }: Fixture): Settlement => ({
    state: 'queued',
    cause: 'unknown-outcome',
    runAt: clock.ms + 5_000,
    issues: [],
  }),
  held: () => HELD,
  waiting: (_: Fixture, waitsFor: string): Settlement => ({ ...HELD, waitsFor }),
  rejected: () => REJECTED,
};

const pick = fc.nat({ max: 9 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('enqueue' as const),
      record: fc.constantFrom(...RECORDS),
      revision: fc.integer({ min: 1, max: 3 }),
      orderingKey: fc.constantFrom('p', 'p', 'q'),
      priority: fc.constantFrom<Priority>('live', 'backfill'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      limit: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      pick,
      as: fc.constantFrom(...(Object.keys(SETTLEMENTS) as (keyof typeof SETTLEMENTS)[])),
      other: fc.constantFrom(...RECORDS),
    }),
  },
  fc.record({ do: fc.constant('releaseClaim' as const), pick }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const), pick }) },
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1_000, 6_000, LEASE_MS) }),
  fc.record({ do: fc.constant('restart' as const) }),
);

it('keeps its invariants through any history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 80, size: 'max' }), async (steps) => {
      const history = { ...(await openFixture()), claimed: [], accepted: new Set<string>() };
      for (const step of steps) {
        await applyStep(history, step);
        expectInvariants(await rowsOf(history), history.accepted);
      }
      await drain(history);
      await history.store.close();
    }),
    { numRuns: 200 },
  );
});

interface History extends Fixture {
  claimed: ClaimedDelivery[];
  readonly accepted: Set<string>;
}

async function applyStep(history: History, step: Step): Promise<void> {
  const { outbox, claimed } = history;
  switch (step.do) {
    case 'enqueue': {
      const { record, revision, orderingKey, priority } = step;
      const targets = TARGETS.map((target) => ({ target, orderingKey }));
      await outbox.enqueue([submission(record, { revision, priority, targets })]);
      for (const target of TARGETS) history.accepted.add(`${target} ${record}/${revision}`);
      return;
    }
    case 'claim':
      return claimInOrder(history, step.limit);
    case 'settle': {
      const one = claimed[step.pick % Math.max(1, claimed.length)];
      if (!one) return;
      history.claimed = claimed.filter((other) => other !== one);
      await outbox.settle(one.id, one.attempt, SETTLEMENTS[step.as](history, step.other));
      return;
    }
    case 'releaseClaim': {
      const one = claimed[step.pick % Math.max(1, claimed.length)];
      if (!one) return;
      history.claimed = claimed.filter((other) => other !== one);
      await outbox.releaseClaim(one.id, one.attempt);
      return;
    }
    case 'release': {
      const stopped = (await outbox.list({})).filter(isStopped);
      const one = stopped[step.pick % Math.max(1, stopped.length)];
      if (one) await outbox.release([one.id]);
      return;
    }
    case 'wait':
      history.clock.ms += step.ms;
      await outbox.reclaim();
      return;
    case 'restart':
      await outbox.recover();
  }
}

async function claimInOrder(history: History, limit: number): Promise<void> {
  const before = await rowsOf(history);
  const claimed = await history.outbox.claim({ limit, leaseMs: LEASE_MS });
  history.claimed.push(...claimed);
  for (const one of claimed) {
    const own = before.find((row) => String(row.id) === one.id);
    const first = before.find((row) => isOpen(row) && hasSameKey(row, own));
    expect(String(first?.id)).toBe(one.id);
  }
}

async function rowsOf(history: Fixture): Promise<DeliveryRow[]> {
  return history.store.read((db) => db.selectFrom('delivery').selectAll().orderBy('id').execute());
}

/** Checks all rows, in id order, after a commit. */
function expectInvariants(rows: readonly DeliveryRow[], accepted: ReadonlySet<string>): void {
  const names = rows.map((row) => `${row.target} ${row.record_id}/${row.revision}`);
  expect(names.toSorted()).toEqual([...accepted].sort());
  const groups = Object.values(Object.groupBy(rows, (row) => `${row.target} ${row.ordering_key}`));
  for (const group of groups) expectOrderOfKey((group ?? []).filter(isOpen));
  const records = Object.values(Object.groupBy(rows, (row) => `${row.target} ${row.record_id}`));
  for (const record of records) expectRevisions(record ?? []);
  expect(rows.filter((row) => !isOpen(row) && row.head === 1)).toEqual([]);
  expect(rows.filter((row) => row.waits_for !== null && row.state !== 'held')).toEqual([]);
}

/** The head is the row being sent; without one, the first. No row has a lower priority than a later one. */
function expectOrderOfKey(open: readonly DeliveryRow[]): void {
  const sending = open.filter((row) => row.state === 'sending');
  expect(sending.length).toBeLessThanOrEqual(1);
  const head = sending[0] ?? open[0];
  expect(open.filter((row) => row.head === 1)).toEqual(head ? [head] : []);
  const priorities = open.map((row) => row.priority);
  expect(priorities).toEqual(priorities.toSorted());
}

/** Only the newest revision can be claimed; an older one may still be in the middle of being sent. */
function expectRevisions(record: readonly DeliveryRow[]): void {
  const newest = Math.max(...record.map((row) => row.revision));
  const older = record.filter((row) => row.revision < newest);
  const sendable = older.filter(
    (row) => !['sending', 'superseded', 'delivered'].includes(row.state),
  );
  expect(sendable).toEqual([]);
  expect(record.filter((row) => row.state === 'sending').length).toBeLessThanOrEqual(1);
}

/** Every delivery can reach its final state from any state. */
async function drain(history: History): Promise<void> {
  const { outbox, clock } = history;
  await outbox.recover();
  const stopped = (await outbox.list({})).filter(isStopped);
  await outbox.release(stopped.map((row) => row.id));
  clock.ms += LEASE_MS;
  while (await outbox.busy()) {
    for (const one of await history.claimAll()) await outbox.settle(one.id, one.attempt, DELIVERED);
  }
  const states = (await outbox.counts()).map((count) => count.state);
  expect(states.filter((state) => !['delivered', 'superseded'].includes(state))).toEqual([]);
}

const isStopped = (row: Delivery) => row.state === 'held' || row.state === 'rejected';
const isOpen = (row: DeliveryRow) => row.state === 'queued' || row.state === 'sending';
const hasSameKey = (row: DeliveryRow, other: DeliveryRow | undefined) =>
  row.target === other?.target && row.ordering_key === other.ordering_key;
