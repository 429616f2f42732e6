// Sends everything of one delivery in one transaction: what is written, what is taken back, what is
// said again for others; and tells what then stands at the target.
import type { BundleEntry, Resource, ResourceType } from '@medplum/fhirtypes';
import { transactionOf } from '../fhir/bundle.ts';
import { visitOrder } from '../ims/records/visit-order.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { retracted } from '../mapping/retract.ts';
import { toEntry } from '../mapping/to-fhir.ts';
import type { ClaimedDelivery } from '../outbox/claim.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Remote } from '../remote/remote.ts';
import type { EntryResult } from '../remote/transact.ts';
import type { Policy } from '../safety/policy.ts';
import type { LedgerEntry, WrittenResource } from '../store/ledger.ts';
import { type Plan, retractionEntry } from './plan.ts';
import type { ComposedPlan } from './plan-aggregates.ts';
import { resolveReferences } from './resolve.ts';
import { restoreShared } from './restore-shared.ts';

/** What sending works with. */
export interface Sending {
  readonly outbox: Outbox;
  readonly target: { readonly remote: Remote };
  readonly signal: AbortSignal;
  readonly policy: Policy;
}

/** A whole plan: of the record itself, and of what several records make together. */
export interface WholePlan extends Plan {
  readonly composed: ComposedPlan;
}

/** One entry to send, and the ledger row it leaves. */
interface Sent {
  readonly entry: BundleEntry;
  readonly row: Omit<WrittenResource, 'serverId'> & { readonly serverId?: string };
}

/** Sends the plan of a delivery of `record`; gives the ledger rows of all of it. Throws AdapterError. */
export async function send(
  plan: WholePlan,
  record: ImsRecord,
  { claimed, sending }: { claimed: ClaimedDelivery; sending: Sending },
): Promise<WrittenResource[]> {
  const { outbox, signal, target } = sending;
  const all: Sent[] = [
    ...written(plan, record),
    ...(await takenBack([...plan.retract, ...plan.composed.retract], record, sending)),
    ...(await saidAgain(plan, sending)),
  ];
  const entries = await resolveReferences(
    all.map(({ entry }) => entry),
    { target: claimed.target, source: claimed.source, outbox },
  );
  const results = await target.remote.transact(transactionOf(entries), { signal });
  return all.map(({ row }, index) => writtenAs(row, results[index]));
}

function written(plan: WholePlan, record: ImsRecord): Sent[] {
  const visitAt = visitOrder(record);
  return [...plan.write, ...plan.composed.write].map((one) => ({
    entry: toEntry(one),
    row: {
      identifier: one.value,
      resourceType: one.resource.resourceType,
      visitAt,
      contentHash: plan.firstWritten.get(one.value),
      state: 'live',
    },
  }));
}

async function takenBack(
  retract: readonly LedgerEntry[],
  record: ImsRecord,
  { target, signal }: Sending,
): Promise<Sent[]> {
  const visitAt = visitOrder(record);
  const sent: Sent[] = [];
  for (const standing of retract) {
    const { identifier, resourceType, serverId } = standing;
    const type = resourceType as ResourceType;
    const there: Resource | undefined = await target.remote.read(type, serverId, signal);
    const back = there === undefined ? undefined : retracted(there, record);
    sent.push({
      entry: retractionEntry(standing, back),
      row: { identifier, resourceType, serverId, visitAt, state: 'retracted' },
    });
  }
  return sent;
}

/** The words of other records, written in their name. */
async function saidAgain(plan: WholePlan, { outbox, policy }: Sending): Promise<Sent[]> {
  const revived = await restoreShared(plan.revive, { outbox, policy });
  const shared = revived.map(({ entry, voice, resourceType }): Sent => {
    const { identifier, recordId, revision, visitAt } = voice;
    const owner = { recordId, revision };
    return { entry, row: { identifier, resourceType, visitAt, owner, state: 'live' } };
  });
  const composed = plan.composed.again.map(({ one, record }): Sent => {
    const { recordId, revision } = record;
    const { value: identifier, resource } = one;
    const visitAt = visitOrder(record);
    const row = { identifier, resourceType: resource.resourceType, visitAt };
    return { entry: toEntry(one), row: { ...row, owner: { recordId, revision }, state: 'live' } };
  });
  return [...shared, ...composed];
}

/** A ledger row after a write that gave `result`; an id the server did not tell again stays. */
function writtenAs(row: Sent['row'], result: EntryResult | undefined): WrittenResource {
  const serverId = row.serverId ?? result?.id ?? '';
  return { ...row, serverId, version: result?.version, etag: result?.etag };
}
