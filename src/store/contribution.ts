// What each delivered record contributes to resources that several records share (a Flag, a
// Condition, a course plan), and the content needed to build these without the record's payload.
import { chunk, queryInChunks } from './chunks.ts';
import type { RecordAtTarget } from './delivery.ts';
import type { ContributionTable, Db } from './tables.ts';

/** One record's part in one shared resource at a target. */
export interface Contribution {
  readonly identifier: string;
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
  /** Text that sorts by visit time. */
  readonly visitAt: string;
}

/** Everything one revision contributes. `content` is opaque to the store. */
export interface Contributions {
  readonly identifiers: readonly string[];
  readonly visitAt: string;
  readonly content: string;
}

/** Several records of one source at one target. */
export interface RecordsAtTarget {
  readonly target: string;
  readonly source: string;
  readonly recordIds: readonly string[];
}

/** Replaces everything the record contributes at the target; `undefined` removes it. */
export async function replaceContributions(
  db: Db,
  key: RecordAtTarget & { readonly revision: number },
  contributions: Contributions | undefined,
): Promise<void> {
  const { target, source, recordId, revision } = key;
  for (const table of ['contribution', 'contributor'] as const) {
    await db
      .deleteFrom(table)
      .where('target', '=', target)
      .where('source', '=', source)
      .where('record_id', '=', recordId)
      .execute();
  }
  if (contributions === undefined || contributions.identifiers.length === 0) return;
  const { identifiers, visitAt, content } = contributions;
  const record = { target, source, record_id: recordId, revision };
  const rows = identifiers.map((identifier) => ({ ...record, identifier, visit_at: visitAt }));
  for (const some of chunk(rows)) await db.insertInto('contribution').values(some).execute();
  await db
    .insertInto('contributor')
    .values({ ...record, content })
    .execute();
}

/** The contributions of all records to `identifiers` at `target`, earliest visit first. */
export async function contributionsTo(
  db: Db,
  target: string,
  identifiers: readonly string[],
): Promise<Contribution[]> {
  const rows = await queryInChunks(identifiers, (some) =>
    db
      .selectFrom('contribution')
      .selectAll()
      .where('target', '=', target)
      .where('identifier', 'in', some)
      .orderBy('identifier')
      .orderBy('visit_at')
      .execute(),
  );
  return rows.map(toContribution);
}

/** Everything these records contribute. */
export async function contributionsOf(
  db: Db,
  { target, source, recordIds }: RecordsAtTarget,
): Promise<Contribution[]> {
  const rows = await queryInChunks(recordIds, (some) =>
    db
      .selectFrom('contribution')
      .selectAll()
      .where('target', '=', target)
      .where('source', '=', source)
      .where('record_id', 'in', some)
      .orderBy('record_id')
      .orderBy('identifier')
      .execute(),
  );
  return rows.map(toContribution);
}

/** The stored content of these records, by record id; records without content are left out. */
export async function contributorContents(
  db: Db,
  { target, source, recordIds }: RecordsAtTarget,
): Promise<Map<string, string>> {
  const rows = await queryInChunks(recordIds, (some) =>
    db
      .selectFrom('contributor')
      .select(['record_id', 'content'])
      .where('target', '=', target)
      .where('source', '=', source)
      .where('record_id', 'in', some)
      .execute(),
  );
  return new Map(rows.map(({ record_id, content }) => [record_id, content]));
}

function toContribution(row: ContributionTable): Contribution {
  return {
    identifier: row.identifier,
    visitAt: row.visit_at,
    source: row.source,
    recordId: row.record_id,
    revision: row.revision,
  };
}
