import { AdapterError } from '../errors.ts';
import { storeFailure } from './failure.ts';
import type { Db } from './tables.ts';

/** Merges the writes of one tick into one transaction: one flush to disk for many callers. */
export interface Committer {
  /** The value of `work` once its transaction is on disk. `weight` is about how many rows it writes. */
  commit<T>(work: (db: Db) => Promise<T>, weight?: number): Promise<T>;
  /** Resolves when nothing is under way; refuses what comes later with `shutting-down`. */
  close(): Promise<void>;
}

/** Bounds how long one transaction keeps the process from doing anything else. */
const MAX_GROUP_WEIGHT = 1_000;

interface Waiting {
  readonly weight: number;
  /** Runs the work and gives what tells its caller, to be called only after the commit. */
  run(db: Db): Promise<() => void>;
  fail(error: unknown): void;
}

/** A committer over `db`, which must be used for transactions by nobody else. */
export function createCommitter(db: Db): Committer {
  const waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let closed = false;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      await nextTick();
      await commitGroup(db, takeGroup(waiting));
    }
    flushing = undefined;
  }
  return {
    commit<T>(work: (db: Db) => Promise<T>, weight = 1): Promise<T> {
      if (closed) throw new AdapterError('shutting-down', 'The store is closed.');
      return new Promise<T>((resolve, reject) => {
        const run = async (inside: Db) => {
          const value = await work(inside);
          return () => resolve(value);
        };
        waiting.push({ weight, run, fail: reject });
        flushing ??= flush();
      });
    },
    async close() {
      closed = true;
      await flushing;
    },
  };
}

/** Everything that can call within the present tick has done so when this resolves. */
function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function takeGroup(waiting: Waiting[]): Waiting[] {
  let weight = 0;
  const end = waiting.findIndex((entry, index) => {
    weight += entry.weight;
    return index > 0 && weight > MAX_GROUP_WEIGHT;
  });
  return waiting.splice(0, end < 0 ? waiting.length : end);
}

async function commitGroup(db: Db, group: readonly Waiting[]): Promise<void> {
  try {
    const answers = await db.transaction().execute(async (inside) => {
      const collected: (() => void)[] = [];
      for (const entry of group) collected.push(await entry.run(inside));
      return collected;
    });
    for (const answer of answers) answer();
  } catch (thrown) {
    const error = storeFailure(thrown);
    // A store that cannot work now would only make each of them wait for the same answer.
    if (group.length === 1 || error.code === 'store-unavailable') {
      for (const entry of group) entry.fail(error);
      return;
    }
    for (const entry of group) await commitGroup(db, [entry]);
  }
}
