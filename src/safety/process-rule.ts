// Rules on how a visit was carried out and charted. They warn and never refuse: what has happened
// may always be recorded.
import type { ImsRecord } from '../ims/record.ts';

/** One place where a rule is not kept. */
export interface Breach {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** True where the chart merely does not say; an old chart that was migrated cannot say more. */
  readonly isMissing?: boolean;
}

/** One rule; `code` stays the same for ever, `source` says where it comes from. */
export interface ProcessRule {
  readonly code: string;
  readonly source: string;
  /** True where a breach travels with the record as a finding, not as a warning alone. */
  readonly isFinding?: boolean;
  readonly check: (record: ImsRecord) => readonly Breach[];
}
