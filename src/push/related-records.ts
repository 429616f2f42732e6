// The records at a target that one record makes something together with: found by what they speak of,
// read from what was accepted of them.
import { readRecordText } from '../ims/reader/read.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { aggregateKeys, complicationOf, isAggregate, isOfEvent } from '../mapping/aggregates.ts';
import type { ClaimedDelivery } from '../outbox/claim.ts';
import type { Outbox } from '../outbox/outbox.ts';

/** What stands beside a record at its target. */
export interface RelatedRecords {
  /** Other standing records that speak of what this one speaks of, or spoke of before. */
  readonly others: readonly ImsRecord[];
  /** The revision of this record that stands there now. */
  readonly before: ImsRecord | undefined;
  /** Identifiers of everything of several records that may be concerned. */
  readonly concerned: ReadonlySet<string>;
}

type Delivery = Pick<ClaimedDelivery, 'target' | 'source' | 'recordId'>;

/** Finds the records that belong together with `record`; undefined for one that is taken back. */
export async function loadRelatedRecords(
  record: ImsRecord | undefined,
  { delivery, outbox }: { delivery: Delivery; outbox: Outbox },
): Promise<RelatedRecords> {
  const { target, source, recordId } = delivery;
  const spoken = (await outbox.voicesOf(target, source, recordId))
    .map(({ identifier }) => identifier)
    .filter(isAggregate);
  const concerned = new Set([...(record === undefined ? [] : aggregateKeys(record)), ...spoken]);
  const others = new Map<string, ImsRecord>();
  let asked = [...concerned];
  while (asked.length > 0) {
    const found = new Set<string>();
    for (const voice of await outbox.voicesOn(target, asked)) {
      if (voice.recordId === recordId || others.has(voice.recordId)) continue;
      const other = await recordAt(voice, outbox);
      if (other === undefined) continue;
      others.set(other.recordId, other);
      // Events are told on from record to record; a course is known by its own name.
      for (const name of aggregateKeys(other)) {
        if (isOfEvent(name) && !concerned.has(name)) found.add(name);
      }
    }
    for (const name of found) concerned.add(name);
    asked = [...found];
  }
  const before = spoken.length === 0 ? undefined : await standing(delivery, outbox);
  const all = new Set([...concerned, ...[...concerned].flatMap(complicationOf)]);
  return { others: [...others.values()], before, concerned: all };
}

async function standing({ target, source, recordId }: Delivery, outbox: Outbox) {
  const revision = await outbox.deliveredRevision(target, source, recordId);
  if (revision === undefined) return undefined;
  return recordAt({ source, recordId, revision }, outbox);
}

/** A revision that was accepted; undefined where its content is no longer at hand. */
export async function recordAt(
  { source, recordId, revision }: { source: string; recordId: string; revision: number },
  outbox: Outbox,
): Promise<ImsRecord | undefined> {
  const payload = (await outbox.payload(source, recordId, revision))?.payload;
  const read = payload === undefined ? undefined : readRecordText(payload);
  return read?.ok === true ? read.record : undefined;
}
