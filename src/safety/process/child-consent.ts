import type { ImsRecord } from '../../ims/schema/record.ts';
import { ageAtVisit } from '../age.ts';
import { child } from '../screening/child.ts';
import { liveSession, performedSession } from '../session-state.ts';
import type { Known, ProcessRule, Violation } from './process-rule.ts';

// myotherapyandmassage.com.au: not recommended under twelve.
const TOO_YOUNG = 12;

/** Rule 19: a child's age, and the consent of parent and child both. */
export const childConsents: ProcessRule = {
  code: 'rule-19',
  trigger: 'a child is under 12, or lacks the consent of a parent or its own; no age is known',
  source:
    'myotherapyandmassage.com.au: not recommended under 12, parent and child consent; physioman.in list',
  check: (record, known) => {
    const age = ageAtVisit(record);
    if (liveSession(record) === undefined) return [];
    if (age === undefined) {
      const message = 'and an age are missing: is the patient a child?';
      return [{ path: ['patient', 'birthDate'], message, isMissing: true }];
    }
    const message = 'is an age at which needling is not recommended';
    const young = age.years < TOO_YOUNG ? [{ path: age.path, message }] : [];
    return [...young, ...missingConsents(record, known)];
  },
};

function missingConsents(record: ImsRecord, { policy }: Known): Violation[] {
  if (child.answer(record, policy) !== 'yes' || performedSession(record) === undefined) return [];
  const given = [...(record.consents ?? []), ...(record.episode?.consents ?? [])];
  return (['parent', 'patient'] as const).flatMap((who) => {
    if (given.some((one) => one.by === who && (one.given ?? 'yes') === 'yes')) return [];
    const message = `holds no consent of the ${who === 'patient' ? 'child' : who}`;
    return [{ path: ['consents'], message, isMissing: true }];
  });
}
