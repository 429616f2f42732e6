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
  it('records the ledger, contributions, losses and issues with the state', async () => {
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
    expect(await outbox.deliveredRevision(TARGET, SOURCE, 'a')).toBe(1);
    expect(await outbox.deliveredRevision('registry', SOURCE, 'a')).toBeUndefined();
  });

  it('replaces the ledger entry of the same identifier', async () => {
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

  it('records more rows than one SQLite statement can, and the last of repeated entries', async () => {
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

  it('replaces the contributions of a record when its next revision is delivered', async () => {
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

  it('records the resources that a partly failed attempt has written', async () => {
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

  it('records nothing for a lost claim, even if the row was claimed again', async () => {
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

  it('never rejects a delivery because of repeated transient failures', async () => {
    const { outbox, clock, claimOne } = await openFixture();
    await outbox.enqueue([submission('a')]);
    for (let tries = 0; tries < 20; tries += 1) {
      const { id, attempt } = await claimOne();
      expect(await outbox.settle(id, attempt, queuedUntil(clock.ms))).toBe('queued');
    }
    const { cause, attempt } = await claimOne();
    expect({ cause, attempt }).toEqual({ cause: 'unreachable', attempt: 21 });
  });

  it('supersedes the delivery if a newer revision was accepted during a failed attempt', async () => {
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

  it('delays a newer revision while the last attempt of the older one may still take effect', async () => {
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

describe('a delivery that waits for another record', () => {
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

  it('stays held if that record is delivered to another target or not at all', async () => {
    const { outbox, claimAll, claimOne, states } = await openFixture();
    await outbox.enqueue([submission('session')]);
    const session = await claimOne();
    await outbox.settle(session.id, session.attempt, waiting);
    const targets = [{ target: 'registry', orderingKey: 'p' }];
    await outbox.enqueue([submission('screening', { targets })]);
    for (const row of await claimAll()) await outbox.settle(row.id, row.attempt, DELIVERED);
    await outbox.enqueue([submission('screening')]);
    const screening = await claimOne();
    await outbox.settle(screening.id, screening.attempt, REJECTED);
    expect((await states())[0]).toBe('session/1 held');
  });

  it('is queued at once if that record was delivered during the attempt', async () => {
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

  it('is not retried endlessly if that record was already delivered', async () => {
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
