// What must be at the target for each shared resource once a delivery is done. Pure.
import { defined } from '../defined.ts';
import { visitOrder } from '../ims/records/visit-order.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import type { MappedResource } from '../mapping/context.ts';
import { buildShared, type Contributor, isMerged } from '../mapping/shared.ts';
import type { Contribution } from '../store/contribution.ts';

/**
 * `present`: the resource, built from `record`, whose content it holds. `absent`: no record contributes
 * to it any more. `unknown`: a record contributes to it whose content cannot be read, so whatever is
 * at the target must stay.
 */
export type SharedDecision =
  | { readonly state: 'present'; readonly resource: MappedResource; readonly record: ImsRecord }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown' };

/** What is decided from. */
export interface SharedInput {
  /** The delivered record. */
  readonly record: ImsRecord;
  /** Its resources by identifier; none for a retraction. */
  readonly mapped: ReadonlyMap<string, MappedResource>;
  /** Identifiers it contributes to. */
  readonly contributed: ReadonlySet<string>;
  /** Identifiers to decide. */
  readonly identifiers: readonly string[];
  /** Contributions of other records to them. */
  readonly contributions: readonly Contribution[];
  /** Readable content of other records, by record id. */
  readonly contributors: ReadonlyMap<string, Contributor>;
}

/** Decides each of `identifiers`. */
export function decideShared(input: SharedInput): Map<string, SharedDecision> {
  const byIdentifier = Map.groupBy(input.contributions, ({ identifier }) => identifier);
  const related = relatedRecords(input);
  const build = builderOf(input);
  return new Map(
    input.identifiers.map((identifier) => {
      const direct = reporters(byIdentifier.get(identifier) ?? [], input, identifier);
      const candidates = isMerged(identifier) ? related : direct;
      const contributing = new Set(direct.map(({ recordId }) => recordId));
      return [identifier, decide(identifier, { candidates, contributing, build })];
    }),
  );
}

/** A record that may decide a shared resource. */
interface Candidate {
  readonly recordId: string;
  readonly visitAt: string;
}

type Builder = (recordId: string, identifier: string) => Built;

/** What a record makes of a shared resource; undefined where its content cannot be read. */
type Built = { readonly record: ImsRecord; readonly resource?: MappedResource } | undefined;

/** The latest record that builds the resource decides; unreadable ones are never taken for silent. */
function decide(
  identifier: string,
  given: {
    readonly candidates: readonly Candidate[];
    readonly contributing: ReadonlySet<string>;
    readonly build: Builder;
  },
): SharedDecision {
  let isUnknown = false;
  for (const { recordId } of given.candidates) {
    const isContributing = given.contributing.has(recordId);
    const built = given.build(recordId, identifier);
    if (built?.resource !== undefined) {
      return { state: 'present', resource: built.resource, record: built.record };
    }
    // A record that mentions a merged resource need not build it; any other contributor must.
    const isMissing = built === undefined || !isMerged(identifier);
    if (isMissing && isContributing) return { state: 'unknown' };
    isUnknown ||= isMissing;
  }
  return { state: isUnknown ? 'unknown' : 'absent' };
}

/** The records that contribute to one resource, latest visit first. */
function reporters(
  contributions: readonly Candidate[],
  { record, contributed }: SharedInput,
  identifier: string,
): Candidate[] {
  const own = contributed.has(identifier) ? [candidateOf(record)] : [];
  return [...contributions, ...own].sort(byVisit);
}

/** All records related by merged resources, latest visit first: an event leads from one to another. */
function relatedRecords({ record, contributed, contributions }: SharedInput): Candidate[] {
  const others = contributions.filter(({ identifier }) => isMerged(identifier));
  const own = [...contributed].some(isMerged) ? [candidateOf(record)] : [];
  const byRecord = new Map([...others, ...own].map((entry) => [entry.recordId, entry]));
  return [...byRecord.values()].sort(byVisit);
}

function candidateOf(record: ImsRecord): Candidate {
  return { recordId: record.recordId, visitAt: visitOrder(record) };
}

function byVisit(a: Candidate, b: Candidate): number {
  return a.visitAt < b.visitAt ? 1 : -1;
}

/** Builds the shared resources of a record when asked for, each record once. */
function builderOf({ record, mapped, contributors }: SharedInput): Builder {
  const built = new Map<string, Map<string, MappedResource>>();
  const records = [...contributors.values()].map((contributor) => contributor.record);
  if (mapped.size > 0) records.push(record);
  return (recordId, identifier) => {
    if (recordId === record.recordId) return defined({ record, resource: mapped.get(identifier) });
    const contributor = contributors.get(recordId);
    if (contributor === undefined) return undefined;
    const others = records.filter((other) => other !== contributor.record);
    const resources = built.get(recordId) ?? buildShared(contributor, others);
    built.set(recordId, resources);
    return defined({ record: contributor.record, resource: resources.get(identifier) });
  };
}
