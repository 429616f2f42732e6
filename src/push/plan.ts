// Plans what a delivery changes at its target: resources to write, resources to retract. Pure.

import { hash } from 'node:crypto';
import type { Loss } from '../errors.ts';
import { visitOrder } from '../ims/records/visit-order.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import type { MappedResource } from '../mapping/context.ts';
import { isOfVisit } from '../mapping/identity.ts';
import { KEPT_TYPES } from '../mapping/retract.ts';
import { isShared } from '../mapping/shared.ts';
import { isCreatedOnce } from '../mapping/to-fhir.ts';
import type { LedgerEntry, WrittenResource } from '../store/ledger.ts';
import type { CurrentState } from './current-state.ts';
import type { SharedDecision } from './shared-decisions.ts';

/** A resource to write, and its ledger row, to which the server's answer adds id and version. */
export interface PlannedWrite {
  readonly resource: MappedResource;
  readonly row: Omit<WrittenResource, 'serverId'>;
}

/** The changes of one delivery. */
export interface Plan {
  readonly writes: readonly PlannedWrite[];
  /** Resources at the target that no record contributes to any more. */
  readonly retractions: readonly LedgerEntry[];
  /** Changes of the record that are not sent. */
  readonly losses: readonly Loss[];
}

/** Plans the delivery of a record. */
export function planDelivery({ record, mapped, ledger, shared }: CurrentState): Plan {
  const entries = new Map(ledger.map((entry) => [entry.identifier, entry]));
  const identifiers = new Set(mapped.map(({ value }) => value));
  const own = mapped.flatMap((resource) => {
    const decision = shared.get(resource.value);
    const entry = entries.get(resource.value);
    if (decision?.state === 'unknown') return undecidedWrite(resource, entry, record);
    if (decision !== undefined) return sharedWrite(decision, entry, record);
    return isShared(resource.value) ? [] : [ownWrite(resource, entry, record)];
  });
  const ofOthers = [...shared].flatMap(([identifier, decision]) =>
    identifiers.has(identifier) ? [] : sharedWrite(decision, entries.get(identifier), record),
  );
  return {
    writes: [...own, ...ofOthers],
    retractions: ledger.filter((entry) => isToRetract(entry, { identifiers, shared })),
    losses: [...unsentChanges(own, entries), ...undecided(shared, entries, own)],
  };
}

/** True if the plan changes nothing at the target. */
export function isEmpty({ writes, retractions }: Plan): boolean {
  return writes.length === 0 && retractions.length === 0;
}

function ownWrite(
  resource: MappedResource,
  entry: LedgerEntry | undefined,
  record: ImsRecord,
): PlannedWrite {
  // The ledger keeps the hash of the content first written, to detect changes that are not sent.
  const contentHash = isCreatedOnce(resource)
    ? (entry?.contentHash ?? hashOf(resource))
    : undefined;
  return { resource, row: rowOf(resource, { record, contentHash }) };
}

/** Writes a shared resource if the target lacks it or has other content. */
function sharedWrite(
  decision: SharedDecision,
  entry: LedgerEntry | undefined,
  delivered: ImsRecord,
): PlannedWrite[] {
  if (decision.state !== 'present') return [];
  const { resource, record } = decision;
  const isLive = entry?.state === 'live';
  if (resource.onlyIfExists === true && !isLive) return [];
  const contentHash = hashOf(resource);
  if (isLive && entry.contentHash === contentHash) return [];
  const { recordId, revision } = record;
  const owner = record === delivered ? undefined : { recordId, revision };
  return [{ resource, row: { ...rowOf(resource, { record, contentHash }), owner } }];
}

/**
 * What the delivered record holds of a resource that cannot be decided is written only where the target
 * lacks the resource: a contraindication must not be lost, and the content of others must stay.
 */
function undecidedWrite(
  resource: MappedResource,
  entry: LedgerEntry | undefined,
  record: ImsRecord,
): PlannedWrite[] {
  if (entry?.state === 'live') return [];
  return sharedWrite({ state: 'present', resource, record }, entry, record);
}

function rowOf(
  { value, resource }: MappedResource,
  { record, contentHash }: { record: ImsRecord; contentHash: string | undefined },
): PlannedWrite['row'] {
  return {
    identifier: value,
    resourceType: resource.resourceType,
    visitAt: visitOrder(record),
    contentHash,
    state: 'live',
  };
}

function isToRetract(
  { identifier, resourceType, state }: LedgerEntry,
  {
    identifiers,
    shared,
  }: { identifiers: ReadonlySet<string>; shared: ReadonlyMap<string, SharedDecision> },
): boolean {
  if (state !== 'live' || KEPT_TYPES.has(resourceType)) return false;
  if (isShared(identifier)) return shared.get(identifier)?.state === 'absent';
  return isOfVisit(identifier) && !identifiers.has(identifier);
}

/** The loss for each person or place that has changed since it was created. */
function unsentChanges(
  writes: readonly PlannedWrite[],
  entries: ReadonlyMap<string, LedgerEntry>,
): Loss[] {
  return writes
    .filter(({ resource, row }) => {
      const first = entries.get(row.identifier)?.contentHash;
      return isCreatedOnce(resource) && first !== undefined && first !== hashOf(resource);
    })
    .map(({ row }) => ({
      path: row.resourceType,
      reason: 'not updated: once this resource exists at the target, it is not changed',
    }));
}

/** The loss for each shared resource that cannot be decided: left unchanged, or written in part. */
function undecided(
  shared: ReadonlyMap<string, SharedDecision>,
  entries: ReadonlyMap<string, LedgerEntry>,
  writes: readonly PlannedWrite[],
): Loss[] {
  const written = new Map(writes.map(({ row }) => [row.identifier, row.resourceType]));
  const cause = 'it cannot be built from all the records that contribute to it';
  return [...shared].flatMap(([identifier, { state }]) => {
    const entry = entries.get(identifier);
    const path = written.get(identifier);
    if (state !== 'unknown') return [];
    if (entry?.state === 'live') {
      return [{ path: entry.resourceType, reason: `not updated: ${cause}` }];
    }
    return path === undefined ? [] : [{ path, reason: `only from this record: ${cause}` }];
  });
}

function hashOf({ resource }: MappedResource): string {
  return hash('sha256', JSON.stringify(resource), 'base64url');
}
