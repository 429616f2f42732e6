// Rules on how a visit was carried out and charted. They warn and never refuse: what has happened
// may always be recorded.
import type { Finding, ViolationCode } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Policy } from '../policy.ts';

/** One place where a rule is not kept. */
export interface Violation {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** True where the chart merely does not say; an old chart that was migrated cannot say more. */
  readonly isMissing?: boolean;
}

/** What a rule may look at beside the record. */
export interface Known {
  /** What the record's screening finds. */
  readonly findings: readonly Finding[];
  readonly policy: Policy;
}

interface Rule {
  /** What it tells of, as the end of a sentence that begins with "told when". */
  readonly trigger: string;
  /** Where the rule comes from. */
  readonly source: string;
  readonly check: (record: ImsRecord, known: Known) => readonly Violation[];
}

/** A rule whose breach is told and no more; `code` stays the same for ever. */
interface WarningRule extends Rule {
  readonly code: string;
  readonly finding?: never;
}

/** A rule whose breach travels with the record as well. */
export interface FindingRule extends Rule {
  readonly code: ViolationCode;
  /** What was found, as a clinician reads it: one sentence without a value of the record. */
  readonly finding: string;
}

/** One rule. */
export type ProcessRule = WarningRule | FindingRule;
