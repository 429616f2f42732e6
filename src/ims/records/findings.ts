// The shapes of what a record is judged to mean: findings of the screening, and breaches of the rules
// that travel. Derived in safety/, written to FHIR beside the record, never stored in it.

/** `absolute` bars, `relative` and `ask` need a clinician's decision. */
export type FindingClass = 'absolute' | 'relative' | 'ask';
/** `session` the whole session; `site` the sites named; `current` electrical stimulation only. */
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
  /** Keys of the sites it bars. */
  readonly siteKeys?: readonly string[];
  /** Where the rule comes from. */
  readonly source: string;
}

/** A rule that the record does not keep and whose breach a reader of the chart must see. */
export interface RuleViolation {
  /** `rule-3` … `rule-21`, a code of our own code system. */
  readonly code: ViolationCode;
  /** What was found, as a clinician reads it: one sentence without a value of the record. */
  readonly message: string;
  /** JSON pointers into the record as read, where lists stand sorted. */
  readonly paths: readonly string[];
  /** Keys of the planned or needled sites it is about; none where it is about the whole session. */
  readonly siteKeys: readonly string[];
  /** Rows of the screening it is about: `C01` … */
  readonly items: readonly string[];
  /** Where the rule comes from. */
  readonly source: string;
}

/** Codes of the rules whose breach travels with the record; the others only warn. */
export type ViolationCode =
  | 'rule-3'
  | 'rule-4'
  | 'rule-5'
  | 'rule-12'
  | 'rule-14'
  | 'rule-16'
  | 'rule-21';

/** What one assessment of a record comes to, as far as it travels; at most one item a rule. */
export interface Assessed {
  readonly findings: readonly Finding[];
  readonly detected: readonly RuleViolation[];
}

/** The assessment of a record that nobody assessed: nothing found. */
export const NOTHING_FOUND: Assessed = { findings: [], detected: [] };
