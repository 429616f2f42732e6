// Types of a rule on how a visit was carried out and charted. Rules warn; they never reject, because a
// clinic must be able to record what happened.
import type { Finding, ViolationCode } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Policy } from '../policy.ts';

/** One path in a record at which a rule is violated. */
export interface Violation {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** True where the chart only lacks a statement; a migrated chart cannot be completed. */
  readonly isMissing?: boolean;
}

/** What a rule can use in addition to the record. */
export interface EvaluationContext {
  /** The findings of the record's screening. */
  readonly findings: readonly Finding[];
  readonly policy: Policy;
}

interface Rule {
  /** When the rule warns, as the end of a sentence that begins with "warns when". */
  readonly trigger: string;
  /** Where the rule comes from. */
  readonly source: string;
  readonly check: (record: ImsRecord, context: EvaluationContext) => readonly Violation[];
}

/** A rule whose violation is only reported. Its `code` never changes. */
interface WarningRule extends Rule {
  readonly code: string;
  readonly findingText?: never;
}

/** A rule whose violation is also written to FHIR with the record. */
export interface FindingRule extends Rule {
  readonly code: ViolationCode;
  /** The violation for a clinician to read: one sentence without a value of the record. */
  readonly findingText: string;
}

/** A rule on how a visit was carried out and charted. */
export type ProcessRule = WarningRule | FindingRule;
