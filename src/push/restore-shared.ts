// What several visits share says what the latest of them says. When the record at hand is not that
// visit (it came late, was taken back, moved in time), the latest one's words are written again, in
// the same transaction and in that record's name.
import type { BundleEntry } from '@medplum/fhirtypes';
import { toEntry, toFhir } from '../mapping/to-fhir.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { assess } from '../safety/assess.ts';
import type { Policy } from '../safety/policy.ts';
import type { Voice } from '../store/voice.ts';
import { recordAt } from './related-records.ts';

/** A shared resource said anew: its entry, and whose words it holds. */
export interface Revived {
  readonly entry: BundleEntry;
  readonly voice: Voice;
  readonly resourceType: string;
}

/** Entries for what `voices` say. A voice whose record is no longer at hand is passed over. */
export async function restoreShared(
  voices: readonly Voice[],
  { outbox, policy }: { outbox: Outbox; policy: Policy },
): Promise<Revived[]> {
  const revived: Revived[] = [];
  for (const voice of voices) {
    const record = await recordAt(voice, outbox);
    if (record === undefined) continue;
    const { resources } = toFhir(record, assess(record, policy));
    const found = resources.find(({ value }) => value === voice.identifier);
    if (found === undefined) continue;
    const entry = toEntry(found);
    revived.push({ entry, voice, resourceType: found.resource.resourceType });
  }
  return revived;
}
