// Decides the required state of each shared resource at the target after a delivery. Pure.
import { visitOrder } from '../ims/records/visit-order.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import type { MappedResource } from '../mapping/context.ts';
import { buildShared, type Contributor, isEvent, isMerged } from '../mapping/shared.ts';
import { memoizeWeak } from '../memoize.ts';
import type { Contribution } from '../store/contribution.ts';

/**
 * `present`: the resource must exist as built from `record`. `absent`: no record contributes to it any
 * more. `unknown`: the content of a contributing record cannot be read, so a resource at the target must
 * not be changed.
 */
export type SharedDecision =
  | { readonly state: 'present'; readonly resource: MappedResource; readonly record: ImsRecord }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown' };

/** The input of the decisions. */
export interface SharedInput {
  /** The delivered record. */
  readonly record: ImsRecord;
  /** The resources of the delivered record, by identifier; none for a retraction. */
  readonly mapped: ReadonlyMap<string, MappedResource>;
  /** Identifiers of the shared resources that the delivered record contributes to. */
  readonly contributed: ReadonlySet<string>;
  /** Identifiers of the resources to decide. */
  readonly identifiers: readonly string[];
  /** Contributions of other records to these resources. */
  readonly contributions: readonly Contribution[];
  /** Other records whose content can be read, by record id. */
  readonly contributors: ReadonlyMap<string, Contributor>;
}

/** Decides each resource of `identifiers`. */
export function decideShared(input: SharedInput): Map<string, SharedDecision> {
  const byIdentifier = Map.groupBy(input.contributions, ({ identifier }) => identifier);
  const reporting = eventReporters(input);
  const build = builderOf(input);
  return new Map(
    input.identifiers.map((identifier) => {
      const contributors = contributorsTo(identifier, byIdentifier.get(identifier) ?? [], input);
      if (!isMerged(identifier)) return [identifier, decideLatest(identifier, contributors, build)];
      const candidates = isEvent(identifier) ? reporting : contributors;
      return [identifier, decideMerged(identifier, candidates, build)];
    }),
  );
}

/** A record that may decide a shared resource. */
interface Candidate {
  readonly recordId: string;
  readonly visitAt: string;
}

/** Builds shared resources from the delivered record and from the others. */
interface Builder {
  readonly canRead: (recordId: string) => boolean;
  /** The resource as `present`; undefined if the record cannot be read or does not build it. */
  readonly build: (recordId: string, identifier: string) => SharedDecision | undefined;
}

/** Decides a resource that follows the latest visit. */
function decideLatest(
  identifier: string,
  [latest]: readonly Candidate[],
  { build }: Builder,
): SharedDecision {
  if (latest === undefined) return { state: 'absent' };
  return build(latest.recordId, identifier) ?? { state: 'unknown' };
}

/**
 * Decides a resource that is merged from all `candidates`. The latest of them that builds it does so,
 * with the content of all the others: if one cannot be read, its content would be missing.
 */
function decideMerged(
  identifier: string,
  candidates: readonly Candidate[],
  { canRead, build }: Builder,
): SharedDecision {
  if (!candidates.every(({ recordId }) => canRead(recordId))) return { state: 'unknown' };
  for (const { recordId } of candidates) {
    const decision = build(recordId, identifier);
    if (decision !== undefined) return decision;
  }
  return { state: 'absent' };
}

/** The records that contribute to one resource, latest visit first. */
function contributorsTo(
  identifier: string,
  contributions: readonly Candidate[],
  { record, contributed }: SharedInput,
): Candidate[] {
  const own = contributed.has(identifier) ? [candidateOf(record)] : [];
  return [...contributions, ...own].sort(byVisit);
}

/**
 * The records that report any of the events, latest visit first. Each of them may build each event: a
 * report can continue the event of another record through the report of a third.
 */
function eventReporters({ record, contributed, contributions }: SharedInput): Candidate[] {
  const others = contributions.filter(({ identifier }) => isEvent(identifier));
  const own = [...contributed].some(isEvent) ? [candidateOf(record)] : [];
  const byRecord = new Map([...others, ...own].map((entry) => [entry.recordId, entry]));
  return [...byRecord.values()].sort(byVisit);
}

function candidateOf(record: ImsRecord): Candidate {
  return { recordId: record.recordId, visitAt: visitOrder(record) };
}

function byVisit(a: Candidate, b: Candidate): number {
  return a.visitAt < b.visitAt ? 1 : -1;
}

/** Builds the shared resources of each record once, when first needed. */
function builderOf({ record, mapped, contributors }: SharedInput): Builder {
  const others = [...contributors.values()];
  const delivered = mapped.size > 0 ? [record] : [];
  const resourcesOf = memoizeWeak((contributor: Contributor) =>
    buildShared(contributor, [
      ...others.filter((other) => other !== contributor).map((other) => other.record),
      ...delivered,
    ]),
  );
  return {
    canRead: (recordId) => recordId === record.recordId || contributors.has(recordId),
    build: (recordId, identifier) => {
      const contributor = contributors.get(recordId);
      const isDelivered = recordId === record.recordId;
      const resources = isDelivered ? mapped : contributor && resourcesOf(contributor);
      const resource = resources?.get(identifier);
      if (resource === undefined) return undefined;
      return { state: 'present', resource, record: contributor?.record ?? record };
    },
  };
}
