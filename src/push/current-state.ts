// Loads what a delivery is planned from: the record as resources, the ledger entries of everything it
// may change, and the required state of each resource that it shares with other records.
import type { Loss } from '../errors.ts';
import type { Finding } from '../ims/records/findings.ts';
import { visitOrder } from '../ims/records/visit-order.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import type { MappedResource } from '../mapping/context.ts';
import {
  excerptOf,
  followsLatestVisit,
  isMerged,
  isShared,
  mergedIdentifiers,
} from '../mapping/shared.ts';
import { isCreatedOnce, toFhir } from '../mapping/to-fhir.ts';
import { assess } from '../safety/assess.ts';
import type { Contribution, Contributions } from '../store/contribution.ts';
import type { LedgerEntry } from '../store/ledger.ts';
import { type DeliveryContext, isRetraction } from './context.ts';
import { loadContributors, loadRelatedRecords, type RelatedRecords } from './contributors.ts';
import { decideShared, type SharedDecision } from './shared-decisions.ts';

/** The state a delivery starts from. */
export interface CurrentState {
  readonly record: ImsRecord;
  /** The record as resources; none for a retraction. */
  readonly mapped: readonly MappedResource[];
  readonly losses: readonly Loss[];
  /** Ledger entries of everything the delivery may change. */
  readonly ledger: readonly LedgerEntry[];
  /** The required state of each shared resource that the delivery may change, by identifier. */
  readonly shared: ReadonlyMap<string, SharedDecision>;
  /** What the record contributes to shared resources after the delivery; none for a retraction. */
  readonly contributions: Contributions | undefined;
}

/** Loads the state for the delivery's record and target. */
export async function loadCurrentState(context: DeliveryContext): Promise<CurrentState> {
  const { record, delivery, outbox } = context;
  const { target, source, recordId } = delivery;
  const before = await outbox.contributionsOf({ target, source, recordIds: [recordId] });
  const own = await outbox.ledgerOf(target, source, recordId);
  // After a delivery that succeeded in part, the ledger has shared resources without a contribution.
  const written = own.filter(({ state, identifier }) => state === 'live' && isShared(identifier));
  const previous = [...new Set([...before, ...written].map(({ identifier }) => identifier))];
  const merged = isRetraction(context) ? [] : mergedIdentifiers(record);
  const related = await loadRelatedRecords([...merged, ...previous.filter(isMerged)], context);
  const { resources: mapped, losses, findings } = mapRecord(context, related);
  const latest = mapped.map(({ value }) => value).filter((value) => followsLatestVisit(value));
  const contributed = [...new Set([...merged, ...latest])];
  const affected = [...new Set([...latest, ...previous.filter(followsLatestVisit)])];
  const shared = await decideFor(context, { related, mapped, contributed, affected });
  const contributions: Contributions = {
    identifiers: contributed,
    visitAt: visitOrder(record),
    content: excerptOf({ record, findings }),
  };
  return {
    record,
    mapped,
    losses,
    shared,
    ledger: await loadLedger(context, { own, mapped, shared }),
    contributions: isRetraction(context) ? undefined : contributions,
  };
}

/** Decides the shared resources: merged ones from `related`, the others from their latest visit. */
async function decideFor(
  context: DeliveryContext,
  given: {
    readonly related: RelatedRecords;
    readonly mapped: readonly MappedResource[];
    readonly contributed: readonly string[];
    /** Identifiers of resources that follow the latest visit. */
    readonly affected: readonly string[];
  },
): Promise<Map<string, SharedDecision>> {
  const { record, delivery, outbox } = context;
  const { related, mapped, contributed, affected } = given;
  const ofOthers = (await outbox.contributionsTo(delivery.target, affected)).filter(
    ({ recordId }) => recordId !== delivery.recordId,
  );
  const missing = decisive(ofOthers, record, contributed).filter(
    ({ recordId }) => !related.contributors.has(recordId),
  );
  const deciding = await loadContributors(missing, context);
  return decideShared({
    record,
    mapped: new Map(mapped.map((resource) => [resource.value, resource])),
    contributed: new Set(contributed),
    identifiers: [...related.identifiers, ...affected],
    contributions: [...related.contributions, ...ofOthers],
    contributors: new Map([...related.contributors, ...deciding]),
  });
}

async function loadLedger(
  { delivery, outbox }: DeliveryContext,
  {
    own,
    mapped,
    shared,
  }: {
    own: readonly LedgerEntry[];
    mapped: readonly MappedResource[];
    shared: ReadonlyMap<string, SharedDecision>;
  },
): Promise<LedgerEntry[]> {
  const createdOnce = mapped.filter(isCreatedOnce).map(({ value }) => value);
  const others = new Set([...shared.keys(), ...createdOnce]);
  return [
    ...own.filter(({ identifier }) => !others.has(identifier)),
    ...(await outbox.ledgerEntries(delivery.target, [...others])),
  ];
}

function mapRecord(context: DeliveryContext, related: RelatedRecords) {
  const findings: readonly Finding[] = [];
  if (isRetraction(context)) return { resources: [], losses: [], findings };
  const { record, policy } = context;
  const assessment = assess(record, policy);
  const others = [...related.contributors.values()].map((contributor) => contributor.record);
  return { ...toFhir(record, assessment, others), findings: assessment.findings };
}

/**
 * The contributions that decide resources that follow the latest visit: for each resource the latest of
 * other records, unless the delivered record is later. `contributions` are in the order of visits.
 */
function decisive(
  contributions: readonly Contribution[],
  record: ImsRecord,
  contributed: readonly string[],
): Contribution[] {
  const own = new Set(contributed);
  const order = visitOrder(record);
  const latestByIdentifier = new Map(contributions.map((entry) => [entry.identifier, entry]));
  return [...latestByIdentifier.values()].filter(
    ({ identifier, visitAt }) => !own.has(identifier) || visitAt > order,
  );
}
