// What one delivery writes to one target, before anything is sent: its own resources, what it takes
// back, and who decides what several visits share. Pure.
import { createHash } from 'node:crypto';
import type { BundleEntry, Resource } from '@medplum/fhirtypes';
import type { MappedResource } from '../mapping/context.ts';
import type { Loss } from '../mapping/losses.ts';
import { DELETED_TYPES, KEPT_TYPES } from '../mapping/retract.ts';
import type { LedgerEntry } from '../store/ledger.ts';
import type { Said, Voice } from '../store/voice.ts';

/** What is known before planning. */
export interface Known {
  /** What stands at the target of everything mapped or said before. */
  readonly standing: readonly LedgerEntry[];
  /** What this record wrote for itself alone. */
  readonly own: readonly LedgerEntry[];
  /** What other records say of the shared resources concerned. */
  readonly others: readonly Voice[];
  /** Shared resources this record spoke of before. */
  readonly spoken: readonly string[];
  /** The record's place among visits. */
  readonly order: string;
}

/** What to write, what to take back, and what to say again in another record's name. */
export interface Plan {
  readonly write: readonly MappedResource[];
  /** Shared resources that another visit, the latest to speak of them, decides. */
  readonly revive: readonly Voice[];
  /** Standing resources that nobody says any more. */
  readonly retract: readonly LedgerEntry[];
  /** What this record says of shared resources from now on. */
  readonly voices: readonly Said[];
  /** Content of people and places as first written at the target, which keeps it: hash by identifier. */
  readonly firstWritten: ReadonlyMap<string, string>;
}

/** Plans a delivery; a record taken back maps to nothing. */
export function planWrite(mapped: readonly MappedResource[], known: Known): Plan {
  const standing = new Map(known.standing.map((entry) => [entry.identifier, entry]));
  const shared = new Map(mapped.filter(isShared).map((one) => [one.value, one]));
  const voices = [...shared.values()].map((one) => saidBy(one, known.order));
  const said = new Map(voices.map((voice) => [voice.identifier, voice]));
  const plan = {
    write: [] as MappedResource[],
    revive: [] as Voice[],
    retract: [] as LedgerEntry[],
  };
  const kept = new Set<string>();
  for (const identifier of new Set([...said.keys(), ...known.spoken])) {
    const there = standing.get(identifier);
    const mine = said.get(identifier);
    const other = latest(known.others.filter((voice) => voice.identifier === identifier));
    if (mine !== undefined && (other === undefined || other.visitAt <= mine.visitAt)) {
      if (mine.says === 'stands' || there !== undefined) kept.add(identifier);
    } else if (other !== undefined) {
      if (isToRevive(other, there)) plan.revive.push(other);
    } else if (there?.state === 'live') plan.retract.push(there);
  }
  const values = new Set(mapped.map(({ value }) => value));
  const gone = known.own.filter((entry) => entry.state === 'live' && !values.has(entry.identifier));
  return {
    write: mapped.filter((one) => !shared.has(one.value) || kept.has(one.value)),
    revive: plan.revive,
    retract: [...plan.retract, ...gone.filter(({ resourceType }) => !KEPT_TYPES.has(resourceType))],
    voices,
    firstWritten: firstWritten(mapped, standing),
  };
}

function firstWritten(
  mapped: readonly MappedResource[],
  standing: ReadonlyMap<string, LedgerEntry>,
): Map<string, string> {
  const people = mapped.filter(({ resource }) => PEOPLE.has(resource.resourceType));
  return new Map(
    people.map((one) => [one.value, standing.get(one.value)?.contentHash ?? contentHash(one)]),
  );
}

const PEOPLE: ReadonlySet<string> = new Set(['Patient', 'Practitioner', 'Organization']);

function contentHash({ resource }: MappedResource): string {
  return createHash('sha256').update(JSON.stringify(resource)).digest('base64url');
}

/** What is said anew of people and places and stays at the target as it was first written. */
export function keptAsWritten(plan: Plan): Loss[] {
  return plan.write
    .filter((one) => {
      const first = plan.firstWritten.get(one.value);
      return first !== undefined && first !== contentHash(one);
    })
    .map(({ resource }) => ({
      path: resource.resourceType,
      reason: 'the target keeps it as first written; what changed since is not sent',
    }));
}

/** True for what several visits speak of, so that the latest one decides. */
export function isShared({ scope, resource }: MappedResource): boolean {
  return (scope === 'episode' || scope === 'patient') && !KEPT_TYPES.has(resource.resourceType);
}

function saidBy({ value, onlyIfExists }: MappedResource, visitAt: string): Said {
  return { identifier: value, says: onlyIfExists === true ? 'ends' : 'stands', visitAt };
}

function latest(voices: readonly Voice[]): Voice | undefined {
  return voices.toSorted((a, b) => (a.visitAt < b.visitAt ? 1 : -1))[0];
}

/** True unless the target holds just what this voice says. */
function isToRevive(voice: Voice, there: LedgerEntry | undefined): boolean {
  if (there === undefined) return voice.says === 'stands';
  const isTheirs = there.recordId === voice.recordId && there.revision === voice.revision;
  return there.state !== 'live' || !isTheirs;
}

/** The entry that puts back a retracted resource, or deletes one that has no status. */
export function retractionEntry(entry: LedgerEntry, resource: Resource | undefined): BundleEntry {
  const url = `${entry.resourceType}/${entry.serverId}`;
  if (resource === undefined || DELETED_TYPES.has(entry.resourceType)) {
    return { request: { method: 'DELETE', url } };
  }
  return { fullUrl: `urn:ims-fhir:${url}`, resource, request: { method: 'PUT', url } };
}
