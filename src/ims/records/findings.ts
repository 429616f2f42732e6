// Results of the clinical rules: findings of the screening, and violations of process rules. Derived in
// safety/ and written to FHIR with the record, never stored in it.

/** `absolute`: no needling; `relative` and `ask`: a clinician has to decide. */
export type FindingClass = 'absolute' | 'relative' | 'ask';
/** `session`: the whole session; `site`: named sites; `current`: electrical stimulation only. */
export type FindingScope = 'session' | 'site' | 'current';

/** One result of a screening item. */
export interface Finding {
  /** Row of the data dictionary: `C01` … */
  readonly item: string;
  /** The member of `screening` it comes from. */
  readonly member: string;
  readonly class: FindingClass;
  readonly scope: FindingScope;
  /** First civil date on which needling is allowed again. */
  readonly earliestDate?: string;
  /** Keys of the sites it applies to. */
  readonly siteKeys?: readonly string[];
  /** Where the rule comes from. */
  readonly source: string;
}

/** A violation of a process rule that a reader of the chart has to see. */
export interface RuleViolation {
  /** `rule-3` … `rule-21`, a code of our own code system. */
  readonly code: ViolationCode;
  /** One sentence for a clinician, without values of the record. */
  readonly message: string;
  /** JSON pointers into the record as read, in which lists are sorted. */
  readonly paths: readonly string[];
  /** Keys of the planned or needled sites it is about; empty if it is about the whole session. */
  readonly siteKeys: readonly string[];
  /** Rows of the screening it is about: `C01` … */
  readonly items: readonly string[];
  /** Where the rule comes from. */
  readonly source: string;
}

/** Codes of the rules whose violations are sent with the record; other rules only warn. */
export type ViolationCode =
  | 'rule-3'
  | 'rule-4'
  | 'rule-5'
  | 'rule-12'
  | 'rule-14'
  | 'rule-16'
  | 'rule-21';

/** The results for one record that are sent with it; at most one violation for each rule. */
export interface Assessed {
  readonly findings: readonly Finding[];
  readonly detected: readonly RuleViolation[];
}

/** The results for a record that is not assessed. */
export const NO_FINDINGS: Assessed = { findings: [], detected: [] };
