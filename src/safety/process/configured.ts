// Rules that report nothing until a clinic configures them: rule 7 on the practitioner's
// credentials, rule 8 on referrals.
import type { ImsRecord } from '../../ims/schema/record.ts';
import {
  credentialsAtVisit,
  type JurisdictionPolicy,
  jurisdictionsOf,
  type Policy,
} from '../policy.ts';
import { performedSession } from '../session-state.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

type Credential = ReturnType<typeof credentialsAtVisit>[number];

/** Rule 7: practitioners have the profession and roster entry that their jurisdiction requires. */
export const credentialsMatchPolicy: ProcessRule = {
  code: 'rule-7',
  trigger:
    'a practitioner is outside the professions or the roster set for the jurisdiction; off unless set',
  source:
    'a setting: BC clinic IMS page and CPTBC roster name physiotherapists, SEMI Toronto IMS page physicians as well',
  check: (record, { policy }) => {
    if (performedSession(record) === undefined) return [];
    return credentialsAtVisit(record).flatMap((credential) => {
      const index = record.assessment?.standings?.indexOf(credential) ?? 0;
      const path = ['assessment', 'standings', index];
      return policiesFor(credential, record, policy).flatMap((jurisdiction) =>
        credentialViolations(credential, jurisdiction, path),
      );
    });
  },
};

function policiesFor(
  { jurisdiction }: Credential,
  record: ImsRecord,
  policy: Policy,
): readonly JurisdictionPolicy[] {
  const names = jurisdiction === undefined ? jurisdictionsOf(record, policy) : [jurisdiction];
  return names.flatMap((name) => policy.jurisdictions[name] ?? []);
}

function credentialViolations(
  { profession = [], roster, asWritten }: Credential,
  { professions, roster: needsRoster = false }: JurisdictionPolicy,
  path: readonly (string | number)[],
): Violation[] {
  const violations: Violation[] = [];
  if (professions !== undefined && !profession.some((code) => professions.includes(code))) {
    const isMissing = profession.length === 0;
    const message = 'must be one of the professions set for the jurisdiction';
    if (!isMissing || asWritten?.profession === undefined) {
      violations.push({ path: [...path, 'profession'], message, isMissing });
    }
  }
  if (needsRoster && roster !== 'yes' && asWritten?.roster === undefined) {
    const isMissing = roster === undefined || roster === 'not-asked';
    const message = 'must be "yes", because a roster is set for the jurisdiction';
    violations.push({ path: [...path, 'roster'], message, isMissing });
  }
  return violations;
}

/** Rule 8: an insurance claim on a payer that is set to require a referral has one. */
export const referralIsRecorded: ProcessRule = {
  code: 'rule-8',
  trigger:
    'an insurance claim is on a payer that is set to require a referral, and none is recorded; off unless set',
  source:
    'a setting: the BC clinic IMS page names two insurers, pages on their terms contradict it',
  check: ({ episode }, { policy }) => {
    const { claims: insuranceClaims = [], referral } = episode?.claims ?? {};
    if (referral === 'yes') return [];
    return insuranceClaims.flatMap(({ payer }, index) => {
      if (payer === undefined || !policy.referralPayers.includes(payer)) return [];
      const message = 'is set to require a referral, but none is recorded';
      const isMissing = referral === undefined || referral === 'not-asked';
      return [{ path: ['episode', 'claims', 'claims', index, 'payer'], message, isMissing }];
    });
  },
};
