/**
 * SQLite binds 32,766 values in a statement at most (https://www.sqlite.org/limits.html); and of each
 * length that occurs a statement is kept ready, which takes the more memory the longer it is.
 */
const MOST = 100;

/** Rows in portions that one statement takes. */
export function* chunk<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += MOST) yield rows.slice(from, from + MOST);
}

/** What `ask` finds of values, however many, in the order of the values. */
export async function queryInChunks<R>(
  values: readonly string[],
  ask: (some: readonly string[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const found: (readonly R[])[] = [];
  for (const some of chunk(values.toSorted())) found.push(await ask(some));
  return found.flat();
}
