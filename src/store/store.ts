// Durable storage: payloads, deliveries, ledger and contributions in one SQLite file, changed in
// transactions. Knows tables and commits; not when a delivery is due, not FHIR, not HTTP.
import { AdapterError } from '../errors.ts';
import { createCommitter } from './commit.ts';
import { type FileLock, lockDataFile } from './data-file.ts';
import { storeFailure } from './failure.ts';
import { migrate } from './migrations.ts';
import { openSqlite } from './sqlite.ts';
import type { Db } from './tables.ts';

/** An open store. Failures of the engine are thrown as `store-unavailable` or `internal`. */
export interface Store {
  /** Runs queries outside of any transaction. */
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction and resolves once all of it is on disk. Calls of the same tick share
   * one transaction; if that fails, each is run again in a separate one, so `work` must have no effect
   * other than its SQL. `weight`: about how many records it writes.
   */
  commit<T>(work: (db: Db) => Promise<T>, weight?: number): Promise<T>;
  /** Finishes pending commits, rejects later ones with `shutting-down` and closes the file. */
  close(): Promise<void>;
}

/**
 * Opens the store in `file`, a path or `:memory:`, and creates or migrates it if needed. Its directory
 * is created for the owner alone and must not be on a network disk. One process at a time can open a
 * file, so every delivery that is `sending` at the start was left by a process that has ended. Throws
 * `store-unavailable` if another process has the file open, or if a newer version of this program
 * wrote it.
 */
export async function openStore({ file }: { file: string }): Promise<Store> {
  let lock: FileLock | undefined;
  try {
    lock = file === ':memory:' ? undefined : lockDataFile(file);
    const connection = openSqlite(file);
    try {
      await migrate(connection.db);
    } catch (error) {
      connection.close();
      throw error;
    }
    return storeOf({ ...connection, lock });
  } catch (error) {
    lock?.release();
    throw storeFailure(error);
  }
}

function storeOf(parts: { db: Db; close: () => void; lock: FileLock | undefined }): Store {
  const { db } = parts;
  const committer = createCommitter(db);
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await committer.close();
    parts.close();
    parts.lock?.release();
  }
  return {
    async read(work) {
      if (closing) throw new AdapterError('shutting-down', 'The store is closed.');
      try {
        return await work(db);
      } catch (error) {
        throw storeFailure(error);
      }
    },
    async commit(work, weight) {
      return committer.commit(work, weight);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
