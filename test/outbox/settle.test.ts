import { describe, expect, it } from 'vitest';
import type { Settlement } from '../../src/outbox/settle.ts';
import type { WrittenResource } from '../../src/store/ledger.ts';
import {
  DELIVERED,
  HELD,
  openFixture,
  queuedUntil,
  REJECTED,
  SOURCE,
  submission,
  TARGET,
} from './fixture.ts';

const ISSUE = { severity: 'error', code: 'x', path: '/a', message: 'Why.' } as const;

const FLAG: WrittenResource = {
  identifier: 'flag-1',
  resourceType: 'Flag',
  serverId: '17',
  version: '3',
  etag: 'W/"3"',
  contentHash: 'c0ffee',
  visitAt: '2026-03-01',
  state: 'live',
};

const contributing = (identifiers: readonly string[], content = 'content') => ({
  identifiers,
  visitAt: '2026-03-02',
  content,
});

describe('settle', () => {
  it('records ledger, contributions, losses and issues with the state', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const { id, attempt } = await claimOne();
    clock.ms += 10;
    const losses = [{ path: 'Procedure.note', reason: 'not kept by this server' }];
    const settlement: Settlement = {
      state: 'delivered',
      ledger: [FLAG],
      contributions: contributing(['flag-1']),
      losses,
      issues: [ISSUE],
    };
    expect(await outbox.settle(id, attempt, settlement)).toBe('delivered');
    expect(await outbox.delivery(id)).toMatchObject({
      state: 'delivered',
      cause: undefined,
      losses,
      issues: [ISSUE],
      settledAt: clock.ms,
      leaseUntil: undefined,
    });
    const entry = { ...FLAG, target: TARGET, source: SOURCE, recordId: 'a', revision: 1 };
    expect(await outbox.ledgerEntries(TARGET, ['flag-1', 'unknown'])).toEqual([entry]);
    expect(await outbox.ledgerOf(TARGET, SOURCE, 'a')).toEqual([entry]);
    expect(await outbox.contributionsTo(TARGET, ['flag-1'])).toEqual([
      {
        identifier: 'flag-1',
        visitAt: '2026-03-02',
        source: SOURCE,
        recordId: 'a',
        revision: 1,
      },
    ]);
    const records = { target: TARGET, source: SOURCE, recordIds: ['a'] };
    expect(await outbox.contributorContents(records)).toEqual(new Map([['a', 'content']]));
    expect(await outbox.isDelivered(TARGET, SOURCE, 'a')).toBe(true);
    expect(await outbox.isDelivered('registry', SOURCE, 'a')).toBe(false);
  });

  it('replaces what stood in the ledger under the same identifier', async () => {
    const { outbox, claimOne } = await openFixture();
    for (const [record, state] of [
      ['a', 'live'],
      ['b', 'retracted'],
    ] as const) {
      await outbox.enqueue([submission(record)]);
      const { id, attempt } = await claimOne();
      await outbox.settle(id, attempt, { ...DELIVERED, ledger: [{ ...FLAG, state }] });
    }
    expect(await outbox.ledgerOf(TARGET, SOURCE, 'a')).toEqual([]);
    expect(await outbox.ledgerOf(TARGET, SOURCE, 'b')).toMatchObject([{ state: 'retracted' }]);
  });

  it('keeps more than one statement of SQLite takes, the last of those that are told twice', async () => {
    const { outbox, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const { id, attempt } = await claimOne();
    const names = Array.from({ length: 40_000 }, (_, index) => `v-${index}`);
    const ledger = names.map((identifier) => ({ ...FLAG, identifier }));
    const contributions = contributing(names);
    const again = { ...FLAG, identifier: 'v-7', serverId: 'again' };
    await outbox.settle(id, attempt, { ...DELIVERED, ledger: [...ledger, again], contributions });
    const entries = await outbox.ledgerEntries(TARGET, names);
    expect(entries.map(({ identifier }) => identifier)).toEqual(names.toSorted());
    expect(entries.find(({ identifier }) => identifier === 'v-7')?.serverId).toBe('again');
    expect(await outbox.contributionsTo(TARGET, names)).toHaveLength(names.length);
  });

  it('keeps the contributions of each record until its next revision is delivered', async () => {
    const { outbox, claimOne } = await openFixture();
    const deliver = async (recordId: string, revision: number, names: string[]) => {
      await outbox.enqueue([submission(recordId, { revision })]);
      const { id, attempt } = await claimOne();
      await outbox.settle(id, attempt, { ...DELIVERED, contributions: contributing(names) });
    };
    await deliver('a', 1, ['flag-1', 'flag-2']);
    await deliver('b', 1, ['flag-1']);
    await deliver('a', 2, []);
    expect(await outbox.contributionsTo(TARGET, ['flag-1', 'flag-2'])).toMatchObject([
      { identifier: 'flag-1', source: SOURCE, recordId: 'b', revision: 1 },
    ]);
    const records = { target: TARGET, source: SOURCE, recordIds: ['a'] };
    expect(await outbox.contributionsOf(records)).toEqual([]);
    expect(await outbox.contributorContents(records)).toEqual(new Map());
    expect(await outbox.deliveredRevision(TARGET, SOURCE, 'a')).toBe(2);
  });

  it('records what a try that failed half-way is known to have written', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const { id, attempt } = await claimOne();
    await outbox.settle(id, attempt, {
      state: 'queued',
      cause: 'throttled',
      runAt: clock.ms,
      issues: [],
      ledger: [FLAG],
    });
    expect(await outbox.ledgerOf(TARGET, SOURCE, 'a')).toHaveLength(1);
    expect(await outbox.contributionsTo(TARGET, ['flag-1'])).toEqual([]);
  });

  it('records nothing for a claim that was lost, even if the row is claimed again', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const lost = await claimOne();
    clock.ms += 60_000;
    await outbox.reclaim();
    const settlement = { ...DELIVERED, ledger: [FLAG] };
    expect(await outbox.settle(lost.id, lost.attempt, settlement)).toBeUndefined();
    const again = await claimOne();
    expect(await outbox.settle(lost.id, lost.attempt, settlement)).toBeUndefined();
    expect(await outbox.ledgerOf(TARGET, SOURCE, 'a')).toEqual([]);
    expect(await outbox.settle(again.id, again.attempt, DELIVERED)).toBe('delivered');
    expect(await outbox.settle(again.id, again.attempt, REJECTED)).toBeUndefined();
  });

  it('never turns a transient failure into a rejection, however often it happens', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    for (let tries = 0; tries < 20; tries += 1) {
      const { id, attempt } = await claimOne();
      expect(await outbox.settle(id, attempt, queuedUntil(clock.ms))).toBe('queued');
    }
    const { cause, attempt } = await claimOne();
    expect({ cause, attempt }).toEqual({ cause: 'unreachable', attempt: 21 });
  });

  it('supersedes, whatever a try came to, when a newer revision came meanwhile', async () => {
    for (const settlement of [HELD, REJECTED, queuedUntil(0)]) {
      const { outbox, claimOne, states } = await openFixture();
      await outbox.enqueue([submission('a')]);
      const { id, attempt } = await claimOne();
      await outbox.enqueue([submission('a', { revision: 2 })]);
      expect(await states()).toEqual(['a/1 sending', 'a/2 queued']);
      expect(await outbox.settle(id, attempt, settlement)).toBe('superseded');
      expect((await claimOne()).revision).toBe(2);
    }
  });

  it('has a newer revision wait while the last try of the older one may still land', async () => {
    const { outbox, clock, claimAll } = await openFixture();
    const unknown = { state: 'queued', cause: 'unknown-outcome', issues: [] } as const;
    await outbox.enqueue([submission('before'), submission('a', { orderingKey: 'q' })]);
    const [before, a] = await claimAll();
    if (!before || !a) throw new Error('two are due');
    await outbox.enqueue([submission('a', { revision: 2, orderingKey: 'q' })]);
    const runAt = clock.ms + 700;
    await outbox.settle(a.id, a.attempt, { ...unknown, runAt });
    await outbox.settle(before.id, before.attempt, { ...unknown, runAt });
    await outbox.enqueue([submission('before', { revision: 2 })]);
    expect(await claimAll()).toEqual([]);
    clock.ms = runAt;
    const claimed = await claimAll();
    expect(claimed.map((row) => [row.recordId, row.revision, row.cause])).toEqual([
      ['a', 2, 'unknown-outcome'],
      ['before', 2, 'unknown-outcome'],
    ]);
  });
});

