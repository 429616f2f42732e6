import { chunk, queryInChunks } from './chunks.ts';
import type { Db, VoiceTable } from './tables.ts';

/** What a record says of one shared resource: that it stands, or that it has ended. */
export interface Said {
  readonly identifier: string;
  readonly says: 'stands' | 'ends';
  /** Text that sorts by visit time: the latest voice decides. */
  readonly visitAt: string;
}

/** Said by a delivered revision of a record. */
export interface Voice extends Said {
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
}

/** Names a record at a target. */
type Key = { readonly target: string; readonly source: string; readonly recordId: string };

/** Makes `said` all that this record says of shared resources at the target. */
export async function replaceVoices(
  db: Db,
  key: Key & { readonly revision: number },
  said: readonly Said[],
): Promise<void> {
  await db
    .deleteFrom('voice')
    .where('target', '=', key.target)
    .where('source', '=', key.source)
    .where('record_id', '=', key.recordId)
    .execute();
  const rows = said.map(({ identifier, says, visitAt }) => ({
    target: key.target,
    identifier,
    source: key.source,
    record_id: key.recordId,
    revision: key.revision,
    visit_at: visitAt,
    says,
  }));
  for (const some of chunk(rows)) await db.insertInto('voice').values(some).execute();
}

/** Every voice on `identifiers` at `target`. */
export async function voicesOn(
  db: Db,
  target: string,
  identifiers: readonly string[],
): Promise<Voice[]> {
  const rows = await queryInChunks(identifiers, (some) =>
    db
      .selectFrom('voice')
      .selectAll()
      .where('target', '=', target)
      .where('identifier', 'in', some)
      .orderBy('identifier')
      .orderBy('visit_at')
      .execute(),
  );
  return rows.map(toVoice);
}

/** Everything this record says at its target. */
export async function voicesOf(db: Db, { target, source, recordId }: Key): Promise<Voice[]> {
  const rows = await db
    .selectFrom('voice')
    .selectAll()
    .where('target', '=', target)
    .where('source', '=', source)
    .where('record_id', '=', recordId)
    .orderBy('identifier')
    .execute();
  return rows.map(toVoice);
}

function toVoice(row: VoiceTable): Voice {
  return {
    identifier: row.identifier,
    says: row.says,
    visitAt: row.visit_at,
    source: row.source,
    recordId: row.record_id,
    revision: row.revision,
  };
}
