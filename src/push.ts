// One claimed delivery, from the stored record to what it came to at its target. Maps anew at every
// try, so that a mended mapping reaches everything that waits.
import type { BundleEntry, Resource, ResourceType } from '@medplum/fhirtypes';
import { AdapterError, type Issue } from './errors.ts';
import { transactionOf } from './fhir/bundle.ts';
import { readRecordText } from './ims/read.ts';
import type { ImsRecord } from './ims/record.ts';
import { retracted } from './mapping/retract.ts';
import { toFhir } from './mapping/to-fhir.ts';
import { visitOrder } from './mapping/visit-order.ts';
import type { Claimed } from './outbox/claim.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Settlement } from './outbox/settle.ts';
import type { Capabilities } from './remote/capabilities.ts';
import {
  type Known,
  type Plan,
  planRetraction,
  planWrite,
  retractionEntry,
  writeEntries,
} from './remote/plan.ts';
import type { Remote } from './remote/remote.ts';
import type { EntryResult } from './remote/transact.ts';
import { reviveShared } from './revive.ts';
import { evaluate } from './safety/evaluate.ts';
import { settlementOf } from './settlement.ts';
import type { LedgerEntry, WrittenResource } from './store/ledger.ts';

/** A configured target as pushing needs it. */
export interface PushTarget {
  readonly remote: Remote;
  /** Asked once; asked again after it failed. */
  capabilities(signal: AbortSignal): Promise<Capabilities>;
  readonly drafts: 'hold' | 'deliver';
}

