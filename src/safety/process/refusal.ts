// Rule 21: no needling against a refusal or withdrawal of consent.
import {
  isConsentGivenAfter,
  isLimitedToSites,
  type Refusal,
} from '../../ims/records/consent-in-force.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { isSameBodySite } from '../screening/decisions.ts';
import { performedSession } from '../session-state.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

/** Rule 21: needling after the patient refused or withdrew consent needs a later consent. */
export const refusalIsRespected: ProcessRule = {
  code: 'rule-21',
  trigger:
    'needling was performed after a refusal, or after a withdrawal of consent before its start, without a later consent',
  source: 'our reading; physioman.in list: consent may be withdrawn at any time',
  findingText:
    'Consent was refused or withdrawn, and needling was performed without a later consent.',
  check: (record) => {
    if (performedSession(record) === undefined) return [];
    return [...needledAfterRefusal(record), ...refusedInScreening(record)];
  },
};

function needledAfterRefusal(record: ImsRecord): Violation[] {
  return (record.refusals ?? []).flatMap((refusal, index) => {
    if (!isEffective(refusal, record) || !isNeedled(refusal, record)) return [];
    if (isConsentedAfter(record, refusal.at)) return [];
    const message = 'was followed by needling without a later consent of the patient';
    return [{ path: ['refusals', index], message }];
  });
}

/** C20, refusal in the screening. */
function refusedInScreening(record: ImsRecord): Violation[] {
  const { refusal, askedAt } = record.screening ?? {};
  if (refusal?.answer !== 'yes' || isConsentedAfter(record, refusal.askedAt ?? askedAt)) return [];
  const message = 'is "yes", but the session was performed without a later consent of the patient';
  return [{ path: ['screening', 'refusal', 'answer'], message }];
}

/** True for a refusal by the patient or an unnamed person, and for a withdrawal before the session. */
function isEffective({ what, byWhom, at }: Refusal, { session }: ImsRecord): boolean {
  if (what === 'consent-refused') return byWhom?.includes('patient') ?? true;
  const startAt = session?.startAt;
  if (what === undefined || at === undefined || startAt === undefined) return false;
  return Date.parse(at) < Date.parse(startAt);
}

function isNeedled(refusal: Refusal, { session }: ImsRecord): boolean {
  if (!isLimitedToSites(refusal)) return true;
  const { sites = [] } = refusal;
  return (session?.sites ?? []).some((needled) =>
    sites.some((refused) => isSameBodySite(refused, needled)),
  );
}

function isConsentedAfter(record: ImsRecord, at: string | undefined): boolean {
  if (at === undefined) return false;
  const consents = [...(record.consents ?? []), ...(record.episode?.consents ?? [])];
  return consents.some(
    (consent) =>
      consent.given === 'yes' &&
      consent.by === 'patient' &&
      isConsentGivenAfter(consent, at, record.clinic),
  );
}
