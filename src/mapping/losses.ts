// Losses: data that FHIR or the record cannot represent, reported with its path and the reason.

import type { ImsRecord } from '../ims/schema/record.ts';

/** `path` is a JSON pointer into the record (towards FHIR) or a FHIRPath (towards the record). */
export interface Loss {
  readonly path: string;
  readonly reason: string;
}

/** Why injuries of staff are not sent. */
export const STAFF_INJURY_REASON = "injuries of staff do not belong in the patient's chart";

/** The parts of a record that are never written to a patient's chart. */
export function lossesOf({ staffEvents = [] }: ImsRecord): Loss[] {
  if (staffEvents.length === 0) return [];
  return [{ path: '/staffEvents', reason: STAFF_INJURY_REASON }];
}
