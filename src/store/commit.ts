// Group commit: calls made in the same tick share one transaction and one flush to disk.
import { AdapterError } from '../errors.ts';
import { storeFailure } from './failure.ts';
import type { Db } from './tables.ts';

/** Merges the writes of one tick into one transaction. */
export interface Committer {
  /** Returns what `work` returns, once its transaction is on disk. `weight`: about how many rows it writes. */
  commit<T>(work: (db: Db) => Promise<T>, weight?: number): Promise<T>;
  /** Resolves when all pending commits have ended; later ones are rejected with `shutting-down`. */
  close(): Promise<void>;
}

/** Limits the rows of one transaction, because the process does nothing else meanwhile. */
const MAX_GROUP_WEIGHT = 1_000;

interface PendingCommit {
  readonly weight: number;
  /** Runs the work; the returned function resolves the caller's promise and must follow the commit. */
  run(db: Db): Promise<() => void>;
  fail(error: unknown): void;
}

/** Creates the committer of `db`. Nothing else may open transactions on `db`. */
export function createCommitter(db: Db): Committer {
  const pending: PendingCommit[] = [];
  let flushing: Promise<void> | undefined;
  let closed = false;

  async function flush(): Promise<void> {
    while (pending.length > 0) {
      await nextTick();
      await commitGroup(db, takeGroup(pending));
    }
    flushing = undefined;
  }
  return {
    commit<T>(work: (db: Db) => Promise<T>, weight = 1): Promise<T> {
      if (closed) throw new AdapterError('shutting-down', 'The store is closed.');
      return new Promise<T>((resolve, reject) => {
        const run = async (transaction: Db) => {
          const value = await work(transaction);
          return () => resolve(value);
        };
        pending.push({ weight, run, fail: reject });
        flushing ??= flush();
      });
    },
    async close() {
      closed = true;
      await flushing;
    },
  };
}

/** Resolves after every caller of the current tick has had its turn. */
function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function takeGroup(pending: PendingCommit[]): PendingCommit[] {
  let weight = 0;
  const end = pending.findIndex((entry, index) => {
    weight += entry.weight;
    return index > 0 && weight > MAX_GROUP_WEIGHT;
  });
  return pending.splice(0, end < 0 ? pending.length : end);
}

async function commitGroup(db: Db, group: readonly PendingCommit[]): Promise<void> {
  try {
    const callbacks = await db.transaction().execute(async (transaction) => {
      const collected: (() => void)[] = [];
      for (const entry of group) collected.push(await entry.run(transaction));
      return collected;
    });
    for (const callback of callbacks) callback();
  } catch (thrown) {
    const error = storeFailure(thrown);
    // While the store is unavailable, each retry would only wait for the same error.
    if (group.length === 1 || error.code === 'store-unavailable') {
      for (const entry of group) entry.fail(error);
      return;
    }
    for (const entry of group) await commitGroup(db, [entry]);
  }
}
