// Maps dates that a chart may have only in words.
import type { DateValue } from '../ims/schema/members.ts';

/** A charted date as a FHIR date of any precision; undefined for a date in words only. */
export function dateOf(value: DateValue | undefined): string | undefined {
  return typeof value === 'object' ? value.date : value;
}
