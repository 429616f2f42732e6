// What is known before a delivery is planned: the record as resources, the ledger entries of everything
// it may change, and for each resource that it shares with other records what must be at the target.
import type { Finding } from '../ims/records/findings.ts';
import { visitOrder } from '../ims/records/visit-order.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import type { MappedResource } from '../mapping/context.ts';
import type { Loss } from '../mapping/losses.ts';
import { excerptOf, isMerged, isShared, mergedIdentifiers } from '../mapping/shared.ts';
import { toFhir } from '../mapping/to-fhir.ts';
import { assess } from '../safety/assess.ts';
import type { Contribution, Contributions } from '../store/contribution.ts';
import type { LedgerEntry } from '../store/ledger.ts';
import { type DeliveryContext, isRetraction } from './context.ts';
import { loadContributors, loadRelated, type Related } from './contributors.ts';
import { decideShared, type SharedDecision } from './shared-decisions.ts';

/** The state a delivery starts from. */
export interface CurrentState {
  readonly record: ImsRecord;
  /** The record as resources; none for a retraction. */
  readonly mapped: readonly MappedResource[];
  readonly losses: readonly Loss[];
  /** Ledger entries of everything the delivery may change. */
  readonly ledger: readonly LedgerEntry[];
  /** What must be at the target afterwards, for each shared resource the delivery may change. */
  readonly shared: ReadonlyMap<string, SharedDecision>;
  /** What the record contributes to shared resources from now on. */
  readonly contributions: Contributions | undefined;
}

/** Loads the state for the delivery's record and target. */
export async function loadCurrentState(context: DeliveryContext): Promise<CurrentState> {
  const { record, delivery, outbox } = context;
  const { target, source, recordId } = delivery;
  const before = await outbox.contributionsOf({ target, source, recordIds: [recordId] });
  const previous = before.map(({ identifier }) => identifier);
  const merged = isRetraction(context) ? [] : mergedIdentifiers(record);
  const related = await loadRelated([...merged, ...previous.filter(isMerged)], context);
  const { resources: mapped, losses, findings } = mapRecord(context, related);
  const latest = mapped.map(({ value }) => value).filter((value) => isLatest(value));
  const contributed = [...new Set([...merged, ...latest])];
  const followed = [...new Set([...latest, ...previous.filter(isLatest)])];
  const others = (await outbox.contributionsTo(target, followed)).filter(
    (contribution) => contribution.recordId !== recordId,
  );
  const shared = decideShared({
    record,
    mapped: new Map(mapped.map((resource) => [resource.value, resource])),
    contributed: new Set(contributed),
    identifiers: [...related.identifiers, ...followed],
    contributions: [...related.contributions, ...others],
    contributors: new Map([
      ...related.contributors,
      ...(await loadContributors(deciding(others, record, contributed), context)),
    ]),
  });
  const known = [...shared.keys(), ...mapped.filter(isCreatedOnce).map(({ value }) => value)];
  return {
    record,
    mapped,
    losses,
    shared,
    ledger: [
      ...(await outbox.ledgerOf(target, source, recordId)).filter(
        ({ identifier }) => !shared.has(identifier),
      ),
      ...(await outbox.ledgerEntries(target, [...new Set(known)])),
    ],
    contributions: isRetraction(context)
      ? undefined
      : {
          identifiers: contributed,
          visitAt: visitOrder(record),
          content: excerptOf({ record, findings }),
        },
  };
}

function mapRecord(context: DeliveryContext, related: Related) {
  const findings: readonly Finding[] = [];
  if (isRetraction(context)) return { resources: [], losses: [], findings };
  const { record, policy } = context;
  const assessment = assess(record, policy);
  const others = [...related.contributors.values()].map((contributor) => contributor.record);
  return { ...toFhir(record, assessment, others), findings: assessment.findings };
}

function isLatest(identifier: string): boolean {
  return isShared(identifier) && !isMerged(identifier);
}

/** People and places are created once; the ledger knows their content as first written. */
function isCreatedOnce({ scope, resource }: MappedResource): boolean {
  return scope === 'source' || resource.resourceType === 'Patient';
}

/** Of each resource that follows the latest visit, the contribution of that visit if it is another's. */
function deciding(
  contributions: readonly Contribution[],
  record: ImsRecord,
  contributed: readonly string[],
): Contribution[] {
  const own = new Set(contributed);
  const order = visitOrder(record);
  const latest = new Map(contributions.map((entry) => [entry.identifier, entry]));
  return [...latest.values()].filter(
    ({ identifier, visitAt }) => !own.has(identifier) || visitAt > order,
  );
}
