import { AdapterError, type Retry } from '../errors.ts';

// The store as a whole cannot work now, by SQLite's code or that of the operating system (`EACCES`);
// everything else is the fault of one statement.
const OUTAGE =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM|PROTOCOL|CORRUPT|NOTADB|PERM|AUTH)/;
const SYSTEM = /^E[A-Z]+$/;
// These pass by themselves; after the others a person must look at file or disk first.
const PASSING = /^(SQLITE_(BUSY|LOCKED|FULL|NOMEM|PROTOCOL)|ENOSPC|EMFILE|ENFILE)/;

/**
 * The `AdapterError` for anything the engine threw: `store-unavailable` when the store as a whole
 * cannot work now (disk full, locked, damaged), else `internal`. Names the engine's code and never
 * its message, which may quote values. A lost write (I/O error) has retry `unknown`.
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
  return PASSING.test(code) ? 'later' : 'never';
}
