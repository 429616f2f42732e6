import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AdapterError } from '../../src/errors.ts';
import { isShared } from '../../src/mapping/shared.ts';
import { createOutbox } from '../../src/outbox/outbox.ts';
import { refuseOldSqlite } from '../../src/store/sqlite.ts';
import { openStore, type Store } from '../../src/store/store.ts';

const LOCK_CHILD = fileURLToPath(new URL('./lock-child.ts', import.meta.url));

let directory: string;
let file: string;
let open: Store[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'store-'));
  file = join(directory, 'data', 'store.sqlite');
  open = [];
});
afterEach(async () => {
  for (const store of open) await store.close();
  rmSync(directory, { recursive: true, force: true });
});

async function opened(): Promise<Store> {
  const store = await openStore({ file });
  open.push(store);
  return store;
}

const RECORD = {
  source: 'urn:clinic',
  recordId: 'a',
  revision: 1,
  hash: 'h',
  payload: 'text',
  targets: [{ target: 'emr', orderingKey: 'p' }],
};

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a store on disk', () => {
  it('is readable by its owner alone, including side files', async () => {
    const store = await opened();
    await createOutbox(store).enqueue([RECORD]);
    const data = join(directory, 'data');
    expect(statSync(data).mode & 0o777).toBe(0o700);
    const names = readdirSync(data).toSorted();
    expect(names).toEqual(['', '-shm', '-wal', '.lock'].map((end) => `store.sqlite${end}`));
    for (const name of names) expect(statSync(join(data, name)).mode & 0o777).toBe(0o600);
  });

  it('removes the read permission of others from an existing file', async () => {
    await (await opened()).close();
    chmodSync(file, 0o644);
    await opened();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('flushes each commit to disk, overwrites deleted content and enforces foreign keys', async () => {
    const store = await opened();
    const pragma = async (name: string) => {
      const { rows } = await store.read((db) => sql.raw(`pragma ${name}`).execute(db));
      return Object.values(rows[0] ?? {})[0];
    };
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('secure_delete')).toBe(1);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(5_000);
  });

  it('has the same content after closing and opening', async () => {
    const first = await opened();
    await createOutbox(first).enqueue([RECORD]);
    await first.close();
    const again = createOutbox(await opened());
    expect((await again.payload('urn:clinic', 'a', 1))?.payload).toBe('text');
  });

  it('migrates a file of an older version and keeps its content', async () => {
    await (await opened()).close();
    const raw = new Sqlite(file);
    raw.exec(`
      delete from kysely_migration where name > '0002';
      drop table ledger;
      drop table contribution;
      drop table contributor;
      drop index delivery_order;
      drop index delivery_head;
      alter table delivery rename column ordering_key to lane;
      create index delivery_lane on delivery (target, lane, id)
        where state in ('queued', 'sending');
      create unique index delivery_head on delivery (target, lane) where head = 1;
      create table ledger (target text not null, identifier text not null,
        resource_type text not null, server_id text not null, version text, etag text,
        content_hash text, revision integer not null, visit_at text, source text not null,
        record_id text not null, state text not null, primary key (target, identifier)) without rowid;
      create table voice (target text not null, identifier text not null, source text not null,
        record_id text not null, revision integer not null, visit_at text not null,
        says text not null, primary key (target, identifier, source, record_id)) without rowid;
      insert into ledger values ('emr', 'v-1', 'Procedure', '7', '2', 'W/"2"', null, 3, '2026',
        'urn:clinic', 'a', 'live');
      insert into voice values
        ('emr', 'p-aaaaaaaaaaaaaaaa-flag-C01', 'urn:clinic', 'a', 3, '2026', 'active'),
        ('emr', 'v-bbbbbbbbbbbbbbbb-ae-fall', 'urn:clinic', 'a', 3, '2026', 'active');`);
    raw.close();
    const outbox = createOutbox(await opened());
    expect(await outbox.ledgerOf('emr', 'urn:clinic', 'a')).toMatchObject([
      { identifier: 'v-1', resourceType: 'Procedure', serverId: '7', version: '2', revision: 3 },
    ]);
    const [flag, event] = ['p-aaaaaaaaaaaaaaaa-flag-C01', 'v-bbbbbbbbbbbbbbbb-ae-fall'];
    const harm = 'v-bbbbbbbbbbbbbbbb-harm-fall';
    expect([flag, event, harm].every(isShared)).toBe(true);
    expect(await outbox.contributionsTo('emr', [flag, event, harm])).toMatchObject([
      { identifier: flag, recordId: 'a', revision: 3, visitAt: '2026' },
      { identifier: event, recordId: 'a', revision: 3, visitAt: '2026' },
      { identifier: harm, recordId: 'a', revision: 3, visitAt: '2026' },
    ]);
  });

  it('rejects commits and queries after closing', async () => {
    const store = await opened();
    await store.close();
    const outbox = createOutbox(store);
    expect(await failure(outbox.enqueue([RECORD]))).toMatchObject({ code: 'shutting-down' });
    expect(await failure(outbox.counts())).toMatchObject({ code: 'shutting-down' });
  });

  it('finishes pending commits before it closes', async () => {
    const store = await opened();
    const accepted = createOutbox(store).enqueue([RECORD]);
    await store.close();
    expect((await accepted)[0]?.status).toBe('accepted');
  });
});

describe('one process per file', () => {
  it('rejects a second process with a clear message until the first has ended', async () => {
    const first = await opened();
    const error = await failure(openStore({ file }));
    expect(error).toBeInstanceOf(AdapterError);
    expect(error).toMatchObject({ code: 'store-unavailable', retry: 'later' });
    expect(String(error)).toContain('Another ims-fhir service is using this data file');
    await first.close();
    await opened();
  });

  it('releases the file when its process is killed', async () => {
    const child = spawn(process.execPath, [LOCK_CHILD, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    expect(await failure(openStore({ file }))).toMatchObject({ code: 'store-unavailable' });
    child.kill('SIGKILL');
    await exited;
    await opened();
  });
});

describe('a file that cannot be used', () => {
  it('is rejected, unchanged, if a newer version wrote it', async () => {
    await (await opened()).close();
    const raw = new Sqlite(file);
    raw.exec("insert into kysely_migration values ('9999-from-the-future', '2030')");
    raw.close();
    const error = await failure(openStore({ file }));
    expect(error).toMatchObject({ code: 'store-unavailable', retry: 'never' });
    expect(String(error)).toContain('newer version of ims-fhir (9999-from-the-future)');
  });

  it('is rejected if it is not a database, and the lock is released', async () => {
    await (await opened()).close();
    writeFileSync(file, 'Dear diary, '.repeat(1_000));
    for (const _ of [1, 2]) {
      expect(await failure(openStore({ file }))).toMatchObject({
        code: 'store-unavailable',
        retry: 'never',
      });
    }
  });

  it('is rejected if it cannot be created', async () => {
    writeFileSync(join(directory, 'data'), 'a file where the directory should be');
    expect(await failure(openStore({ file }))).toMatchObject({
      code: 'store-unavailable',
      message: 'The store cannot be used now (EEXIST).',
    });
  });
});

it('rejects SQLite versions that can corrupt files', () => {
  for (const version of ['3.51.2', '3.50.9', '2.99.99']) {
    expect(() => refuseOldSqlite(version)).toThrow(AdapterError);
  }
  for (const version of ['3.51.3', '3.51.4', '3.54.0', '4.0.0']) {
    expect(() => refuseOldSqlite(version)).not.toThrow();
  }
});
