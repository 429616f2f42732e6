// Layer 4: what a record's answers mean for the needling. Pure; a finding tells, it never refuses.
// Knows nothing of FHIR and nothing of what the server already holds.
import type { Finding } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { DEFAULT_POLICY, type Policy } from '../policy.ts';
import { autoimmune } from './autoimmune.ts';
import { anticoagulation, bleeding } from './bleeding.ts';
import { boneLoss } from './bone-loss.ts';
import { cancer } from './cancer.ts';
import { child } from './child.ts';
import { epilepsy } from './epilepsy.ts';
import { heartValve } from './heart-valve.ts';
import { immunity } from './immunity.ts';
import { infection } from './infection.ts';
import type { Rule } from './item-rule.ts';
import { lymphoedema } from './lymphoedema.ts';
import { needleFear } from './needle-fear.ts';
import { plainItems } from './plain-items.ts';
import { pregnancy } from './pregnancy.ts';
import { currentPath, highRiskAnatomy } from './site-items.ts';
import { surgeryAdjacent, surgeryDirect } from './surgery.ts';
import { understanding } from './understanding.ts';

/** C01 to C08: the contraindication list of the BC clinic's IMS page. */
export const s4Rules: readonly Rule[] = [
  cancer,
  needleFear,
  understanding,
  pregnancy,
  autoimmune,
  boneLoss,
  surgeryDirect,
  surgeryAdjacent,
];

/** Every row that may find something, in the order of the data dictionary. */
export const screeningRules: readonly Rule[] = [
  ...s4Rules,
  ...plainItems,
  lymphoedema,
  infection,
  bleeding,
  anticoagulation,
  immunity,
  epilepsy,
  child,
  heartValve,
  highRiskAnatomy,
  currentPath,
].sort((a, b) => (a.item < b.item ? -1 : 1));

/**
 * The findings of a record's screening, in the order of the data dictionary. An answer that finds
 * nothing has none; of several at one site or scope the strictest of its row stands.
 */
export function evaluate(record: ImsRecord, policy: Policy = DEFAULT_POLICY): readonly Finding[] {
  return screeningRules.flatMap((rule) => rule.evaluate(record, policy));
}

/**
 * C09: true when all of C01 to C08 are answered yes, no or not applicable and none gives a finding.
 * That list has no bleeding, infection or implants in it: clear never means safe.
 */
export function isS4ListClear(record: ImsRecord, policy: Policy = DEFAULT_POLICY): boolean {
  return s4Rules.every((rule) => {
    const answer = rule.answer(record, policy);
    const isAnswered = answer === 'yes' || answer === 'no' || answer === 'not-applicable';
    return isAnswered && rule.evaluate(record, policy).length === 0;
  });
}
