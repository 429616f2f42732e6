// What several visits share says what the latest of them says. When the record at hand is not that
// visit (it came late, was taken back, moved in time), the latest one's words are written again, in
// the same transaction and in that record's name.
import type { BundleEntry } from '@medplum/fhirtypes';
import { readRecordText } from './ims/read.ts';
import { toEntry, toFhir } from './mapping/to-fhir.ts';
import type { Outbox } from './outbox/outbox.ts';
import { redirectEntry } from './remote/plan.ts';
import { assess } from './safety/assess.ts';
import type { Policy } from './safety/policy.ts';
import type { Voice } from './store/voice.ts';

/** A shared resource said anew: its entry, and whose words it holds. */
export interface Revived {
  readonly entry: BundleEntry;
  readonly voice: Voice;
  readonly resourceType: string;
}

/** Entries for what `voices` say. A voice whose record is no longer at hand is passed over. */
export async function reviveShared(
  voices: readonly Voice[],
  { target, outbox, policy }: { target: string; outbox: Outbox; policy: Policy },
): Promise<Revived[]> {
  const revived: Revived[] = [];
  for (const voice of voices) {
    const { source, recordId, revision, identifier } = voice;
    const payload = (await outbox.payload(source, recordId, revision))?.payload;
    const read = payload === undefined ? undefined : readRecordText(payload);
    if (read?.ok !== true) continue;
    const { resources } = toFhir(read.record, assess(read.record, policy));
    const found = resources.find(({ value }) => value === identifier);
    if (found === undefined) continue;
    const standing = await outbox.ledgerEntries(
      target,
      resources.map(({ value }) => value),
    );
    const addresses = new Map(
      standing.map((entry) => [entry.identifier, `${entry.resourceType}/${entry.serverId}`]),
    );
    const redirect = new Map(
      resources.flatMap(({ value, fullUrl }) => {
        const address = addresses.get(value);
        return address === undefined ? [] : [[fullUrl, address] as const];
      }),
    );
    const entry = redirectEntry(toEntry(found), redirect);
    revived.push({ entry, voice, resourceType: found.resource.resourceType });
  }
  return revived;
}