describe('a delivery held for another record', () => {
  const waiting: Settlement = { ...HELD, cause: 'screening-missing', waitsFor: 'screening' };

  it('is queued again in the commit that delivers that record to the same target', async () => {
    const { outbox, claimOne, states } = await openFixture();
    await outbox.enqueue([submission('session'), submission('screening')]);
    const session = await claimOne();
    expect(await outbox.settle(session.id, session.attempt, waiting)).toBe('held');
    expect((await outbox.delivery(session.id))?.waitsFor).toBe('screening');
    const screening = await claimOne();
    await outbox.settle(screening.id, screening.attempt, DELIVERED);
    expect(await states()).toEqual(['session/1 queued', 'screening/1 delivered']);
    expect((await outbox.delivery(session.id))?.waitsFor).toBeUndefined();
    expect((await claimOne()).recordId).toBe('session');
  });

  it('stays held when that record is delivered elsewhere or not at all', async () => {
    const { outbox, claimAll, claimOne, states } = await openFixture();
    await outbox.enqueue([submission('session')]);
    const session = await claimOne();
    await outbox.settle(session.id, session.attempt, waiting);
    const targets = [{ target: 'registry', orderingKey: 'p' }];
    await outbox.enqueue([submission('screening', { targets })]);
    for (const row of await claimAll()) await outbox.settle(row.id, row.attempt, DELIVERED);
    await outbox.enqueue([submission('screening')]);
    const refused = await claimOne();
    await outbox.settle(refused.id, refused.attempt, REJECTED);
    expect((await states())[0]).toBe('session/1 held');
  });

  it('is queued at once when that record was delivered in between', async () => {
    const { outbox, claimAll, claimOne } = await openFixture();
    await outbox.enqueue([
      submission('session'),
      submission('screening', { orderingKey: 'other' }),
    ]);
    const [session, screening] = await claimAll();
    if (!session || !screening) throw new Error('two are due');
    await outbox.settle(screening.id, screening.attempt, DELIVERED);
    expect(await outbox.settle(session.id, session.attempt, waiting)).toBe('queued');
    expect((await claimOne()).recordId).toBe('session');
  });

  it('does not go round for ever when it asks for a record long delivered', async () => {
    const { outbox, claimOne } = await openFixture();
    await outbox.enqueue([submission('screening'), submission('session')]);
    const screening = await claimOne();
    await outbox.settle(screening.id, screening.attempt, DELIVERED);
    const states: unknown[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      const { id, attempt } = await claimOne();
      states.push(await outbox.settle(id, attempt, waiting));
    }
    expect(states).toEqual(['queued', 'queued', 'queued', 'queued', 'held']);
  });
});

