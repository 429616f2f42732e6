// Accepted revisions and their content, which can be purged.
import { sql } from 'kysely';
import type { Db } from './tables.ts';

/** Identifies one revision of a record. */
export interface RevisionKey {
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
}

/** An accepted revision; `payload` is undefined once purged. */
export interface StoredPayload {
  readonly payload: string | undefined;
}

/** Row id and hash of an accepted revision, and whether its content was purged; undefined if new. */
export async function findPayload(
  db: Db,
  key: RevisionKey,
): Promise<{ id: number; hash: string; isPurged: boolean } | undefined> {
  const row = await db
    .selectFrom('payload')
    .select(['id', 'hash', sql<number>`content is null`.as('isPurged')])
    .where('source', '=', key.source)
    .where('record_id', '=', key.recordId)
    .where('revision', '=', key.revision)
    .executeTakeFirst();
  return row && { ...row, isPurged: row.isPurged === 1 };
}

/** Stores a new revision and returns its row id. */
export async function insertPayload(
  db: Db,
  row: RevisionKey & { hash: string; payload: string; createdAt: number },
): Promise<number> {
  const { id } = await db
    .insertInto('payload')
    .values({
      source: row.source,
      record_id: row.recordId,
      revision: row.revision,
      hash: row.hash,
      content: row.payload,
      created_at: row.createdAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Stores purged content again because another delivery needs it. */
export async function restorePayload(db: Db, id: number, content: string): Promise<void> {
  await db.updateTable('payload').set({ content }).where('id', '=', id).execute();
}

/** The accepted revision with its content, or undefined. */
export async function readPayload(db: Db, key: RevisionKey): Promise<StoredPayload | undefined> {
  const row = await db
    .selectFrom('payload')
    .select('content')
    .where('source', '=', key.source)
    .where('record_id', '=', key.recordId)
    .where('revision', '=', key.revision)
    .executeTakeFirst();
  return row && { payload: row.content ?? undefined };
}

/**
 * Deletes the content of at most `limit` payloads, oldest first, that were accepted before
 * `settledBefore` (ms) and whose deliveries were all delivered or superseded before then. Key and hash
 * stay, so that the same revision with other content is still detected. Returns the number purged.
 */
export async function purgePayloads(
  db: Db,
  options: { settledBefore: number; limit: number },
): Promise<number> {
  const result = await sql`
    update payload set content = null where id in (
      select p.id from payload p
      where p.content is not null and p.created_at < ${options.settledBefore}
        and not exists (
          select 1 from delivery d
          where d.source = p.source and d.record_id = p.record_id and d.revision = p.revision
            and (d.state not in ('delivered', 'superseded')
              or d.settled_at >= ${options.settledBefore})
        )
      order by p.created_at limit ${options.limit}
    )`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
