import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import { AdapterError } from '../errors.ts';
import type { Db, Tables } from './tables.ts';

/** The oldest SQLite without the WAL-reset corruption (https://www.sqlite.org/wal.html#walresetbug). */
const OLDEST_SQLITE = [3, 51, 3] as const;
/** How long a statement waits for another process, which is a reading tool's checkpoint at most. */
const BUSY_TIMEOUT_MS = 5_000;
/** More than the different statements of this program; lists of varying length make new ones. */
const MAX_STATEMENTS = 500;

/**
 * Opens `file` (a path or `:memory:`) with everything durability and privacy ask of the engine.
 * Throws `store-unavailable` for an engine too old or a disk without write-ahead log, else what
 * better-sqlite3 throws.
 */
export function openSqlite(options: { file: string; readOnly: boolean }): {
  db: Db;
  close: () => void;
} {
  const inMemory = options.file === ':memory:';
  const raw = new Sqlite(options.file, { readonly: options.readOnly, timeout: BUSY_TIMEOUT_MS });
  try {
    refuseOldSqlite(String(raw.prepare('select sqlite_version()').pluck().get()));
    if (!options.readOnly) makeDurable(raw, inMemory);
    raw.pragma('foreign_keys = on');
  } catch (error) {
    raw.close();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new StoreDialect(raw) });
  return { db, close: () => raw.close() };
}

/** Throws `store-unavailable` when `version`, as `3.51.2`, is older than what keeps data safe. */
export function refuseOldSqlite(version: string): void {
  const parts = version.split('.').map(Number);
  const differing = OLDEST_SQLITE.findIndex((wanted, index) => parts[index] !== wanted);
  if (differing < 0 || (parts[differing] ?? 0) > (OLDEST_SQLITE[differing] ?? 0)) return;
  throw new AdapterError(
    'store-unavailable',
    `SQLite ${version} can damage a file in write-ahead mode; ${OLDEST_SQLITE.join('.')} or newer is needed.`,
  );
}

function makeDurable(raw: Sqlite.Database, inMemory: boolean): void {
  const mode = raw.pragma('journal_mode = wal', { simple: true });
  if (mode !== 'wal' && !inMemory) {
    throw new AdapterError(
      'store-unavailable',
      'The disk of the data file has no write-ahead log; use a local disk, not a network one.',
    );
  }
  // FULL: a commit is on the disk before it is answered. secure_delete: deleted patient data is
  // overwritten, not only unlinked.
  raw.pragma('synchronous = full');
  raw.pragma('secure_delete = on');
}

class StoreDialect extends SqliteDialect {
  readonly #raw: Sqlite.Database;
  readonly #config: SqliteDialectConfig;

  constructor(raw: Sqlite.Database) {
    const config = { database: withStatementCache(raw) };
    super(config);
    this.#raw = raw;
    this.#config = config;
  }

  override createDriver(): Driver {
    return new StoreDriver(this.#config, this.#raw);
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new StoreCompiler();
  }

  override createAdapter(): SqliteAdapter {
    return new StoreAdapter();
  }
}

/** kysely prepares each statement anew, which halves the rate; a prepared one can be used again. */
function withStatementCache(raw: Sqlite.Database): {
  close(): void;
  prepare(text: string): SqliteStatement;
} {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => raw.close(),
    prepare(text) {
      let statement = statements.get(text);
      if (!statement) {
        if (statements.size >= MAX_STATEMENTS) statements.clear();
        statement = raw.prepare(text);
        statements.set(text, statement);
      }
      return statement;
    },
  };
}

class StoreCompiler extends SqliteQueryCompiler {
  // The planner looks at the values bound to a bare `?` and compiles the statement again whenever
  // they change (what its "query planner stability guarantee" switches off, which no binding offers):
  // five times the cost of a look-up with ORDER BY, min() or LIMIT. It does not look behind a plus,
  // which leaves values of any type as they are.
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

class StoreDriver extends SqliteDriver {
  readonly #raw: Sqlite.Database;

  constructor(config: SqliteDialectConfig, raw: Sqlite.Database) {
    super(config);
    this.#raw = raw;
  }

  // Immediate: a transaction that first reads and then writes cannot wait for another writer in
  // between; it would be refused at once, whatever the busy time-out.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  // A full disk rolls back by itself; a second rollback would fail and hide the reason.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#raw.inTransaction) await super.rollbackTransaction(connection);
  }
}

class StoreAdapter extends SqliteAdapter {
  // SQLite has it; kysely leaves it out. A migration cut short leaves nothing behind.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
