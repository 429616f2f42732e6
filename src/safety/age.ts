// How old a patient is at the visit, at least: a partial birth date counts as its last day, a
// partial day of the visit as its first, so that nobody is taken for older than they may be.
import { firstDay, lastDay, visitDate } from '../ims/records/dates.ts';
import type { ImsRecord } from '../ims/schema/record.ts';

/** Whole years, and the member of the record they are read from. */
export interface Age {
  readonly years: number;
  readonly path: readonly string[];
}

/** The least age at the visit; undefined where neither a birth date nor an age is known. */
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

function firstDayOfVisit({ visit }: ImsRecord): string | undefined {
  return visit?.date === undefined ? undefined : firstDay(visit.date);
}

/** Full years between two days; a child of 29 February has its birthday on 1 March otherwise. */
function yearsBetween(born: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return Math.max(0, day.slice(5) < born.slice(5) ? years - 1 : years);
}
