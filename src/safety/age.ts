// Calculates the patient's minimum age at the visit. A partial birth date counts as its last day and a
// partial visit date as its first, so that the age is never overestimated.
import { firstDay, lastDay, visitDate } from '../ims/records/dates.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { majorityAt, type Policy } from './policy.ts';

/** An age in whole years, and the path of the member it was read from. */
export interface Age {
  readonly years: number;
  readonly path: readonly string[];
}

/** The minimum age at the visit; undefined where neither a birth date nor an age is known. */
export function ageAtVisit(record: ImsRecord): Age | undefined {
  const { birthDate } = record.patient;
  const day = visitDate(record) ?? firstDayOfVisit(record);
  if (birthDate !== undefined && day !== undefined) {
    return { years: yearsBetween(lastDay(birthDate), day), path: ['patient', 'birthDate'] };
  }
  const stated = record.patientFacts?.ageYears;
  const years = typeof stated === 'number' ? stated : stated?.low;
  return years === undefined ? undefined : { years, path: ['patientFacts', 'ageYears'] };
}

/** True where the patient may be below the age of majority; undefined where no age is known. */
export function isMinor(record: ImsRecord, policy: Policy): boolean | undefined {
  const age = ageAtVisit(record);
  return age === undefined ? undefined : age.years < majorityAt(record, policy);
}

function firstDayOfVisit({ visit }: ImsRecord): string | undefined {
  return visit?.date === undefined ? undefined : firstDay(visit.date);
}

/** Full years between two days. A birthday on 29 February is on 1 March in years without that day. */
function yearsBetween(birthDay: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDay.slice(0, 4));
  return Math.max(0, day.slice(5) < birthDay.slice(5) ? years - 1 : years);
}
