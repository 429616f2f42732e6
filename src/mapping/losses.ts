// Losses: what one side cannot hold, told with its place and reason, never silent.

import type { ImsRecord } from '../ims/schema/record.ts';

/** `path` is a JSON pointer into the record (towards FHIR) or a FHIRPath (towards the record). */
export interface Loss {
  readonly path: string;
  readonly reason: string;
}

/** Why injuries of staff stay in the clinic. */
export const STAFF_IS_NO_PATIENT = "staff injuries are no part of the patient's chart";

/** What of a record never goes into a patient's chart. */
export function lossesOf({ staffEvents = [] }: ImsRecord): Loss[] {
  if (staffEvents.length === 0) return [];
  return [{ path: '/staffEvents', reason: STAFF_IS_NO_PATIENT }];
}
