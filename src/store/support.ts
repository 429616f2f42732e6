import type { Db } from './tables.ts';

/** A record that supports a resource. */
export interface Supporter {
  readonly source: string;
  readonly recordId: string;
}

/** Makes `identifiers` the whole set of what this record supports at `target`. */
export async function replaceSupport(
  db: Db,
  key: Supporter & { target: string },
  identifiers: readonly string[],
): Promise<void> {
  await db
    .deleteFrom('support')
    .where('target', '=', key.target)
    .where('source', '=', key.source)
    .where('record_id', '=', key.recordId)
    .execute();
  for (const identifier of new Set(identifiers)) {
    await db
      .insertInto('support')
      .values({ target: key.target, identifier, source: key.source, record_id: key.recordId })
      .execute();
  }
}

/** The records that support the resource `identifier` at `target`, sorted. */
export async function supporters(db: Db, target: string, identifier: string): Promise<Supporter[]> {
  const rows = await db
    .selectFrom('support')
    .select(['source', 'record_id'])
    .where('target', '=', target)
    .where('identifier', '=', identifier)
    .orderBy('source')
    .orderBy('record_id')
    .execute();
  return rows.map((row) => ({ source: row.source, recordId: row.record_id }));
}

/** The shared resources that a record supports at `target`, by identifier. */
export async function supportedBy(
  db: Db,
  key: { target: string; source: string; recordId: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('support')
    .select('identifier')
    .where('target', '=', key.target)
    .where('source', '=', key.source)
    .where('record_id', '=', key.recordId)
    .orderBy('identifier')
    .execute();
  return rows.map(({ identifier }) => identifier);
}
