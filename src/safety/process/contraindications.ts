// Rules that compare the screening with what was planned or done: waiting times after surgery (5),
// suitability (11), decisions and absolute contraindications (16).
import type { Finding } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import {
  appliesToSite,
  isSameBodySite,
  itemDecision,
  type ScreeningDecision,
  screeningDecisions,
} from '../screening/decisions.ts';
import { performedSession, plannedOrPerformedSession, sitesWithCurrent } from '../session-state.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

/** Rule 5: no site is planned or needled before its earliest date after surgery. */
export const surgeryWaitIsOver: ProcessRule = {
  code: 'rule-5',
  trigger: 'a site is planned or was needled before its earliest date after surgery',
  source: 'BC clinic IMS page, contraindication list (three months, six weeks)',
  findingText: 'A site is planned or was needled before the waiting time after surgery is over.',
  check: (record, { findings }) => {
    const sites = plannedOrPerformedSession(record)?.sites ?? [];
    const waiting = findings.filter(({ earliestDate }) => earliestDate !== undefined);
    return sites.flatMap(({ key }, index) => {
      if (!waiting.some(({ siteKeys = [] }) => siteKeys.includes(key))) return [];
      const message = 'is planned or was needled before the waiting time after surgery is over';
      return [{ path: ['session', 'sites', index], message }];
    });
  },
};

/** Decisions and suitabilities from strict (0) to lenient (3). */
const LENIENCY = {
  'not-suitable': 0,
  exclude: 0,
  defer: 1,
  modify: 2,
  suitable: 3,
  proceed: 3,
} as const;

type Suitability = NonNullable<NonNullable<ImsRecord['assessment']>['suitability']>[number];

/** Rule 11: suitability that is less strict than a decision on the same sites needs a reason. */
export const suitabilityFollowsDecisions: ProcessRule = {
  code: 'rule-11',
  trigger:
    'suitability is less strict than a decision of the screening on the same sites, without a reason',
  source: 'our reading of the BC clinic IMS page: suitability follows from the screening',
  check: (record, { findings }) => {
    const decisions = screeningDecisions(record, findings).filter(
      ({ isForCurrent }) => !isForCurrent,
    );
    return (record.assessment?.suitability ?? []).flatMap((suitability, index) => {
      const { decision, rationale, asWritten } = suitability;
      if (decision === undefined || (rationale ?? asWritten?.rationale) !== undefined) return [];
      const isAsStrict = decisions
        .filter((screening) => isOnSameSites(screening, suitability, record))
        .every((screening) => LENIENCY[decision] <= LENIENCY[screening.decision]);
      if (isAsStrict) return [];
      const path = ['assessment', 'suitability', index, 'decision'];
      const message = 'is less strict than a decision of the screening, without a reason';
      return [{ path, message }];
    });
  },
};

/** A decision on the session applies to every site; one on sites not to a suitability without sites. */
function isOnSameSites(
  { siteKeys, bodySites }: ScreeningDecision,
  { sites = [] }: Suitability,
  { session }: ImsRecord,
): boolean {
  if (siteKeys === undefined && bodySites === undefined) return true;
  const recorded = [...(session?.sites ?? []), ...(session?.sitesNotNeedled ?? [])];
  const decided = [...(bodySites ?? []), ...recorded.filter(({ key }) => siteKeys?.includes(key))];
  return sites.some((site) => decided.some((bodySite) => isSameBodySite(bodySite, site)));
}

/** Rule 16: no needling against a decision or an absolute contraindication to the session. */
export const decisionIsFollowed: ProcessRule = {
  code: 'rule-16',
  trigger:
    'a site was needled against a decision, or a session was performed despite an absolute contraindication',
  source: 'BC clinic IMS page, contraindication list; what counts as against it is our reading',
  findingText:
    'Needling was performed despite a decision against it or an absolute contraindication.',
  check: (record, { findings }) => {
    if (performedSession(record) === undefined) return [];
    const against = screeningDecisions(record, findings).filter(
      ({ decision }) => decision === 'exclude' || decision === 'defer',
    );
    return [...sitesNeedledAgainst(record, against), ...sessionAgainst(record, findings)];
  },
};

function sitesNeedledAgainst(
  record: ImsRecord,
  against: readonly ScreeningDecision[],
): Violation[] {
  const { session } = record;
  const withCurrent = (session && sitesWithCurrent(session)) ?? new Set();
  return (session?.sites ?? []).flatMap((site, index) => {
    const isAgainst = against.some(
      (decision) =>
        appliesToSite(decision, site) && (!decision.isForCurrent || withCurrent.has(site.key)),
    );
    const message = 'was needled although a decision excludes or defers it';
    return isAgainst ? [{ path: ['session', 'sites', index], message }] : [];
  });
}

/** Absolute contraindications to the session, except those a decision with a reason overrides. */
function sessionAgainst(record: ImsRecord, findings: readonly Finding[]): Violation[] {
  return findings.flatMap((finding) => {
    const isAbsolute = finding.class === 'absolute' && finding.scope === 'session';
    if (!isAbsolute || isOverridden(record, finding)) return [];
    const message = 'is an absolute contraindication, but the session was performed';
    return [{ path: ['screening', finding.member], message }];
  });
}

function isOverridden(record: ImsRecord, { member }: Finding): boolean {
  const { decision, hasReason = false } = itemDecision(record, member) ?? {};
  return hasReason && (decision === 'proceed' || decision === 'modify');
}
