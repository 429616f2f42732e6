// Evaluates the screening of a record: turns its answers into findings (contraindications, precautions
// and open questions). Pure: depends on the record and the policy alone.
import type { Finding } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { DEFAULT_POLICY, type Policy } from '../policy.ts';
import { derivedItems } from './derived-items.ts';
import { detailItems } from './detail-items.ts';
import { fixedClassItems } from './fixed-class-items.ts';
import type { ScreeningRule } from './item-rule.ts';
import { surgeryItems } from './surgery-items.ts';

/** The rules of all screening items, in the order of the data dictionary. */
export const screeningRules: readonly ScreeningRule[] = [
  ...detailItems,
  ...surgeryItems,
  ...fixedClassItems,
  ...derivedItems,
].sort((a, b) => (a.item < b.item ? -1 : 1));

/** C01 to C08: the contraindication list of the BC clinic's IMS page. */
export const clinicListRules: readonly ScreeningRule[] = screeningRules.filter(
  ({ item }) => item <= 'C08',
);

/**
 * The findings of a record's screening, in the order of the data dictionary. Several findings of one
 * item differ in scope or sites: at one site or scope only the strictest counts.
 */
export function evaluate(record: ImsRecord, policy: Policy = DEFAULT_POLICY): readonly Finding[] {
  return screeningRules.flatMap((rule) => rule.evaluate(record, policy));
}
