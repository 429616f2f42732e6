import type { Consent } from '../../ims/schema/consent.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

/** Rule 2: consent comes before the first needle. */
export const consentFirst: ProcessRule = {
  code: 'rule-2',
  trigger: 'consent was given after the start, or none to a session that was performed',
  source:
    'Pleasantview Physio IMS page (before starting); Alberta physiotherapy college on consent; Colorado 4 CCR 732-1 rule 11',
  check: (record) => [...givenLate(record), ...notGiven(record)],
};

function givenLate(record: ImsRecord): Violation[] {
  const startAt = record.session?.startAt;
  if (startAt === undefined) return [];
  return consentsOf(record).flatMap(({ consent, path }) => {
    const { givenAt } = consent;
    if (!isGiven(consent) || givenAt === undefined) return [];
    if (Date.parse(givenAt) <= Date.parse(startAt)) return [];
    return [{ path: [...path, 'givenAt'], message: 'is after the start of the session' }];
  });
}

function notGiven(record: ImsRecord): Violation[] {
  const status = record.session?.status;
  const isPerformed = status === 'in-progress' || status === 'completed' || status === 'stopped';
  if (!isPerformed || consentsOf(record).some(({ consent }) => isGiven(consent))) return [];
  const message = 'holds no consent given to the session that was performed';
  return [{ path: ['consents'], message, isMissing: true }];
}

/** True unless the item is a refusal or leaves consent open; words alone may well be a "yes". */
function isGiven({ given }: Consent): boolean {
  return given === 'yes' || given === undefined;
}

function consentsOf({ consents = [], episode }: ImsRecord) {
  const ofCourse = episode?.consents ?? [];
  return [
    ...ofCourse.map((consent, index) => ({ consent, path: ['episode', 'consents', index] })),
    ...consents.map((consent, index) => ({ consent, path: ['consents', index] })),
  ];
}
