// Loads the other records at a target that contribute to the same shared resources as a delivery.
import { type Contributor, isEvent, readExcerpt } from '../mapping/shared.ts';
import { assess } from '../safety/assess.ts';
import type { Contribution } from '../store/contribution.ts';
import { acceptedRecord, type DeliveryContext } from './context.ts';

/** Other records that contribute to the same merged resources, and these resources. */
export interface RelatedRecords {
  /** Identifiers of the merged resources. */
  readonly identifiers: readonly string[];
  readonly contributions: readonly Contribution[];
  /** By record id; records whose content cannot be read are left out. */
  readonly contributors: ReadonlyMap<string, Contributor>;
}

/**
 * Loads the records that contribute to the merged resources `start`, and follows the events among them:
 * an event reported here may continue an event of an earlier record, which continues a still earlier
 * one. Other merged resources are not followed, because all records of an episode share its plan.
 */
export async function loadRelatedRecords(
  start: readonly string[],
  context: DeliveryContext,
): Promise<RelatedRecords> {
  const { outbox, delivery } = context;
  const { target, source, recordId } = delivery;
  const identifiers = new Set(start);
  const contributions: Contribution[] = [];
  const recordIds = new Set<string>();
  let newIdentifiers = [...identifiers];
  while (newIdentifiers.length > 0) {
    const ofOthers = (await outbox.contributionsTo(target, newIdentifiers)).filter(
      (contribution) => contribution.recordId !== recordId,
    );
    contributions.push(...ofOthers);
    const reports = ofOthers.filter(({ identifier }) => isEvent(identifier));
    const newRecordIds = [...new Set(reports.map((report) => report.recordId))].filter(
      (id) => !recordIds.has(id),
    );
    for (const id of newRecordIds) recordIds.add(id);
    const theirs = await outbox.contributionsOf({ target, source, recordIds: newRecordIds });
    newIdentifiers = [...new Set(theirs.map(({ identifier }) => identifier))].filter(
      (identifier) => isEvent(identifier) && !identifiers.has(identifier),
    );
    for (const identifier of newIdentifiers) identifiers.add(identifier);
  }
  return {
    identifiers: [...identifiers],
    contributions,
    contributors: await loadContributors(contributions, context),
  };
}

/** The records of `contributions`, by record id; records whose content cannot be read are left out. */
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
    const excerpt = content === undefined ? undefined : readExcerpt(content);
    // Contributions migrated from an older store have no content; use the payload.
    const record = excerpt === undefined ? await acceptedRecord(contribution, outbox) : undefined;
    if (excerpt !== undefined) contributors.set(recordId, excerpt);
    else if (record !== undefined) {
      contributors.set(recordId, { record, findings: assess(record, policy).findings });
    }
  }
  return contributors;
}
