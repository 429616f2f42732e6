// C07 and C08: an operation keeps needling off a site until its earliest date, no session as a
// whole. The list of operations answers them; a chart with the two answers alone is asked further.
import type { Answer } from '../../ims/codes/general.ts';
import type { Finding } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { isUnsure, type Rule } from './item-rule.ts';
import { type Bar, barsOf, deriveSurgeryAnswers, type Nearness } from './surgeries.ts';

interface SurgeryRule {
  readonly item: string;
  readonly member: 'surgeryDirect' | 'surgeryAdjacent';
  readonly nearness: Nearness;
  readonly source: string;
}

/** C07: three months after surgery at the site. */
export const surgeryDirect = surgeryRule({
  item: 'C07',
  member: 'surgeryDirect',
  nearness: 'direct',
  source: 'BC clinic IMS page, contraindication list (three months)',
});

/** C08: six weeks after surgery in an adjacent area that connects. */
export const surgeryAdjacent = surgeryRule({
  item: 'C08',
  member: 'surgeryAdjacent',
  nearness: 'adjacent-connected',
  source: 'BC clinic IMS page, contraindication list (six weeks)',
});

function surgeryRule(rule: SurgeryRule): Rule {
  const { item, member, nearness, source } = rule;
  return {
    item,
    member,
    isOfSites: true,
    answer: (record) => answerOf(record, member),
    evaluate: (record) => {
      const bars = barsOf(record, nearness);
      const all = bars.length === 0 && isOpen(record, member) ? openBars(record, member) : bars;
      return joined(all).map((bar) => ({ item, member, ...bar, scope: 'site', source }));
    },
  };
}

/** The list's answer; the stated one where the list gives none, or where it only says "yes". */
function answerOf(record: ImsRecord, member: SurgeryRule['member']): Answer | undefined {
  const derived = deriveSurgeryAnswers(record)?.[member];
  const stated = record.screening?.[member]?.answer;
  if (derived === undefined || derived === 'not-asked') return stated ?? derived;
  return contradicts(stated, derived) && stated === 'yes' ? stated : derived;
}

/** True where one says yes and the other that there was none. */
export function contradicts(stated: Answer | undefined, derived: Answer | undefined): boolean {
  const isNone = (answer: Answer | undefined) => answer === 'no' || answer === 'not-applicable';
  return (stated === 'yes' && isNone(derived)) || (derived === 'yes' && isNone(stated));
}

/** True where an operation is stated or not ruled out, and no listed one says how near and when. */
function isOpen(record: ImsRecord, member: SurgeryRule['member']): boolean {
  const answer = answerOf(record, member);
  const isListed = deriveSurgeryAnswers(record)?.[member] === 'yes';
  return isUnsure(answer) || (answer === 'yes' && !isListed);
}

function openBars({ screening }: ImsRecord, member: SurgeryRule['member']): readonly Bar[] {
  const siteKeys = screening?.[member]?.appliesTo ?? [undefined];
  return siteKeys.map((siteKey) => ({
    ...(siteKey === undefined ? {} : { siteKey }),
    class: 'ask',
  }));
}

type Joined = Pick<Finding, 'class' | 'earliestDate' | 'siteKeys'>;

/** Bars that end on one day, joined to one, its sites sorted; the longest first. */
function joined(bars: readonly Bar[]): Joined[] {
  const alike = new Map<string, Bar[]>();
  for (const bar of bars) {
    const kind = `${bar.earliestDate ?? ''} ${bar.siteKey === undefined ? 'unnamed' : ''}`;
    alike.set(kind, [...(alike.get(kind) ?? []), bar]);
  }
  return [...alike].sort(([a], [b]) => (a < b ? 1 : -1)).flatMap(([, same]) => join(same));
}

function join(bars: readonly Bar[]): Joined[] {
  const [first] = bars;
  if (first === undefined) return [];
  const siteKeys = bars.flatMap(({ siteKey }) => (siteKey === undefined ? [] : [siteKey])).sort();
  const { siteKey: _, ...bar } = first;
  return [{ ...bar, ...(siteKeys.length === 0 ? {} : { siteKeys }) }];
}
