// What one delivery changes of what several records make together: written in its own name where it
// is the last to speak of it, said again in another's where that says something else now, taken back
// where nobody makes it any more. Pure.

import type { Aggregate } from '../mapping/aggregates.ts';
import type { MappedResource } from '../mapping/context.ts';
import type { LedgerEntry } from '../store/ledger.ts';

/** What several records make together without the delivery and with it, and what of it stands. */
export interface Composition {
  readonly before: ReadonlyMap<string, Aggregate>;
  readonly after: ReadonlyMap<string, Aggregate>;
  readonly standing: readonly LedgerEntry[];
  /** Identifiers the delivery may change; all that `standing` was asked for. */
  readonly concerned: ReadonlySet<string>;
}

/** The changes; `again` holds the words of other records. */
export interface ComposedPlan {
  readonly write: readonly MappedResource[];
  readonly again: readonly Aggregate[];
  readonly retract: readonly LedgerEntry[];
}

/** Plans the changes for a delivery of the record `recordId`. */
export function planComposed(recordId: string, composition: Composition): ComposedPlan {
  const { before, after, standing, concerned } = composition;
  const live = new Set(
    standing.filter(({ state }) => state === 'live').map(({ identifier }) => identifier),
  );
  const write: MappedResource[] = [];
  const again: Aggregate[] = [];
  for (const [identifier, composed] of after) {
    const isThere = live.has(identifier);
    if (!concerned.has(identifier) || (composed.one.onlyIfExists === true && !isThere)) continue;
    if (composed.record.recordId === recordId) write.push(composed.one);
    else if (!isThere || textOf(before.get(identifier)) !== textOf(composed)) again.push(composed);
  }
  const retract = standing.filter(
    ({ identifier, state }) => state === 'live' && !after.has(identifier),
  );
  return { write, again, retract };
}

function textOf(composed: Aggregate | undefined): string {
  return JSON.stringify(composed?.one.resource);
}
