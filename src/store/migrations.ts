// The database schema, and the steps that bring an older file to it.
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { AdapterError } from '../errors.ts';
import type { Db } from './tables.ts';

/** By name, in the order they run. A released migration is never changed. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-deliveries': { up: (db) => run(db, DELIVERIES) },
  '0002-keys-by-identifier': { up: (db) => run(db, KEYS_BY_IDENTIFIER) },
  '0003-contributions': { up: (db) => run(db, CONTRIBUTIONS) },
};

/** Migrates `db` to the current schema. Throws `store-unavailable` for a newer one, unchanged. */
export async function migrate(db: Db): Promise<void> {
  await refuseNewerSchema(db);
  const provider = { getMigrations: async () => ({ ...MIGRATIONS }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
}

async function refuseNewerSchema(db: Db): Promise<void> {
  const done = await migrationsDone(db);
  const unknown = done.filter((name) => !(name in MIGRATIONS));
  if (unknown.length === 0) return;
  throw new AdapterError(
    'store-unavailable',
    `The data file was written by a newer version of ims-fhir (${unknown.join(', ')}); use that version or newer.`,
  );
}

async function migrationsDone(db: Db): Promise<string[]> {
  const table = await sql`select 1 from sqlite_master where name = 'kysely_migration'`.execute(db);
  if (table.rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map((row) => row.name);
}

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const DELIVERIES = [
  `create table payload (
    id integer primary key autoincrement,
    source text not null,
    record_id text not null,
    revision integer not null,
    hash text not null,
    content text,
    created_at integer not null,
    unique (source, record_id, revision)
  )`,
  'create index payload_kept on payload (created_at) where content is not null',
  `create table delivery (
    id integer primary key autoincrement,
    target text not null,
    lane text not null,
    priority integer not null check (priority in (0, 1)),
    head integer not null check (head in (0, 1)),
    payload_id integer not null references payload (id),
    source text not null,
    record_id text not null,
    revision integer not null,
    state text not null
      check (state in ('queued', 'sending', 'held', 'rejected', 'delivered', 'superseded')),
    attempt integer not null,
    claims integer not null,
    run_at integer not null,
    lease_until integer,
    cause text,
    waits_for text,
    issues text not null,
    losses text not null,
    created_at integer not null,
    settled_at integer,
    unique (source, record_id, target, revision),
    check (head = 0 or state in ('queued', 'sending')),
    check (head = 1 or state <> 'sending'),
    check ((lease_until is null) = (state <> 'sending'))
  )`,
  // A claim reads this index in order and stops at the first row that is not due.
  `create index delivery_ready on delivery (target, priority, run_at, id)
    where head = 1 and state = 'queued'`,
  `create index delivery_lane on delivery (target, lane, id)
    where state in ('queued', 'sending')`,
  // Unique: the database itself rejects a second head, and so a second row being sent, in a lane.
  'create unique index delivery_head on delivery (target, lane) where head = 1',
  "create index delivery_lease on delivery (lease_until) where state = 'sending'",
  `create index delivery_waiting on delivery (target, source, waits_for)
    where waits_for is not null`,
  'create index delivery_state on delivery (state, cause, target)',
  `create table ledger (
    target text not null,
    identifier text not null,
    resource_type text not null,
    server_id text not null,
    version text,
    etag text,
    content_hash text,
    revision integer not null,
    visit_at text,
    source text not null,
    record_id text not null,
    state text not null check (state in ('live', 'retracted')),
    primary key (target, identifier)
  ) without rowid`,
  'create index ledger_record on ledger (target, source, record_id)',
  `create table voice (
    target text not null,
    identifier text not null,
    source text not null,
    record_id text not null,
    revision integer not null,
    visit_at text not null,
    says text not null,
    primary key (target, identifier, source, record_id)
  ) without rowid`,
  'create index voice_record on voice (target, source, record_id)',
];

// With the target first in the primary key, SQLite (which has no statistics) used that key for every
// query by record and so read all rows of the target. With the identifier first it cannot.
const KEYS_BY_IDENTIFIER = [
  `create table ledger_by_identifier (
    identifier text not null,
    target text not null,
    resource_type text not null,
    server_id text not null,
    version text,
    etag text,
    content_hash text,
    revision integer not null,
    visit_at text,
    source text not null,
    record_id text not null,
    state text not null check (state in ('live', 'retracted')),
    primary key (identifier, target)
  ) without rowid`,
  `insert into ledger_by_identifier
    select identifier, target, resource_type, server_id, version, etag, content_hash, revision,
      visit_at, source, record_id, state from ledger`,
  'drop table ledger',
  'alter table ledger_by_identifier rename to ledger',
  'create index ledger_record on ledger (target, source, record_id)',
  `create table voice_by_identifier (
    identifier text not null,
    target text not null,
    source text not null,
    record_id text not null,
    revision integer not null,
    visit_at text not null,
    says text not null,
    primary key (identifier, target, source, record_id)
  ) without rowid`,
  `insert into voice_by_identifier
    select identifier, target, source, record_id, revision, visit_at, says from voice`,
  'drop table voice',
  'alter table voice_by_identifier rename to voice',
  'create index voice_record on voice (target, source, record_id)',
];

// Contributions replace the older table for shared resources. Migrated ones have no content; it is
// read from the payload until that is purged.
const CONTRIBUTIONS = [
  `create table contribution (
    identifier text not null,
    target text not null,
    source text not null,
    record_id text not null,
    revision integer not null,
    visit_at text not null,
    primary key (identifier, target, source, record_id)
  ) without rowid`,
  `insert into contribution
    select identifier, target, source, record_id, revision, visit_at from voice`,
  // The older table had an event only as an AdverseEvent (ae), not as the Condition it caused (harm).
  `insert into contribution
    select substr(identifier, 1, 18) || '-harm-' || substr(identifier, 23), target, source,
      record_id, revision, visit_at
    from voice where identifier glob 'v-????????????????-ae-*'`,
  'drop table voice',
  'create index contribution_record on contribution (target, source, record_id)',
  `create table contributor (
    target text not null,
    source text not null,
    record_id text not null,
    revision integer not null,
    content text not null,
    primary key (target, source, record_id)
  )`,
  'drop index delivery_lane',
  'drop index delivery_head',
  'alter table delivery rename column lane to ordering_key',
  `create index delivery_order on delivery (target, ordering_key, id)
    where state in ('queued', 'sending')`,
  // Unique: the database itself rejects a second head, and so a second row being sent, for one key.
  'create unique index delivery_head on delivery (target, ordering_key) where head = 1',
];
