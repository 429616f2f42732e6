/**
 * SQLite allows at most 32,766 bound values per statement (https://www.sqlite.org/limits.html). This
 * is far lower because a prepared statement is cached for each list length, and long ones use more
 * memory.
 */
const MAX_CHUNK = 100;

/** Splits rows into chunks that fit into one statement. */
export function* chunk<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += MAX_CHUNK) {
    yield rows.slice(from, from + MAX_CHUNK);
  }
}

/** Runs `query` for the sorted `values`, chunk by chunk, and returns all rows in that order. */
export async function queryInChunks<R>(
  values: readonly string[],
  query: (some: readonly string[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const rows: (readonly R[])[] = [];
  for (const some of chunk(values.toSorted())) rows.push(await query(some));
  return rows.flat();
}
