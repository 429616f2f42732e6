// What a clinician decided on each screening item and operation, and which sites it is about.

import type { Finding } from '../../ims/records/findings.ts';
import type { ValueOf } from '../../ims/schema/members.ts';
import type { site } from '../../ims/schema/parts.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Screening } from '../../ims/schema/screening.ts';
import type { NeedledSite } from '../session-state.ts';
import { screeningRules } from './evaluate.ts';
import type { Rule } from './item-rule.ts';

type Place = ValueOf<ReturnType<typeof site>>;
type Surgery = NonNullable<NonNullable<Screening['surgeries']>['surgeries']>[number];
export type Decision = NonNullable<Surgery['decision']>;

/** One decision; without `siteKeys` and `places` it is about the whole session. */
export interface Decided {
  readonly decision: Decision;
  readonly isReasoned: boolean;
  readonly path: readonly (string | number)[];
  /** True where it may be about electrical stimulation alone. */
  readonly isOfCurrent: boolean;
  readonly siteKeys?: readonly string[];
  readonly places?: readonly Place[];
}

interface Item {
  readonly decision?: Decision;
  readonly rationale?: string;
  readonly asWritten?: Readonly<Record<string, string>>;
  readonly appliesTo?: readonly string[];
  readonly sites?: readonly Place[];
}

/** Every decision of a record's screening. */
export function decisionsOf(record: ImsRecord, findings: readonly Finding[]): readonly Decided[] {
  const items = screeningRules.flatMap((rule) => {
    const decided = decisionOn(record, rule.member);
    return decided === undefined ? [] : [withSites(rule, decided, findings)];
  });
  return [...items, ...surgeryDecisions(record)];
}

/** The decision on one item; undefined where none was made. */
export function decisionOn({ screening }: ImsRecord, member: string) {
  const item = screening?.[member as keyof Screening] as Item | undefined;
  if (item?.decision === undefined) return undefined;
  const isReasoned = (item.rationale ?? item.asWritten?.rationale) !== undefined;
  return { item, decision: item.decision, isReasoned, path: ['screening', member, 'decision'] };
}

function withSites(
  rule: Rule,
  { item, ...decided }: NonNullable<ReturnType<typeof decisionOn>>,
  findings: readonly Finding[],
): Decided {
  const own = findings.filter((finding) => finding.item === rule.item);
  const isWhole = own.length === 0 ? !rule.isOfSites : own.some(({ scope }) => scope === 'session');
  const { appliesTo, sites } = item;
  const where = appliesTo === undefined ? { places: sites ?? [] } : { siteKeys: appliesTo };
  return { ...decided, isOfCurrent: rule.item >= 'C60', ...(isWhole ? {} : where) };
}

/** Decisions on listed operations, about the sites they are near to. */
export function surgeryDecisions({ screening }: ImsRecord): readonly Decided[] {
  return (screening?.surgeries?.surgeries ?? []).flatMap((surgery, index) => {
    const { decision, relations = [], text } = surgery;
    if (decision === undefined) return [];
    const near = relations.filter(({ relation }) => relation !== 'remote');
    const path = ['screening', 'surgeries', 'surgeries', index, 'decision'];
    const siteKeys = near.map(({ siteKey }) => siteKey);
    return [{ decision, isReasoned: text !== undefined, isOfCurrent: false, path, siteKeys }];
  });
}

/** True where a decision is about a site; the whole session is about each. */
export function isAbout({ siteKeys, places }: Decided, site: NeedledSite): boolean {
  if (siteKeys !== undefined) return siteKeys.includes(site.key);
  return places === undefined || places.some((place) => isSamePlace(place, site));
}

/** True where two places are one muscle or region and no side says otherwise. */
export function isSamePlace(one: Place, other: Place): boolean {
  const name = one.muscle ?? one.region;
  if (name === undefined || name === 'other' || name !== (other.muscle ?? other.region))
    return false;
  return one.side === undefined || other.side === undefined || one.side === other.side;
}
