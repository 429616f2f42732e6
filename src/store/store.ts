// Where everything durable lives: payloads, deliveries, ledger and support, in one file and under
// one transaction. Knows tables and commits; not when a delivery is due, not FHIR, not HTTP.

import { existsSync } from 'node:fs';
import { AdapterError } from '../errors.ts';
import { createCommitter } from './commit.ts';
import { storeFailure } from './failure.ts';
import { type FileLock, takeLock } from './lock.ts';
import { migrate, refuseOtherSchema } from './migrations.ts';
import { preparePrivateFile } from './private-file.ts';
import { openSqlite } from './sqlite.ts';
import type { Db } from './tables.ts';

/** One open store. Failures of the engine come out as `AdapterError` (`store-unavailable` or `internal`). */
export interface Store {
  /**
   * True when this process is the only one that may write, which makes every delivery found `sending`
   * at its start the remains of a process that is gone.
   */
  readonly exclusive: boolean;
  /** Runs look-ups outside of any transaction. */
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction and answers after it is on disk: all of it or nothing. Calls of the
   * same tick share one transaction; if that fails each is run again by itself, so `work` must have
   * no effect but its SQL. `weight` is about how many records it writes.
   */
  commit<T>(work: (db: Db) => Promise<T>, weight?: number): Promise<T>;
  /** Finishes the commits under way, refuses new ones with `shutting-down` and closes the file. */
  close(): Promise<void>;
}

/**
 * Opens the store in `file`, a path or `:memory:`, creating or migrating it as needed; its directory
 * is created for the owner alone and must not be a network disk. A `service` takes the file for
 * itself and is refused with `store-unavailable` while another service has it; `read` may look while
 * a service works and never writes, and is refused with `not-found` where there is no file. A file
 * written by a newer program is refused.
 */
export async function openStore(options: {
  file: string;
  mode?: 'service' | 'read';
}): Promise<Store> {
  const { file } = options;
  const readOnly = options.mode === 'read';
  const lock = file === ':memory:' ? undefined : claimFile(file, readOnly);
  try {
    const connection = openSqlite({ file, readOnly });
    try {
      await (readOnly ? refuseOtherSchema(connection.db) : migrate(connection.db));
    } catch (error) {
      connection.close();
      throw error;
    }
    return assemble({ ...connection, readOnly, lock });
  } catch (error) {
    lock?.release();
    throw storeFailure(error);
  }
}

function claimFile(file: string, readOnly: boolean): FileLock | undefined {
  if (readOnly) {
    if (existsSync(file)) return undefined;
    throw new AdapterError('not-found', `There is no data file ${file}.`);
  }
  try {
    preparePrivateFile(file);
    return takeLock(file);
  } catch (error) {
    throw storeFailure(error);
  }
}

function assemble(parts: {
  db: Db;
  close: () => void;
  readOnly: boolean;
  lock: FileLock | undefined;
}): Store {
  const { db, readOnly } = parts;
  const committer = createCommitter(db);
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await committer.close();
    parts.close();
    parts.lock?.release();
  }
  return {
    exclusive: !readOnly,
    async read(work) {
      if (closing) throw new AdapterError('shutting-down', 'The store is closed.');
      try {
        return await work(db);
      } catch (error) {
        throw storeFailure(error);
      }
    },
    async commit(work, weight) {
      if (readOnly) throw new AdapterError('internal', 'This store was opened for reading only.');
      return committer.commit(work, weight);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
