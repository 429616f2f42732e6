// What is never sent to a target, as losses.

import type { Loss } from '../errors.ts';
import type { ImsRecord } from '../ims/schema/record.ts';

/** Why injuries of staff are not sent. */
export const STAFF_INJURY_REASON = "injuries of staff do not belong in the patient's chart";

/** The parts of a record that are never written to a patient's chart. */
export function lossesOf({ staffEvents = [] }: ImsRecord): Loss[] {
  if (staffEvents.length === 0) return [];
  return [{ path: '/staffEvents', reason: STAFF_INJURY_REASON }];
}
