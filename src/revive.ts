// What a record that is taken back had changed for others: a Flag it ended, a Condition it reworded.
// It says again what the latest visit that still supports it says, in the same transaction.
import type { BundleEntry } from '@medplum/fhirtypes';
import { readRecordText } from './ims/read.ts';
import type { ImsRecord } from './ims/record.ts';
import { toEntry, toFhir } from './mapping/to-fhir.ts';
import { visitOrder } from './mapping/visit-order.ts';
import type { Outbox } from './outbox/outbox.ts';
import { redirectEntry } from './remote/plan.ts';
import { evaluate } from './safety/evaluate.ts';
import type { LedgerEntry } from './store/ledger.ts';

/** A shared resource said anew: its entry, and in whose name it then stands. */
export interface Revived {
  readonly entry: BundleEntry;
  readonly ledger: LedgerEntry;
}

/**
 * Entries for `shared` resources that `recordId` changed last and others support. One whose
 * supporters are no longer at hand stays as it is.
 */
export async function reviveShared(
  shared: readonly LedgerEntry[],
  recordId: string,
  outbox: Outbox,
): Promise<Revived[]> {
  const revived: Revived[] = [];
  for (const ledger of shared) {
    const supporters = await outbox.supportersOf(ledger.target, ledger.identifier);
    const others = supporters.filter((one) => one.recordId !== recordId);
    const records = await Promise.all(others.map((one) => lastOf(one, outbox)));
    const latest = records
      .filter((one) => one !== undefined)
      .sort((a, b) => (visitOrder(a) < visitOrder(b) ? 1 : -1))[0];
    if (latest === undefined) continue;
    const entry = await entryOf(latest, ledger, outbox);
    if (entry !== undefined)
      revived.push({ entry, ledger: { ...ledger, visitAt: visitOrder(latest) } });
  }
  return revived;
}

async function lastOf(
  { source, recordId }: { source: string; recordId: string },
  outbox: Outbox,
): Promise<ImsRecord | undefined> {
  const revision = await outbox.latestRevision(source, recordId);
  const payload =
    revision === undefined ? undefined : await outbox.payload(source, recordId, revision);
  if (payload?.payload === undefined) return undefined;
  const read = readRecordText(payload.payload);
  return read.ok ? read.record : undefined;
}

async function entryOf(
  record: ImsRecord,
  { target, identifier }: LedgerEntry,
  outbox: Outbox,
): Promise<BundleEntry | undefined> {
  const { resources } = toFhir(record, evaluate(record));
  const found = resources.find(({ value }) => value === identifier);
  if (found === undefined) return undefined;
  const standing = await outbox.ledgerEntries(
    target,
    resources.map(({ value }) => value),
  );
  const servers = new Map(
    standing.map((entry) => [entry.identifier, `${entry.resourceType}/${entry.serverId}`]),
  );
  const redirect = new Map(
    resources.flatMap(({ value, fullUrl }) => {
      const server = servers.get(value);
      return server === undefined ? [] : [[fullUrl, server] as const];
    }),
  );
  return redirectEntry(toEntry(found), redirect);
}
