// The files of a store on disk: readable by their owner alone, used by one process at a time.
import { chmodSync, closeSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { AdapterError } from '../errors.ts';

const OWNER_ONLY_DIRECTORY = 0o700;
const OWNER_ONLY_FILE = 0o600;

/** The exclusive use of a data file, until released or until the process ends in any way. */
export interface FileLock {
  release(): void;
}

/**
 * Creates `file` if needed and takes its lock. The lock is an exclusive transaction on a small second
 * SQLite file (`<file>.lock`): the operating system releases it when the process dies, also by
 * SIGKILL, and readers of the data file are not blocked. Throws `store-unavailable` if another process
 * holds it.
 */
export function lockDataFile(file: string): FileLock {
  preparePrivateFile(file);
  // The real path, so that a link to the file does not make a second lock.
  const path = `${realpathSync(file)}.lock`;
  preparePrivateFile(path);
  const holder = new Sqlite(path, { timeout: 0 });
  try {
    holder.pragma('journal_mode = memory');
    holder.exec('begin exclusive');
  } catch (error) {
    holder.close();
    throw lockFailure(error);
  }
  return { release: () => holder.close() };
}

/**
 * Makes sure that `path` exists and only its owner can read it, before anything is written. SQLite
 * would create the file readable by the group, and copies its permissions to its side files. Missing
 * directories are created for the owner alone; existing ones are left unchanged.
 */
function preparePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  closeSync(openSync(path, 'a', OWNER_ONLY_FILE));
  chmodSync(path, OWNER_ONLY_FILE);
}

function lockFailure(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) return error;
  return new AdapterError(
    'store-unavailable',
    'Another ims-fhir service is using this data file. One file serves one service: stop the other one, or give this one its own data directory.',
    { retry: 'later', cause: error },
  );
}
