// The list of surgeries of a screening: the answers to C07 and C08 that follow from it, and until when
// each surgery excludes a site from needling. Dates are civil days in the clinic's time zone.
import { defined } from '../../defined.ts';
import type { Answer } from '../../ims/codes/general.ts';
import { addDays, addMonths, firstDayOf, lastDayOf, visitDate } from '../../ims/records/dates.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Screening } from '../../ims/schema/screening.ts';

type Surgery = NonNullable<NonNullable<Screening['surgeries']>['surgeries']>[number];
type Relation = NonNullable<NonNullable<Surgery['relations']>[number]['relation']>;

/** How close a surgery is to a site that it excludes for a time. */
export type Proximity = 'direct' | 'adjacent-connected';

// Source: BC clinic IMS page, contraindication list: three months after surgery at the site, six
// weeks where the area is adjacent and connected; it is silent on remote areas.
const END_OF_WAIT: Readonly<Record<Proximity, (date: string) => string>> = {
  direct: (date) => addMonths(date, 3),
  'adjacent-connected': (date) => addDays(date, 42),
};

/** The answers to C07 and C08 that follow from the list of surgeries. */
export interface SurgeryAnswers {
  readonly surgeryDirect: Answer;
  readonly surgeryAdjacent: Answer;
}

/**
 * The answers to C07 and C08 that follow from the surgeries; undefined where the record neither lists
 * surgeries nor answers whether there were any.
 */
export function deriveSurgeryAnswers(record: ImsRecord): SurgeryAnswers | undefined {
  const surgeries = surgeriesBySite(record);
  if (surgeries === undefined) {
    const answer = record.screening?.surgeries?.surgery;
    if (answer === undefined) return undefined;
    // A "yes" without a surgery that counts leaves open where it was.
    const both = answer === 'yes' ? 'unknown' : answer;
    return { surgeryDirect: both, surgeryAdjacent: both };
  }
  const relations = surgeries.map(({ relation }) => relation);
  const isOpen = relations.length === 0 || relations.includes('relation-unknown');
  const answer = (proximity: Proximity) =>
    relations.includes(proximity) ? 'yes' : isOpen ? 'unknown' : 'no';
  return { surgeryDirect: answer('direct'), surgeryAdjacent: answer('adjacent-connected') };
}

/** What a surgery means for needling a site: excluded until a day, or to be decided. */
export interface SurgeryRestriction {
  /** Undefined where the record names no site. */
  readonly siteKey?: string;
  readonly class: 'absolute' | 'ask';
  /** First day on which the site may be needled again. */
  readonly earliestDate?: string;
}

/** The restrictions that listed surgeries of one proximity cause at the visit, at most one per site. */
export function surgeryRestrictions(
  record: ImsRecord,
  proximity: Proximity,
): readonly SurgeryRestriction[] {
  const visitDay = visitDate(record);
  const bySite = new Map<string | undefined, SurgeryRestriction>();
  for (const surgery of surgeriesBySite(record) ?? []) {
    const restriction = restrictionOf(surgery, { proximity, visitDay });
    if (restriction === undefined) continue;
    bySite.set(surgery.siteKey, stricter(restriction, bySite.get(surgery.siteKey)));
  }
  return [...bySite.values()];
}

/** Indexes of listed surgeries that are dated after the visit: they are planned and do not count. */
export function plannedSurgeries(record: ImsRecord): readonly number[] {
  const visitDay = visitDate(record);
  return (record.screening?.surgeries?.surgeries ?? []).flatMap((surgery, index) =>
    isAfter(surgery, visitDay) ? [index] : [],
  );
}

/** One surgery in relation to one site; without `siteKey` the record names no site at all. */
interface SurgeryAtSite {
  readonly date: string | undefined;
  readonly siteKey?: string;
  readonly relation: Relation;
}

/**
 * Pairs each surgery before the visit with each site that it or the session has. A relation that is not
 * stated is unknown, not remote. Undefined where no surgery counts.
 */
function surgeriesBySite(record: ImsRecord): readonly SurgeryAtSite[] | undefined {
  const visitDay = visitDate(record);
  const listed = record.screening?.surgeries?.surgeries ?? [];
  const counted = listed.filter((surgery) => !isAfter(surgery, visitDay));
  if (counted.length === 0) return undefined;
  const sessionSites = record.session?.sites?.map(({ key }) => key) ?? [];
  return counted.flatMap((surgery) => pairWithSites(surgery, sessionSites));
}

function pairWithSites(surgery: Surgery, sessionSites: readonly string[]): SurgeryAtSite[] {
  const date = surgery.date === undefined ? undefined : lastDayOf(surgery.date);
  const stated = new Map(surgery.relations?.map(({ siteKey, relation }) => [siteKey, relation]));
  const siteKeys = [...new Set([...sessionSites, ...stated.keys()])];
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

function restrictionOf(
  { date, siteKey, relation }: SurgeryAtSite,
  { proximity, visitDay }: { proximity: Proximity; visitDay: string | undefined },
): SurgeryRestriction | undefined {
  if (relation !== proximity && relation !== 'relation-unknown') return undefined;
  const site = defined({ siteKey });
  if (relation === 'relation-unknown' || date === undefined || visitDay === undefined) {
    return { ...site, class: 'ask' };
  }
  const earliestDate = END_OF_WAIT[proximity](date);
  return visitDay < earliestDate ? { ...site, class: 'absolute', earliestDate } : undefined;
}

/** The longer of two restrictions of one site; a restriction with a date is stricter than `ask`. */
function stricter(
  restriction: SurgeryRestriction,
  known: SurgeryRestriction | undefined,
): SurgeryRestriction {
  if (known === undefined) return restriction;
  return (restriction.earliestDate ?? '') >= (known.earliestDate ?? '') ? restriction : known;
}
