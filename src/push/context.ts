// The dependencies and the record that every step of a delivery works with.
import { readRecordText } from '../ims/reader/read.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import type { ClaimedDelivery } from '../outbox/claim.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Capabilities } from '../remote/capabilities.ts';
import type { Remote } from '../remote/remote.ts';
import type { Policy } from '../safety/policy.ts';
import type { Validator } from '../validation/validator.ts';

/** A configured target. */
export interface PushTarget {
  readonly remote: Remote;
  /** The server's capabilities, requested once and again after a failure. */
  capabilities(signal: AbortSignal): Promise<Capabilities>;
  readonly drafts: 'hold' | 'deliver';
}

/** The dependencies that all deliveries to one target share. */
export interface DeliveryServices {
  readonly outbox: Outbox;
  readonly target: PushTarget;
  readonly now: () => number;
  readonly policy: Policy;
  readonly validator: Validator;
}

/** The claimed delivery, its record and the dependencies. */
export interface DeliveryContext extends DeliveryServices {
  readonly delivery: ClaimedDelivery;
  readonly record: ImsRecord;
  /** Aborts when the claim is lost or the service ends. */
  readonly signal: AbortSignal;
}

/** True if the delivered revision retracts the record. */
export function isRetraction({ record }: DeliveryContext): boolean {
  return record.status === 'entered-in-error';
}

/** An accepted revision of a record; undefined if its payload was purged or cannot be read. */
export async function acceptedRecord(
  { source, recordId, revision }: { source: string; recordId: string; revision: number },
  outbox: Outbox,
): Promise<ImsRecord | undefined> {
  const payload = (await outbox.payload(source, recordId, revision))?.payload;
  const read = payload === undefined ? undefined : readRecordText(payload);
  return read?.ok === true ? read.record : undefined;
}
