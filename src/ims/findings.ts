// The shape of a finding: what a screening answer means for the needling. Derived in safety/,
// travels with the record to FHIR, never stored in the record.

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
