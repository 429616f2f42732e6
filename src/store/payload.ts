import { sql } from 'kysely';
import type { Db } from './tables.ts';

/** Names one revision of one record. */
export interface RevisionKey {
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
}

/** What was accepted; `payload` is undefined when it has been forgotten. `createdAt` in ms. */
export interface StoredPayload {
  readonly hash: string;
  readonly payload: string | undefined;
  readonly createdAt: number;
}

/** The row id, hash and whether the content is gone, or undefined when this revision is new. */
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

/** Stores a new revision and gives its row id. */
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

/** Puts content back that had been forgotten and is needed once more. */
export async function restorePayload(db: Db, id: number, content: string): Promise<void> {
  await db.updateTable('payload').set({ content }).where('id', '=', id).execute();
}

/** The stored revision with its content, or undefined when it was never accepted. */
export async function readPayload(db: Db, key: RevisionKey): Promise<StoredPayload | undefined> {
  const row = await db
    .selectFrom('payload')
    .select(['hash', 'content', 'created_at'])
    .where('source', '=', key.source)
    .where('record_id', '=', key.recordId)
    .where('revision', '=', key.revision)
    .executeTakeFirst();
  return row && { hash: row.hash, payload: row.content ?? undefined, createdAt: row.created_at };
}

/** The highest revision accepted of a record, or undefined when there is none. */
export async function highestRevision(
  db: Db,
  source: string,
  recordId: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('payload')
    .select('revision')
    .where('source', '=', source)
    .where('record_id', '=', recordId)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.revision;
}

/**
 * Deletes the content of at most `limit` payloads, oldest first, that were accepted and whose last
 * delivery was settled for good before `settledBefore` (ms). Hash and key stay, so that the same
 * revision with other content is still told apart. Gives how many were emptied.
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