/** What pushing works with. */
export interface Pushing {
  readonly outbox: Outbox;
  readonly target: PushTarget;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** Carries one delivery to its target. Never throws: what went wrong is the settlement. */
export async function push(claimed: Claimed, pushing: Pushing): Promise<Settlement> {
  try {
    const read = readRecordText(claimed.payload);
    if (!read.ok) return { state: 'held', cause: 'validation', issues: read.issues };
    return (
      (await holdOf(read.record, claimed, pushing)) ?? (await write(read.record, claimed, pushing))
    );
  } catch (error) {
    if (error instanceof AdapterError) return settlementOf(error, { claimed, now: pushing.now() });
    throw error;
  }
}

/** What must change before this record may be written; undefined when nothing stands in its way. */
async function holdOf(
  record: ImsRecord,
  claimed: Claimed,
  { outbox, target }: Pushing,
): Promise<Settlement | undefined> {
  if (record.status === 'draft' && target.drafts === 'hold') {
    return held('policy', 'drafts are not delivered to this target; a signed revision will be');
  }
  const screening = record.session?.screening;
  if (screening?.basis !== 'other-record' || screening.recordId === undefined) return undefined;
  if (record.status === 'entered-in-error') return undefined;
  const there = await outbox.isDelivered(claimed.target, claimed.source, screening.recordId);
  if (there) return undefined;
  const message = 'the screening this session rests on has not been delivered to this target yet';
  return { ...held('screening-missing', message), waitsFor: screening.recordId };
}

function held(cause: 'policy' | 'screening-missing', message: string) {
  const issues: Issue[] = [{ severity: 'warning', code: cause, path: '', message }];
  return { state: 'held', cause, issues } as const;
}

async function write(record: ImsRecord, claimed: Claimed, pushing: Pushing): Promise<Settlement> {
  const { target, signal } = pushing;
  const { transaction } = await target.capabilities(signal);
  if (!transaction) {
    const message = 'the server offers no transactions, which is the only way to write for now';
    const issues: Issue[] = [{ severity: 'error', code: 'capability', path: '', message }];
    return { state: 'held', cause: 'capability', issues };
  }
  return record.status === 'entered-in-error'
    ? takeBack(record, claimed, pushing)
    : writeRecord(record, claimed, pushing);
}

async function writeRecord(
  record: ImsRecord,
  claimed: Claimed,
  pushing: Pushing,
): Promise<Settlement> {
  const { resources, losses } = toFhir(record, evaluate(record));
  const identifiers = resources.map(({ value }) => value);
  const known = await look(record, identifiers, { claimed, pushing });
  const plan = planWrite(resources, known);
  const written = await send({ ...plan, entries: writeEntries(plan) }, record, pushing);
  const ledger = plan.write.map(({ value, resource }, index) =>
    writtenAs(value, {
      result: written.results[index],
      type: resource.resourceType,
      order: known.order,
    }),
  );
  const all = [...ledger, ...written.ledger];
  return { state: 'delivered', ledger: all, supports: plan.supports, losses, issues: [] };
}

/** Takes a whole record back; what was never written is not written now. */
async function takeBack(
  record: ImsRecord,
  claimed: Claimed,
  pushing: Pushing,
): Promise<Settlement> {
  const known = await look(record, [], { claimed, pushing });
  const plan = planRetraction(known);
  const done = { state: 'delivered', supports: [], losses: [] } as const;
  if (plan.retract.length === 0) {
    const message = 'nothing of this record stands at the target, so nothing was taken back';
    const issues: Issue[] = [
      { severity: 'warning', code: 'nothing-to-retract', path: '', message },
    ];
    return { ...done, ledger: [], issues };
  }
  const { ledger } = await send({ ...plan, entries: [] }, record, pushing);
  return { ...done, ledger, issues: [] };
}

/**
 * Sends everything of one delivery in one transaction: `entries` first, then what is taken back, then
 * what is said again for others. Gives the results of `entries` and the ledger rows of the rest.
 */
async function send(
  work: Pick<Plan, 'retract' | 'revive'> & { entries: readonly BundleEntry[] },
  record: ImsRecord,
  pushing: Pushing,
): Promise<{ results: EntryResult[]; ledger: WrittenResource[] }> {
  const { target, signal, outbox } = pushing;
  const { entries, retract } = work;
  const back = await takeBackEntries(retract, record, pushing);
  const revived = await reviveShared(work.revive, record.recordId, outbox);
  const bundle = transactionOf([...entries, ...back, ...revived.map(({ entry }) => entry)]);
  const results = await target.remote.transact(bundle, { signal });
  const told = results.slice(entries.length);
  return {
    results: results.slice(0, entries.length),
    ledger: [
      ...retract.map((entry, index) => after({ ...entry, state: 'retracted' }, told[index])),
      ...revived.map(({ ledger }, index) =>
        after({ ...ledger, state: 'live' }, told[retract.length + index]),
      ),
    ],
  };
}

async function look(
  record: ImsRecord,
  identifiers: readonly string[],
  { claimed, pushing }: { claimed: Claimed; pushing: Pushing },
): Promise<Known> {
  const { outbox } = pushing;
  const { target, source, recordId } = claimed;
  const standing = await outbox.ledgerEntries(target, identifiers);
  const changed = await outbox.ledgerOf(target, source, recordId);
  const seen = new Set(changed.map(({ identifier }) => identifier));
  const held = await outbox.supportedBy(target, source, recordId);
  const others = held.filter((identifier) => !seen.has(identifier));
  const written = [...changed, ...(await outbox.ledgerEntries(target, others))];
  const supported = new Set<string>();
  for (const { identifier } of written.filter((entry) => !entry.identifier.startsWith('v-'))) {
    const supporters = await outbox.supportersOf(target, identifier);
    if (supporters.some((one) => one.recordId !== recordId)) supported.add(identifier);
  }
  return { standing, written, supported, order: visitOrder(record), recordId };
}

async function takeBackEntries(
  retract: readonly LedgerEntry[],
  record: ImsRecord,
  { target, signal }: Pushing,
): Promise<BundleEntry[]> {
  const entries: BundleEntry[] = [];
  for (const entry of retract) {
    const { resourceType, serverId } = entry;
    const there: Resource | undefined = await target.remote.read(
      resourceType as ResourceType,
      serverId,
      signal,
    );
    entries.push(
      retractionEntry(entry, there === undefined ? undefined : retracted(there, record)),
    );
  }
  return entries;
}

function writtenAs(
  identifier: string,
  of: { result: EntryResult | undefined; type: string; order: string },
): WrittenResource {
  const { result, type, order } = of;
  return {
    identifier,
    resourceType: type,
    serverId: result?.id ?? '',
    version: result?.version,
    etag: result?.etag,
    visitAt: order,
    state: 'live',
  };
}

/** A ledger row as it is after a write that gave `result`. */
function after(entry: WrittenResource, result: EntryResult | undefined): WrittenResource {
  const { identifier, resourceType, serverId, visitAt, state } = entry;
  const { version = entry.version, etag = entry.etag } = result ?? {};
  return { identifier, resourceType, serverId, version, etag, visitAt, state };
}
