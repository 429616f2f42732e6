// The process rules over one record. Clinical rules warn here or find in evaluate.ts; what is wrong
// in form was refused when the record was read.
import type { Issue, Severity } from '../errors.ts';
import { pointer } from '../ims/pointer.ts';
import type { ImsRecord } from '../ims/record.ts';
import type { Breach, ProcessRule } from './process-rule.ts';
import { adverseEventAgrees } from './rules/adverse-event.ts';
import { decisionIsKept, surgeryIsWaited } from './rules/barred.ts';
import { childConsents } from './rules/child-consent.ts';
import {
  damageAgrees,
  depthIsReachable,
  nothingInjected,
  redFlagAsks,
  temperatureAgrees,
} from './rules/coherence.ts';
import { consentFirst } from './rules/consent.ts';
import {
  pregnancyAgrees,
  signsAgree,
  surgeryAnswersAgree,
  surgeryIsPast,
} from './rules/contradiction.ts';
import { insertionsAddUp, needlesAccounted, needlesOpened } from './rules/counts.ts';
import { currentIsAllowed, currentIsScreened } from './rules/current.ts';
import { bcHealthNumber } from './rules/health-number.ts';
import { siteHasSide, targetIsMuscle } from './rules/needled-site.ts';
import { notApplicableHasReason } from './rules/not-applicable.ts';
import { painHasPeriod } from './rules/pain-period.ts';
import { planIsDecided } from './rules/planned.ts';
import { refusalIsKept } from './rules/refusal.ts';
import { factsAreOfChart } from './rules/screening-basis.ts';
import { suitabilityFollows } from './rules/suitability.ts';
import { pneumothoraxIsWarned } from './rules/thorax.ts';

const rules: readonly ProcessRule[] = [
  consentFirst,
  needlesAccounted,
  insertionsAddUp,
  currentIsAllowed,
  currentIsScreened,
  surgeryIsWaited,
  pneumothoraxIsWarned,
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

/** Codes of the rules whose breach travels with the record as a finding; the others only warn. */
export const FINDING_RULES: ReadonlySet<string> = new Set(
  rules.filter(({ isFinding }) => isFinding === true).map(({ code }) => code),
);

/**
 * Every process rule a record does not keep. Pointers are into the record as read, where lists stand
 * sorted. Nothing is told of a record that was entered in error.
 */
export function processIssues(record: ImsRecord): Issue[] {
  if (record.status === 'entered-in-error') return [];
  return rules.flatMap(({ code, source, check }) =>
    check(record).map((breach) => ({
      severity: severityOf(breach, record),
      code,
      path: pointer(breach.path),
      message: breach.message,
      source,
    })),
  );
}

/** What an old chart merely does not say is told, and no more. */
function severityOf({ isMissing }: Breach, { origin }: ImsRecord): Severity {
  return isMissing === true && origin.how === 'migrated' ? 'information' : 'warning';
}
