// Opens SQLite through kysely, with the settings that durability and privacy need.
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
/** How long a statement waits for another process, such as a backup or a reading tool. */
const BUSY_TIMEOUT_MS = 5_000;
/** More than this program's distinct statements; lists of varying length add more. */
const MAX_STATEMENTS = 500;

/**
 * Opens `file`, a path or `:memory:`. Throws `store-unavailable` if SQLite is too old or the disk does
 * not support a write-ahead log; other errors are those of better-sqlite3.
 */
export function openSqlite(file: string): { db: Db; close: () => void } {
  const inMemory = file === ':memory:';
  const raw = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    refuseOldSqlite(String(raw.prepare('select sqlite_version()').pluck().get()));
    makeDurable(raw, inMemory);
    raw.pragma('foreign_keys = on');
  } catch (error) {
    raw.close();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new StoreDialect(raw) });
  return { db, close: () => raw.close() };
}

/** Throws `store-unavailable` if `version` (`3.51.2`) is older than the oldest safe one. */
export function refuseOldSqlite(version: string): void {
  const parts = version.split('.').map(Number);
  const differing = OLDEST_SQLITE.findIndex((oldest, index) => parts[index] !== oldest);
  if (differing < 0 || (parts[differing] ?? 0) > (OLDEST_SQLITE[differing] ?? 0)) return;
  throw new AdapterError(
    'store-unavailable',
    `SQLite ${version} can corrupt a file with a write-ahead log; version ${OLDEST_SQLITE.join('.')} or newer is required.`,
  );
}

function makeDurable(raw: Sqlite.Database, inMemory: boolean): void {
  const mode = raw.pragma('journal_mode = wal', { simple: true });
  if (mode !== 'wal' && !inMemory) {
    throw new AdapterError(
      'store-unavailable',
      'The disk of the data file does not support a write-ahead log; use a local disk, not a network disk.',
    );
  }
  // FULL: a commit is on disk before it is acknowledged. secure_delete: deleted patient data is
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

/** Reuses prepared statements: kysely prepares each one again, which halves the rate. */
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
  // SQLite's planner reads the values bound to a bare `?` and compiles the statement again when they
  // change (its "query planner stability guarantee" would prevent that, but the driver cannot enable
  // it): five times the cost of a query with ORDER BY, min() or LIMIT. The planner ignores the values
  // of `+?`, and a unary plus leaves values of every type unchanged.
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

  // Immediate: a transaction that starts with a read and then writes fails at once if another
  // connection writes in between: the busy time-out does not apply.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  // SQLite rolls back by itself when the disk is full; a second rollback would fail and hide the cause.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#raw.inTransaction) await super.rollbackTransaction(connection);
  }
}

class StoreAdapter extends SqliteAdapter {
  // SQLite supports it although kysely says no: an interrupted migration leaves no trace.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
