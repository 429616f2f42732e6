// Rules on who must consent, and when: rule 2 for every session, rule 19 for children.
import { isConsentGivenAfter } from '../../ims/records/consent-in-force.ts';
import type { Consent } from '../../ims/schema/consent.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { ageAtVisit, isMinor } from '../age.ts';
import { performedSession, plannedOrPerformedSession } from '../session-state.ts';
import type { EvaluationContext, ProcessRule, Violation } from './process-rule.ts';

/** Rule 2: consent is given before the first needle. */
export const consentComesFirst: ProcessRule = {
  code: 'rule-2',
  trigger:
    'consent was given after the start of the session, or none is recorded for a session that was performed',
  source:
    'Pleasantview Physio IMS page (before starting); Alberta physiotherapy college on consent; Colorado 4 CCR 732-1 rule 11',
  check: (record) => [...lateConsents(record), ...missingConsent(record)],
};

function lateConsents(record: ImsRecord): Violation[] {
  const startAt = record.session?.startAt;
  if (startAt === undefined) return [];
  return consentsOf(record).flatMap(({ consent, path }) => {
    if (!mayBeGiven(consent) || !isConsentGivenAfter(consent, startAt, record.clinic)) return [];
    return consent.givenAt === undefined
      ? [{ path: [...path, 'givenDate'], message: 'is after the day of the session' }]
      : [{ path: [...path, 'givenAt'], message: 'is after the start of the session' }];
  });
}

function missingConsent(record: ImsRecord): Violation[] {
  if (performedSession(record) === undefined) return [];
  if (consentsOf(record).some(({ consent }) => mayBeGiven(consent))) return [];
  return [{ path: ['consents'], message: 'no consent recorded for this session', isMissing: true }];
}

/** False only for a refusal or an open question: without `given`, the chart's words may be a "yes". */
function mayBeGiven({ given }: Consent): boolean {
  return given === 'yes' || given === undefined;
}

/** The consents to the whole course of treatment, then those to this visit, with their paths. */
function consentsOf({ consents = [], episode }: ImsRecord) {
  const forCourse = episode?.consents ?? [];
  return [
    ...forCourse.map((consent, index) => ({ consent, path: ['episode', 'consents', index] })),
    ...consents.map((consent, index) => ({ consent, path: ['consents', index] })),
  ];
}

// myotherapyandmassage.com.au: not recommended under twelve.
const RECOMMENDED_AGE = 12;

/** Rule 19: a child is old enough, and both a parent and the child consent. */
export const bothConsentForChild: ProcessRule = {
  code: 'rule-19',
  trigger:
    'a child is under 12, the consent of a parent or of the child is missing, or no age is known',
  source:
    'myotherapyandmassage.com.au: not recommended under 12, parent and child consent; physioman.in list',
  check: (record, context) => {
    if (plannedOrPerformedSession(record) === undefined) return [];
    const age = ageAtVisit(record);
    if (age === undefined) {
      const message = 'is required, or an age, to know whether the patient is a child';
      return [{ path: ['patient', 'birthDate'], message, isMissing: true }];
    }
    const message = `means an age under ${RECOMMENDED_AGE}, for which needling is not recommended`;
    const tooYoung = age.years < RECOMMENDED_AGE ? [{ path: age.path, message }] : [];
    return [...tooYoung, ...missingForChild(record, context)];
  },
};

function missingForChild(record: ImsRecord, { policy }: EvaluationContext): Violation[] {
  if (isMinor(record, policy) !== true || performedSession(record) === undefined) return [];
  return (['parent', 'patient'] as const).flatMap((by) => {
    if (consentsOf(record).some(({ consent }) => consent.by === by && mayBeGiven(consent))) {
      return [];
    }
    const message = `no consent of the ${by === 'patient' ? 'child' : by} recorded`;
    return [{ path: ['consents'], message, isMissing: true }];
  });
}
