// The ledger: which resources were written to which target, under which server id and version.
import { chunk, queryInChunks } from './chunks.ts';
import type { RecordAtTarget } from './delivery.ts';
import type { Db, LedgerState, LedgerTable } from './tables.ts';

/**
 * A resource as a delivery left it at its target. `visitAt` is text that sorts by visit time;
 * `version` and `etag` are the server's, if it has them.
 */
export interface WrittenResource {
  readonly identifier: string;
  readonly resourceType: string;
  readonly serverId: string;
  readonly version?: string | undefined;
  readonly etag?: string | undefined;
  readonly contentHash?: string | undefined;
  readonly visitAt?: string | undefined;
  readonly state: LedgerState;
  /** The record that owns the content, if it is not the delivered record. */
  readonly owner?: { readonly recordId: string; readonly revision: number } | undefined;
}

/** A ledger row: the resource, and the record and revision that changed it last. */
export interface LedgerEntry extends WrittenResource {
  readonly target: string;
  readonly source: string;
  readonly recordId: string;
  readonly revision: number;
}

/** Adds or replaces the rows by target and identifier; of several entries for one, the last is kept. */
export async function recordInLedger(db: Db, entries: readonly LedgerEntry[]): Promise<void> {
  const latest = new Map(entries.map((entry) => [`${entry.target} ${entry.identifier}`, entry]));
  for (const rows of chunk([...latest.values()].map(toRow))) await upsert(db, rows);
}

async function upsert(db: Db, rows: readonly LedgerTable[]): Promise<void> {
  await db
    .insertInto('ledger')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['identifier', 'target']).doUpdateSet(({ ref }) => ({
        resource_type: ref('excluded.resource_type'),
        server_id: ref('excluded.server_id'),
        version: ref('excluded.version'),
        etag: ref('excluded.etag'),
        content_hash: ref('excluded.content_hash'),
        revision: ref('excluded.revision'),
        visit_at: ref('excluded.visit_at'),
        source: ref('excluded.source'),
        record_id: ref('excluded.record_id'),
        state: ref('excluded.state'),
      })),
    )
    .execute();
}

/** The entries of `identifiers` at `target`; unknown identifiers are left out. */
export async function ledgerEntries(
  db: Db,
  target: string,
  identifiers: readonly string[],
): Promise<LedgerEntry[]> {
  const rows = await queryInChunks(identifiers, (some) =>
    db
      .selectFrom('ledger')
      .selectAll()
      .where('target', '=', target)
      .where('identifier', 'in', some)
      .orderBy('identifier')
      .execute(),
  );
  return rows.map(fromRow);
}

/** The resources at a target that this record was the last to change, live or retracted. */
export async function ledgerOfRecord(db: Db, key: RecordAtTarget): Promise<LedgerEntry[]> {
  const rows = await db
    .selectFrom('ledger')
    .selectAll()
    .where('target', '=', key.target)
    .where('source', '=', key.source)
    .where('record_id', '=', key.recordId)
    .orderBy('identifier')
    .execute();
  return rows.map(fromRow);
}

function toRow(entry: LedgerEntry): LedgerTable {
  return {
    target: entry.target,
    identifier: entry.identifier,
    resource_type: entry.resourceType,
    server_id: entry.serverId,
    version: entry.version ?? null,
    etag: entry.etag ?? null,
    content_hash: entry.contentHash ?? null,
    revision: entry.revision,
    visit_at: entry.visitAt ?? null,
    source: entry.source,
    record_id: entry.recordId,
    state: entry.state,
  };
}

function fromRow(row: LedgerTable): LedgerEntry {
  return {
    target: row.target,
    identifier: row.identifier,
    resourceType: row.resource_type,
    serverId: row.server_id,
    version: row.version ?? undefined,
    etag: row.etag ?? undefined,
    contentHash: row.content_hash ?? undefined,
    revision: row.revision,
    visitAt: row.visit_at ?? undefined,
    source: row.source,
    recordId: row.record_id,
    state: row.state,
  };
}
