// The process rules over one record. Clinical rules warn here or find in evaluate.ts; what is wrong
// in form was refused when the record was read.
import type { Issue, Severity } from '../errors.ts';
import { pointer } from '../ims/pointer.ts';
import type { ImsRecord } from '../ims/record.ts';
import type { Breach, ProcessRule } from './process-rule.ts';
import { consentFirst } from './rules/consent.ts';
import { pregnancyAgrees, surgeryAnswersAgree, surgeryIsPast } from './rules/contradiction.ts';
import { siteHasSide, targetIsMuscle } from './rules/needled-site.ts';
import { notApplicableHasReason } from './rules/not-applicable.ts';
import { painHasPeriod } from './rules/pain-period.ts';

const rules: readonly ProcessRule[] = [
  consentFirst,
  targetIsMuscle,
  painHasPeriod,
  siteHasSide,
  notApplicableHasReason,
  surgeryAnswersAgree,
  surgeryIsPast,
  pregnancyAgrees,
];

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
