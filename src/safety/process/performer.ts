import type { ImsRecord } from '../../ims/schema/record.ts';
import { type JurisdictionPolicy, jurisdictionsOf, type Policy, standingsOf } from '../policy.ts';
import { performedSession } from '../session-state.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

type Standing = ReturnType<typeof standingsOf>[number];

/**
 * Rule 7: who needled against the professions and the roster that are set for the jurisdiction.
 * Nothing is set by default, and nobody is refused by profession.
 */
export const performerIsOfPolicy: ProcessRule = {
  code: 'rule-7',
  trigger:
    'who needled is outside the professions or the roster set for the jurisdiction; off unless set',
  source:
    'a setting: BC clinic IMS page and CPTBC roster name physiotherapists, SEMI Toronto IMS page physicians as well',
  check: (record, { policy }) => {
    if (performedSession(record) === undefined) return [];
    return standingsOf(record).flatMap((standing) => {
      const index = record.assessment?.standings?.indexOf(standing) ?? 0;
      const path = ['assessment', 'standings', index];
      return policiesFor(standing, record, policy).flatMap((set) =>
        breachesOf(standing, set, path),
      );
    });
  },
};

function policiesFor(
  { jurisdiction }: Standing,
  record: ImsRecord,
  policy: Policy,
): readonly JurisdictionPolicy[] {
  const names = jurisdiction === undefined ? jurisdictionsOf(record, policy) : [jurisdiction];
  return names.flatMap((name) => policy.jurisdictions[name] ?? []);
}

function breachesOf(
  { profession = [], roster, asWritten }: Standing,
  { professions, roster: isRostered = false }: JurisdictionPolicy,
  path: readonly (string | number)[],
): Violation[] {
  const breaches: Violation[] = [];
  if (professions !== undefined && !profession.some((one) => professions.includes(one))) {
    const isMissing = profession.length === 0;
    const message = 'is none of the professions set for the jurisdiction';
    if (!isMissing || asWritten?.profession === undefined) {
      breaches.push({ path: [...path, 'profession'], message, isMissing });
    }
  }
  if (isRostered && roster !== 'yes' && asWritten?.roster === undefined) {
    const isMissing = roster === undefined || roster === 'not-asked';
    const message = 'is not "yes", and a roster is set for the jurisdiction';
    breaches.push({ path: [...path, 'roster'], message, isMissing });
  }
  return breaches;
}
