// C07 and C08: a surgery excludes a site from needling until its earliest date, never the whole session.
// Both answers are derived from the list of surgeries; without the list, a "yes" needs a decision.
import { defined } from '../../defined.ts';
import type { Answer } from '../../ims/codes/general.ts';
import type { Finding } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { isUnsure, type ScreeningRule } from './item-rule.ts';
import {
  deriveSurgeryAnswers,
  type Proximity,
  type SurgeryRestriction,
  surgeryRestrictions,
} from './surgery-list.ts';

interface SurgeryItem {
  readonly item: string;
  readonly member: 'surgeryDirect' | 'surgeryAdjacent';
  readonly proximity: Proximity;
  readonly source: string;
}

/** The rules of C07 and C08. */
export const surgeryItems: readonly ScreeningRule[] = [
  surgeryRule({
    item: 'C07',
    member: 'surgeryDirect',
    proximity: 'direct',
    source: 'BC clinic IMS page, contraindication list (three months)',
  }),
  surgeryRule({
    item: 'C08',
    member: 'surgeryAdjacent',
    proximity: 'adjacent-connected',
    source: 'BC clinic IMS page, contraindication list (six weeks)',
  }),
];

function surgeryRule({ item, member, proximity, source }: SurgeryItem): ScreeningRule {
  return {
    item,
    member,
    isSiteOnly: true,
    answer: (record) => answerOf(record, member),
    evaluate: (record) => {
      const listed = surgeryRestrictions(record, proximity);
      const needsDecision = listed.length === 0 && isOpen(record, member);
      const restrictions = needsDecision ? openRestrictions(record, member) : listed;
      return joinByDate(restrictions).map((joined) => ({
        item,
        member,
        ...joined,
        scope: 'site',
        source,
      }));
    },
  };
}

/**
 * The answer that follows from the list. The stated answer applies where the list gives none, and where a
 * stated "yes" contradicts the list.
 */
function answerOf(record: ImsRecord, member: SurgeryItem['member']): Answer | undefined {
  const derived = deriveSurgeryAnswers(record)?.[member];
  const stated = record.screening?.[member]?.answer;
  if (derived === undefined || derived === 'not-asked') return stated ?? derived;
  return contradicts(stated, derived) && stated === 'yes' ? stated : derived;
}

/** True where one answer is "yes" and the other "no" or "not applicable". */
export function contradicts(stated: Answer | undefined, derived: Answer | undefined): boolean {
  const isNone = (answer: Answer | undefined) => answer === 'no' || answer === 'not-applicable';
  return (stated === 'yes' && isNone(derived)) || (derived === 'yes' && isNone(stated));
}

/** True where a surgery is stated or possible, but the list has no surgery for this item. */
function isOpen(record: ImsRecord, member: SurgeryItem['member']): boolean {
  const answer = answerOf(record, member);
  const isListed = deriveSurgeryAnswers(record)?.[member] === 'yes';
  return isUnsure(answer) || (answer === 'yes' && !isListed);
}

function openRestrictions(
  { screening }: ImsRecord,
  member: SurgeryItem['member'],
): readonly SurgeryRestriction[] {
  const siteKeys = screening?.[member]?.appliesTo ?? [undefined];
  return siteKeys.map((siteKey) => ({ ...defined({ siteKey }), class: 'ask' }));
}

type JoinedRestriction = Pick<Finding, 'class' | 'earliestDate' | 'siteKeys'>;

/** Joins restrictions that end on the same day into one with sorted sites; the latest day first. */
function joinByDate(restrictions: readonly SurgeryRestriction[]): JoinedRestriction[] {
  const byDate = new Map<string, SurgeryRestriction[]>();
  for (const restriction of restrictions) {
    const { earliestDate = '', siteKey } = restriction;
    const key = `${earliestDate} ${siteKey === undefined ? 'unnamed' : ''}`;
    byDate.set(key, [...(byDate.get(key) ?? []), restriction]);
  }
  return [...byDate].sort(([a], [b]) => (a < b ? 1 : -1)).flatMap(([, group]) => join(group));
}

function join(restrictions: readonly SurgeryRestriction[]): JoinedRestriction[] {
  const [first] = restrictions;
  if (first === undefined) return [];
  const siteKeys = restrictions.flatMap(({ siteKey }) => siteKey ?? []).sort();
  const { siteKey: _, ...rest } = first;
  return [{ ...rest, ...defined({ siteKeys: siteKeys.length === 0 ? undefined : siteKeys }) }];
}
