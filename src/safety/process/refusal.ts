import {
  isConsentGivenAfter,
  isOfNamedSites,
  type Refusal,
} from '../../ims/records/consent-in-force.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { isSamePlace } from '../screening/decisions.ts';
import { performedSession } from '../session-state.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

/** Rule 21: what the patient refused was needled all the same, without a later consent. */
export const refusalIsKept: ProcessRule = {
  code: 'rule-21',
  trigger:
    'needling was done after a refusal, or a withdrawal before its start, without a later consent',
  source: 'our reading; physioman.in list: consent may be withdrawn at any time',
  finding: 'Needling was refused or consent withdrawn, and it was done without a later consent.',
  check: (record) => {
    if (performedSession(record) === undefined) return [];
    return [...refused(record), ...refusedItem(record)];
  },
};

function refused(record: ImsRecord): Violation[] {
  return (record.refusals ?? []).flatMap((refusal, index) => {
    if (!counts(refusal, record) || !isNeedled(refusal, record)) return [];
    if (isConsentedAfter(record, refusal.at)) return [];
    const message = 'was needled all the same, without a later consent of the patient';
    return [{ path: ['refusals', index], message }];
  });
}

/** C20. */
function refusedItem(record: ImsRecord): Violation[] {
  const { refusal, askedAt } = record.screening ?? {};
  if (refusal?.answer !== 'yes' || isConsentedAfter(record, refusal.askedAt ?? askedAt)) return [];
  const message = 'is "yes", and the session was performed without a later consent of the patient';
  return [{ path: ['screening', 'refusal', 'answer'], message }];
}

/** A refusal by the patient, or by nobody named; a withdrawal known to be before the start. */
function counts({ what, byWhom, at }: Refusal, { session }: ImsRecord): boolean {
  if (what === 'consent-refused') return byWhom?.includes('patient') ?? true;
  const startAt = session?.startAt;
  if (what === undefined || at === undefined || startAt === undefined) return false;
  return Date.parse(at) < Date.parse(startAt);
}

function isNeedled(refusal: Refusal, { session }: ImsRecord): boolean {
  if (!isOfNamedSites(refusal)) return true;
  const { sites = [] } = refusal;
  return (session?.sites ?? []).some((site) => sites.some((one) => isSamePlace(one, site)));
}

function isConsentedAfter(record: ImsRecord, at: string | undefined): boolean {
  if (at === undefined) return false;
  const given = [...(record.consents ?? []), ...(record.episode?.consents ?? [])];
  return given.some(
    (one) =>
      one.given === 'yes' && one.by === 'patient' && isConsentGivenAfter(one, at, record.clinic),
  );
}