describe('queries', () => {
  it('count by target, state and cause', async () => {
    const { outbox, claimAll } = await openFixture();
    const names = ['a', 'b', 'c'];
    await outbox.enqueue(names.map((name) => submission(name, { orderingKey: name })));
    const [a, b] = await claimAll();
    if (!a || !b) throw new Error('three are due');
    await outbox.settle(a.id, a.attempt, HELD);
    await outbox.settle(b.id, b.attempt, HELD);
    expect(await outbox.counts()).toEqual([
      { target: TARGET, state: 'held', cause: 'policy', count: 2 },
      { target: TARGET, state: 'sending', cause: undefined, count: 1 },
    ]);
  });

  it('list by state and cause, page by page, and release what was listed', async () => {
    const { outbox, claimAll } = await openFixture();
    const names = ['a', 'b', 'c'];
    await outbox.enqueue(names.map((name) => submission(name, { orderingKey: name })));
    for (const row of await claimAll()) await outbox.settle(row.id, row.attempt, HELD);
    const filter = { state: 'held', cause: 'policy', target: TARGET, limit: 2 } as const;
    const first = await outbox.list(filter);
    const after = first.at(-1)?.id ?? '';
    const second = await outbox.list({ ...filter, after });
    expect([...first, ...second].map((row) => row.recordId)).toEqual(names);
    const released = await outbox.release([...first.map((row) => row.id), '999', 'nonsense']);
    expect(released).toEqual(first.map((row) => row.id));
    expect(await outbox.list(filter)).toHaveLength(1);
  });

  it('know nothing of an id that was never given', async () => {
    const { outbox } = await openFixture();
    expect(await outbox.delivery('1')).toBeUndefined();
    expect(await outbox.delivery('__proto__')).toBeUndefined();
    expect(await outbox.settle('x', 1, DELIVERED)).toBeUndefined();
  });
});

describe('forget', () => {
  it('empties what was settled for good before the given time and keeps the rest', async () => {
    const { outbox, clock, claimAll } = await openFixture();
    const names = ['done', 'held'];
    await outbox.enqueue(names.map((name) => submission(name, { orderingKey: name })));
    const [done, held] = await claimAll();
    if (!done || !held) throw new Error('two are due');
    await outbox.settle(done.id, done.attempt, DELIVERED);
    await outbox.settle(held.id, held.attempt, HELD);
    expect(await outbox.purgePayloads({ settledBefore: clock.ms })).toBe(0);
    clock.ms += 1;
    expect(await outbox.purgePayloads({ settledBefore: clock.ms })).toBe(1);
    expect(await outbox.payload(SOURCE, 'done', 1)).toMatchObject({ payload: undefined });
    expect((await outbox.payload(SOURCE, 'held', 1))?.payload).toBe('payload of held/1');
  });

  it('still knows the content it has forgotten by its hash, and takes it back when needed', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    const { id, attempt } = await claimOne();
    await outbox.settle(id, attempt, DELIVERED);
    clock.ms += 1;
    await outbox.purgePayloads({ settledBefore: clock.ms });
    const [conflict] = await outbox.enqueue([submission('a', { hash: 'other' })]);
    expect(conflict?.status).toBe('revision-conflict');
    await outbox.enqueue([submission('a')]);
    expect(await outbox.payload(SOURCE, 'a', 1)).toMatchObject({ payload: undefined });
    await outbox.enqueue([
      submission('a', { targets: [{ target: 'registry', orderingKey: 'p' }] }),
    ]);
    expect((await claimOne()).payload).toBe('payload of a/1');
  });
});
