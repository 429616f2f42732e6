// Assesses a record: evaluates its screening and checks the rules on how the visit was carried out and
// charted. Rules warn; they never reject. A record of invalid form was rejected when it was read.
import type { Issue, Severity } from '../errors.ts';
import type { RuleResults, RuleViolation } from '../ims/records/findings.ts';
import { pointer } from '../ims/schema/pointer.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import {
  chartIsSource,
  healthNumberIsValid,
  notApplicableHasReason,
  painHasPeriod,
  redFlagNeedsAnswer,
} from './process/charting.ts';
import { credentialsMatchPolicy, referralIsRecorded } from './process/configured.ts';
import { bothConsentForChild, consentComesFirst } from './process/consent.ts';
import {
  adverseEventAgrees,
  pregnancyAgrees,
  signsAgree,
  surgeryAnswersAgree,
  surgeryIsPast,
  temperatureAgrees,
  tissueDamageAgrees,
} from './process/contradictions.ts';
import {
  decisionIsFollowed,
  suitabilityFollowsDecisions,
  surgeryWaitIsOver,
} from './process/contraindications.ts';
import { currentIsAllowed, currentIsScreened } from './process/electrical-stimulation.ts';
import {
  depthIsReachable,
  insertionsAddUp,
  needlesAreOpened,
  needlesBalance,
} from './process/needles.ts';
import { planIsDecided } from './process/planned-session.ts';
import type { FindingRule, ProcessRule, Violation } from './process/process-rule.ts';
import { refusalIsRespected } from './process/refusal.ts';
import {
  nothingIsInjected,
  pneumothoraxIsExplained,
  siteHasSide,
  targetIsMuscle,
} from './process/technique.ts';
import { evaluate, screeningRules } from './screening/evaluate.ts';

/** Every rule on how a visit was carried out and charted. */
export const processRules: readonly ProcessRule[] = [
  consentComesFirst,
  needlesBalance,
  insertionsAddUp,
  currentIsAllowed,
  currentIsScreened,
  surgeryWaitIsOver,
  pneumothoraxIsExplained,
  credentialsMatchPolicy,
  referralIsRecorded,
  targetIsMuscle,
  tissueDamageAgrees,
  suitabilityFollowsDecisions,
  planIsDecided,
  painHasPeriod,
  nothingIsInjected,
  adverseEventAgrees,
  decisionIsFollowed,
  siteHasSide,
  depthIsReachable,
  needlesAreOpened,
  temperatureAgrees,
  bothConsentForChild,
  refusalIsRespected,
  redFlagNeedsAnswer,
  notApplicableHasReason,
  chartIsSource,
  surgeryAnswersAgree,
  surgeryIsPast,
  pregnancyAgrees,
  signsAgree,
  healthNumberIsValid,
];

/** The assessment of one record: what is written to FHIR with it, and every issue to report. */
export interface Assessment extends RuleResults {
  /** One issue per violation of any rule, including those in `violations`; never of severity `error`. */
  readonly issues: readonly Issue[];
}

/**
 * Assesses one record: the findings of its screening and every violation of a rule. Pointers refer to
 * the record as read, in which lists are sorted. A record entered in error has its findings, because
 * its resources still refer to them, but no violations.
 */
export function assess(record: ImsRecord, policy: Policy = DEFAULT_POLICY): Assessment {
  const findings = evaluate(record, policy);
  if (record.status === 'entered-in-error') return { findings, violations: [], issues: [] };
  const violated = processRules.flatMap((rule) => {
    const violations = rule.check(record, { findings, policy });
    return violations.length === 0 ? [] : [{ rule, violations }];
  });
  return {
    findings,
    violations: violated.flatMap(({ rule, violations }) =>
      rule.findingText === undefined ? [] : [toRuleViolation(rule, violations, record)],
    ),
    issues: violated.flatMap(({ rule, violations }) => toIssues(rule, violations, record)),
  };
}

function toIssues(
  { code, source }: ProcessRule,
  violations: readonly Violation[],
  record: ImsRecord,
): Issue[] {
  return violations.map((violation) => ({
    severity: severityOf(violation, record),
    code,
    path: pointer(violation.path),
    message: violation.message,
    source,
  }));
}

/** What is only missing from a migrated chart is information: the chart cannot be completed. */
function severityOf({ isMissing }: Violation, { origin }: ImsRecord): Severity {
  return isMissing === true && origin.how === 'migrated' ? 'information' : 'warning';
}

function toRuleViolation(
  { code, findingText: message, source }: FindingRule,
  violations: readonly Violation[],
  { session }: ImsRecord,
): RuleViolation {
  const siteKeys = violations.flatMap(({ path: [part, list, index] }) => {
    if (part !== 'session' || list !== 'sites') return [];
    return session?.sites?.[Number(index)]?.key ?? [];
  });
  const members = violations.flatMap(({ path: [part, member] }) =>
    part === 'screening' ? [member] : [],
  );
  return {
    code,
    message,
    source,
    paths: violations.map(({ path }) => pointer(path)),
    siteKeys: [...new Set(siteKeys)],
    items: screeningRules.flatMap(({ item, member }) => (members.includes(member) ? [item] : [])),
  };
}
