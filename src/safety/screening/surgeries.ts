// C07 and C08 read off the list of operations: what the list answers, and how long each keeps
// needling off a site. All reckoning is by civil days in the clinic's zone.
import type { Answer } from '../../ims/codes/general.ts';
import { addDays, addMonths, firstDayOf, lastDayOf, visitDate } from '../../ims/records/dates.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Screening } from '../../ims/schema/screening.ts';

type Surgery = NonNullable<NonNullable<Screening['surgeries']>['surgeries']>[number];
type Relation = NonNullable<NonNullable<Surgery['relations']>[number]['relation']>;

/** How near to a site an operation was that keeps needling off it. */
export type Nearness = 'direct' | 'adjacent-connected';

// Source: BC clinic IMS page, contraindication list: three months after surgery at the site, six
// weeks where the area is adjacent and connected; it is silent on remote areas.
const WAIT: Readonly<Record<Nearness, (date: string) => string>> = {
  direct: (date) => addMonths(date, 3),
  'adjacent-connected': (date) => addDays(date, 42),
};

/** What the list of operations answers to C07 and C08. */
export interface SurgeryAnswers {
  readonly surgeryDirect: Answer;
  readonly surgeryAdjacent: Answer;
}

/**
 * C07 and C08 as the operations answer them; undefined where the record neither lists operations
 * nor answers whether there were any.
 */
export function deriveSurgeryAnswers(record: ImsRecord): SurgeryAnswers | undefined {
  const pairs = countedPairs(record);
  if (pairs === undefined) {
    const answer = record.screening?.surgeries?.surgery;
    if (answer === undefined) return undefined;
    // "Yes" without one operation to look at leaves open where it was.
    const both = answer === 'yes' ? 'unknown' : answer;
    return { surgeryDirect: both, surgeryAdjacent: both };
  }
  const relations = pairs.map(({ relation }) => relation);
  const isOpen = relations.length === 0 || relations.includes('relation-unknown');
  const answer = (nearness: Nearness) =>
    relations.includes(nearness) ? 'yes' : isOpen ? 'unknown' : 'no';
  return { surgeryDirect: answer('direct'), surgeryAdjacent: answer('adjacent-connected') };
}

/** What keeps needling off a site, or asks for a decision; without `siteKey` none is named. */
export interface Bar {
  readonly siteKey?: string;
  readonly class: 'absolute' | 'ask';
  /** First day on which the site may be needled again. */
  readonly earliestDate?: string;
}

/** The bars that the listed operations of one nearness put up at the visit, one a site. */
export function barsOf(record: ImsRecord, nearness: Nearness): readonly Bar[] {
  const visitDay = visitDate(record);
  const bySite = new Map<string | undefined, Bar>();
  for (const pair of countedPairs(record) ?? []) {
    const bar = barOf(pair, { nearness, visitDay });
    if (bar !== undefined) bySite.set(pair.siteKey, stricter(bar, bySite.get(pair.siteKey)));
  }
  return [...bySite.values()];
}

/** Positions of listed operations that lie wholly after the visit: plans, which do not count. */
export function plannedSurgeries(record: ImsRecord): readonly number[] {
  const visitDay = visitDate(record);
  return (record.screening?.surgeries?.surgeries ?? []).flatMap((surgery, index) =>
    isAfter(surgery, visitDay) ? [index] : [],
  );
}

/** One operation against one site; without `siteKey` it stands against none in particular. */
interface Pair {
  readonly date: string | undefined;
  readonly siteKey?: string;
  readonly relation: Relation;
}

/**
 * Every operation before the visit against every site it names and every site of the session: a
 * relation that nobody stated is unknown, not remote. Undefined where no operation counts.
 */
function countedPairs(record: ImsRecord): readonly Pair[] | undefined {
  const visitDay = visitDate(record);
  const listed = record.screening?.surgeries?.surgeries ?? [];
  const counted = listed.filter((surgery) => !isAfter(surgery, visitDay));
  if (counted.length === 0) return undefined;
  const sites = record.session?.sites?.map(({ key }) => key) ?? [];
  return counted.flatMap((surgery) => pairsOf(surgery, sites));
}

function pairsOf(surgery: Surgery, sites: readonly string[]): Pair[] {
  const date = surgery.date === undefined ? undefined : lastDayOf(surgery.date);
  const stated = new Map(surgery.relations?.map(({ siteKey, relation }) => [siteKey, relation]));
  const siteKeys = [...new Set([...sites, ...stated.keys()])];
  if (siteKeys.length === 0) return [{ date, relation: 'relation-unknown' }];
  return siteKeys.map((siteKey) => ({
    date,
    siteKey,
    relation: stated.get(siteKey) ?? 'relation-unknown',
  }));
}

function isAfter({ date }: Surgery, visitDay: string | undefined): boolean {
  const earliest = date === undefined ? undefined : firstDayOf(date);
  return earliest !== undefined && visitDay !== undefined && earliest > visitDay;
}

function barOf(
  { date, siteKey, relation }: Pair,
  { nearness, visitDay }: { nearness: Nearness; visitDay: string | undefined },
): Bar | undefined {
  if (relation !== nearness && relation !== 'relation-unknown') return undefined;
  const site = siteKey === undefined ? {} : { siteKey };
  if (relation === 'relation-unknown' || date === undefined || visitDay === undefined) {
    return { ...site, class: 'ask' };
  }
  const earliestDate = WAIT[nearness](date);
  return visitDay < earliestDate ? { ...site, class: 'absolute', earliestDate } : undefined;
}

/** Of two bars at one site the one that holds longer; a bar with a day outweighs a question. */
function stricter(one: Bar, other: Bar | undefined): Bar {
  if (other === undefined) return one;
  return (one.earliestDate ?? '') >= (other.earliestDate ?? '') ? one : other;
}
