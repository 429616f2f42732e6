// Decides the required state of each shared resource at the target after a delivery. Pure.
import { defined } from '../defined.ts';
import { visitOrder } from '../ims/records/visit-order.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import type { MappedResource } from '../mapping/context.ts';
import { buildShared, type Contributor, isMerged } from '../mapping/shared.ts';
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
  const related = relatedRecords(input);
  const build = builderOf(input);
  return new Map(
    input.identifiers.map((identifier) => {
      const contributors = candidatesOf(byIdentifier.get(identifier) ?? [], input, identifier);
      const candidates = isMerged(identifier) ? related : contributors;
      const contributing = new Set(contributors.map(({ recordId }) => recordId));
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

/** A record, and the shared resource built from it if it builds one; undefined if it cannot be read. */
type Built = { readonly record: ImsRecord; readonly resource?: MappedResource } | undefined;

/** The latest record that builds the resource decides. An unreadable record may have built it. */
function decide(
  identifier: string,
  among: {
    readonly candidates: readonly Candidate[];
    readonly contributing: ReadonlySet<string>;
    readonly build: Builder;
  },
): SharedDecision {
  let isUnknown = false;
  for (const { recordId } of among.candidates) {
    const isContributing = among.contributing.has(recordId);
    const built = among.build(recordId, identifier);
    if (built?.resource !== undefined) {
      return { state: 'present', resource: built.resource, record: built.record };
    }
    // A contributor to a merged resource need not build it; a contributor to any other resource must.
    const isMissing = built === undefined || !isMerged(identifier);
    if (isMissing && isContributing) return { state: 'unknown' };
    isUnknown ||= isMissing;
  }
  return { state: isUnknown ? 'unknown' : 'absent' };
}

/** The records that contribute to one resource, latest visit first. */
function candidatesOf(
  contributions: readonly Candidate[],
  { record, contributed }: SharedInput,
  identifier: string,
): Candidate[] {
  const own = contributed.has(identifier) ? [candidateOf(record)] : [];
  return [...contributions, ...own].sort(byVisit);
}

/**
 * All records that contribute to any merged resource, latest visit first: a record can build an event
 * that it contributes to only through the report of another record.
 */
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

/** Builds the shared resources of each record once, when first needed. */
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
