// Turns what the database engine or the file system throws into an AdapterError.
import { AdapterError, type Retry } from '../errors.ts';

// Codes of SQLite or the operating system (`EACCES`) after which the store as a whole cannot be used.
// Any other code concerns one statement only.
const OUTAGE =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM|PROTOCOL|CORRUPT|NOTADB|PERM|AUTH)/;
const SYSTEM = /^E[A-Z]+$/;
// These end without a change to file or disk; the others need a person.
const TEMPORARY = /^(SQLITE_(BUSY|LOCKED|FULL|NOMEM|PROTOCOL)|ENOSPC|EMFILE|ENFILE)/;

/**
 * The `AdapterError` for anything the engine threw: `store-unavailable` if the store as a whole cannot
 * be used (disk full, locked, damaged), otherwise `internal`. Its message has the engine's code, never the
 * engine's message, which may quote values. After an I/O error, `retry` is `unknown`: the write may
 * have been lost.
 */
export function storeFailure(error: unknown): AdapterError {
  if (error instanceof AdapterError) return error;
  const code = codeOf(error);
  if (!OUTAGE.test(code) && !SYSTEM.test(code)) {
    return new AdapterError('internal', `A store operation failed (${code}).`, { cause: error });
  }
  return new AdapterError('store-unavailable', `The store cannot be used now (${code}).`, {
    retry: retryAfter(code),
    cause: error,
  });
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'no code';
}

function retryAfter(code: string): Retry {
  if (code.startsWith('SQLITE_IOERR')) return 'unknown';
  return TEMPORARY.test(code) ? 'later' : 'never';
}
