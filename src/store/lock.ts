import { realpathSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { AdapterError } from '../errors.ts';
import { preparePrivateFile } from './private-file.ts';

/** The right to be the one service on a file, until released or until the process ends in any way. */
export interface FileLock {
  release(): void;
}

/**
 * Takes the lock that belongs to the store in `file`, which exists. It is an exclusive transaction on a small
 * second SQLite file (`<file>.lock`): the operating system frees it when the process dies, by SIGKILL
 * too, and it keeps no reader of the store itself waiting. Throws `store-unavailable` when another
 * process has it.
 */
export function takeLock(file: string): FileLock {
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

function lockFailure(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) return error;
  return new AdapterError(
    'store-unavailable',
    'Another ims-fhir service is using this data file. One file serves one service: stop the other one, or give this one its own data directory.',
    { retry: 'later', cause: error },
  );
}
