// One assessment of one record: what its screening finds and which rules it does not keep. Clinical
// rules warn or travel, and never refuse; what is wrong in form was refused on reading.
import type { Issue, Severity } from '../errors.ts';
import { pointer } from '../ims/reader/pointer.ts';
import type { Assessed, RuleViolation } from '../ims/records/findings.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { adverseEventAgrees } from './process/adverse-event.ts';
import { decisionIsKept, surgeryIsWaited } from './process/barred.ts';
import { childConsents } from './process/child-consent.ts';
import {
  damageAgrees,
  depthIsReachable,
  nothingInjected,
  redFlagAsks,
  temperatureAgrees,
} from './process/coherence.ts';
import { consentFirst } from './process/consent.ts';
import {
  pregnancyAgrees,
  signsAgree,
  surgeryAnswersAgree,
  surgeryIsPast,
} from './process/contradiction.ts';
import { insertionsAddUp, needlesAccounted, needlesOpened } from './process/counts.ts';
import { currentIsAllowed, currentIsScreened } from './process/current.ts';
import { bcHealthNumber } from './process/health-number.ts';
import { siteHasSide, targetIsMuscle } from './process/needled-site.ts';
import { notApplicableHasReason } from './process/not-applicable.ts';
import { painHasPeriod } from './process/pain-period.ts';
import { performerIsOfPolicy } from './process/performer.ts';
import { planIsDecided } from './process/planned.ts';
import type { FindingRule, ProcessRule, Violation } from './process/process-rule.ts';
import { referralIsThere } from './process/referral.ts';
import { refusalIsKept } from './process/refusal.ts';
import { factsAreOfChart } from './process/screening-basis.ts';
import { suitabilityFollows } from './process/suitability.ts';
import { pneumothoraxIsWarned } from './process/thorax.ts';
import { evaluate, screeningRules } from './screening/evaluate.ts';

/** Every rule on how a visit was carried out and charted. */
export const processRules: readonly ProcessRule[] = [
  consentFirst,
  needlesAccounted,
  insertionsAddUp,
  currentIsAllowed,
  currentIsScreened,
  surgeryIsWaited,
  pneumothoraxIsWarned,
  performerIsOfPolicy,
  referralIsThere,
  targetIsMuscle,
  damageAgrees,
  suitabilityFollows,
  planIsDecided,
  painHasPeriod,
  nothingInjected,
  adverseEventAgrees,
  decisionIsKept,
  siteHasSide,
  depthIsReachable,
  needlesOpened,
  temperatureAgrees,
  childConsents,
  refusalIsKept,
  redFlagAsks,
  notApplicableHasReason,
  factsAreOfChart,
  surgeryAnswersAgree,
  surgeryIsPast,
  pregnancyAgrees,
  signsAgree,
  bcHealthNumber,
];

/** One assessment of a record: what travels with it, and what is told of it. */
export interface Assessment extends Assessed {
  /** Every rule the record does not keep, those of `detected` among them. None of them refuses. */
  readonly issues: readonly Issue[];
}

/**
 * Assesses one record: the findings of its screening and every rule it does not keep. Pointers are
 * into the record as read, where lists stand sorted. Of a record that was entered in error the
 * findings are told, which its resources still name, and nothing else.
 */
export function assess(record: ImsRecord, policy: Policy = DEFAULT_POLICY): Assessment {
  const findings = evaluate(record, policy);
  if (record.status === 'entered-in-error') return { findings, detected: [], issues: [] };
  const broken = processRules.flatMap((rule) => {
    const breaches = rule.check(record, { findings, policy });
    return breaches.length === 0 ? [] : [{ rule, breaches }];
  });
  return {
    findings,
    detected: broken.flatMap(({ rule, breaches }) =>
      rule.finding === undefined ? [] : [detectedOf(rule, breaches, record)],
    ),
    issues: broken.flatMap(({ rule, breaches }) => issuesOf(rule, breaches, record)),
  };
}

function issuesOf(
  { code, source }: ProcessRule,
  breaches: readonly Violation[],
  record: ImsRecord,
): Issue[] {
  return breaches.map((breach) => ({
    severity: severityOf(breach, record),
    code,
    path: pointer(breach.path),
    message: breach.message,
    source,
  }));
}

/** What an old chart merely does not say is told, and no more. */
function severityOf({ isMissing }: Violation, { origin }: ImsRecord): Severity {
  return isMissing === true && origin.how === 'migrated' ? 'information' : 'warning';
}

function detectedOf(
  { code, finding: message, source }: FindingRule,
  breaches: readonly Violation[],
  { session }: ImsRecord,
): RuleViolation {
  const keys = breaches.flatMap(({ path: [part, list, index] }) => {
    if (part !== 'session' || list !== 'sites') return [];
    return session?.sites?.[Number(index)]?.key ?? [];
  });
  const members = breaches.flatMap(({ path: [part, member] }) =>
    part === 'screening' ? [member] : [],
  );
  return {
    ...{ code, message, source },
    paths: breaches.map(({ path }) => pointer(path)),
    siteKeys: [...new Set(keys)],
    items: screeningRules.flatMap(({ item, member }) => (members.includes(member) ? [item] : [])),
  };
}
