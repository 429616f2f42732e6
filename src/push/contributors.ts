// The other records at a target that contribute to the same shared resources as a delivery.
import { type Contributor, isEvent, readExcerpt } from '../mapping/shared.ts';
import { assess } from '../safety/assess.ts';
import type { Contribution } from '../store/contribution.ts';
import { acceptedRecord, type DeliveryContext } from './context.ts';

/** Records related through merged resources, and the identifiers through which they are related. */
export interface Related {
  readonly identifiers: readonly string[];
  readonly contributions: readonly Contribution[];
  /** By record id; a record whose content cannot be read is left out. */
  readonly contributors: ReadonlyMap<string, Contributor>;
}

/**
 * Follows merged resources from record to record: an event reported here may have been reported by
 * an earlier record, which continues the report of a still earlier one.
 */
export async function loadRelated(
  start: readonly string[],
  context: DeliveryContext,
): Promise<Related> {
  const { outbox, delivery } = context;
  const { target, source, recordId } = delivery;
  const identifiers = new Set(start);
  const contributions: Contribution[] = [];
  const recordIds = new Set<string>();
  let next = [...identifiers];
  while (next.length > 0) {
    const found = (await outbox.contributionsTo(target, next)).filter(
      (contribution) => contribution.recordId !== recordId,
    );
    contributions.push(...found);
    const added = [...new Set(found.map((contribution) => contribution.recordId))].filter(
      (id) => !recordIds.has(id),
    );
    for (const id of added) recordIds.add(id);
    const more = await outbox.contributionsOf({ target, source, recordIds: added });
    next = [...new Set(more.map(({ identifier }) => identifier))].filter(
      // Only events lead on to further records: all records of an episode share its plan anyway.
      (identifier) => isEvent(identifier) && !identifiers.has(identifier),
    );
    for (const identifier of next) identifiers.add(identifier);
  }
  return {
    identifiers: [...identifiers],
    contributions,
    contributors: await loadContributors(contributions, context),
  };
}

/** The contributors of `contributions`, by record id; one whose content cannot be read is left out. */
export async function loadContributors(
  contributions: readonly Contribution[],
  { outbox, delivery, policy }: DeliveryContext,
): Promise<Map<string, Contributor>> {
  const { target, source } = delivery;
  const byRecord = new Map(contributions.map((entry) => [entry.recordId, entry]));
  const recordIds = [...byRecord.keys()];
  const contents = await outbox.contributorContents({ target, source, recordIds });
  const contributors = new Map<string, Contributor>();
  for (const [recordId, contribution] of byRecord) {
    const content = contents.get(recordId);
    const kept = content === undefined ? undefined : readExcerpt(content);
    // Contributions of an older store have no content of their own.
    const record = kept === undefined ? await acceptedRecord(contribution, outbox) : undefined;
    if (kept !== undefined) contributors.set(recordId, kept);
    else if (record !== undefined) {
      contributors.set(recordId, { record, findings: assess(record, policy).findings });
    }
  }
  return contributors;
}
