// Types of the results of the clinical rules: findings of the screening, and violations of process rules.
// safety/ derives them from a record. They are written to FHIR with the record and never stored in it.

/** `absolute`: no needling; `relative` and `ask`: a clinician has to decide. */
export type FindingClass = 'absolute' | 'relative' | 'ask';
/** `session`: the whole session; `site`: named sites; `current`: electrical stimulation only. */
export type FindingScope = 'session' | 'site' | 'current';

/** What one screening item means for the needling. */
export interface Finding {
  /** Row of the data dictionary: `C01` … */
  readonly item: string;
  /** Name of the member of `screening` that it is derived from. */
  readonly member: string;
  readonly class: FindingClass;
  readonly scope: FindingScope;
  /** First civil date on which needling is allowed again. */
  readonly earliestDate?: string;
  /** Keys of the sites, for the scope `site`. */
  readonly siteKeys?: readonly string[];
  /** The publication or decision that the rule is based on. */
  readonly source: string;
}

/** A violation of a process rule that is shown on the chart. */
export interface RuleViolation {
  /** A code of this project's code system. */
  readonly code: ViolationCode;
  /** One sentence for a clinician, without values of the record. */
  readonly message: string;
  /** JSON pointers into the record as read, in which lists are sorted. */
  readonly paths: readonly string[];
  /** Keys of the planned or needled sites concerned; empty for the whole session. */
  readonly siteKeys: readonly string[];
  /** Rows of the data dictionary concerned: `C01` … */
  readonly items: readonly string[];
  /** The publication or decision that the rule is based on. */
  readonly source: string;
}

/** Codes of the rules whose violations are written to FHIR; violations of other rules are warnings. */
export type ViolationCode =
  | 'rule-3'
  | 'rule-4'
  | 'rule-5'
  | 'rule-12'
  | 'rule-14'
  | 'rule-16'
  | 'rule-21';

/** The results for one record that are written to FHIR; at most one violation per rule. */
export interface RuleResults {
  readonly findings: readonly Finding[];
  readonly violations: readonly RuleViolation[];
}

/** Used where the clinical rules are not evaluated. */
export const NO_RULE_RESULTS: RuleResults = { findings: [], violations: [] };
