// The decisions a clinician made on screening items and surgeries, and the sites they apply to.
import type { Finding } from '../../ims/records/findings.ts';
import type { ValueOf } from '../../ims/schema/members.ts';
import type { site } from '../../ims/schema/parts.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Screening } from '../../ims/schema/screening.ts';
import type { NeedledSite } from '../session-state.ts';
import { screeningRules } from './evaluate.ts';
import type { ScreeningRule } from './item-rule.ts';

/** A muscle or region of the body, with its side. */
type BodySite = ValueOf<ReturnType<typeof site>>;
type Surgery = NonNullable<NonNullable<Screening['surgeries']>['surgeries']>[number];
export type Decision = NonNullable<Surgery['decision']>;

/** One decision; without `siteKeys` and `bodySites` it applies to the whole session. */
export interface ScreeningDecision {
  readonly decision: Decision;
  readonly hasReason: boolean;
  readonly path: readonly (string | number)[];
  /** True where the decision may be about electrical stimulation only. */
  readonly isForCurrent: boolean;
  readonly siteKeys?: readonly string[];
  readonly bodySites?: readonly BodySite[];
}

interface Item {
  readonly decision?: Decision;
  readonly rationale?: string;
  readonly asWritten?: Readonly<Record<string, string>>;
  readonly appliesTo?: readonly string[];
  readonly sites?: readonly BodySite[];
}

/** Every decision of a record's screening. */
export function screeningDecisions(
  record: ImsRecord,
  findings: readonly Finding[],
): readonly ScreeningDecision[] {
  const items = screeningRules.flatMap((rule) => {
    const decision = itemDecision(record, rule.member);
    return decision === undefined ? [] : [withSites(rule, decision, findings)];
  });
  return [...items, ...surgeryDecisions(record)];
}

/** The decision on one item; undefined where none was made. */
export function itemDecision({ screening }: ImsRecord, member: string) {
  const item = screening?.[member as keyof Screening] as Item | undefined;
  if (item?.decision === undefined) return undefined;
  const hasReason = (item.rationale ?? item.asWritten?.rationale) !== undefined;
  return { item, decision: item.decision, hasReason, path: ['screening', member, 'decision'] };
}

function withSites(
  rule: ScreeningRule,
  { item, ...decision }: NonNullable<ReturnType<typeof itemDecision>>,
  findings: readonly Finding[],
): ScreeningDecision {
  const ofItem = findings.filter((finding) => finding.item === rule.item);
  const isForSession =
    ofItem.length === 0 ? !rule.isSiteOnly : ofItem.some(({ scope }) => scope === 'session');
  // The items from C60 on are about electrical stimulation.
  const isForCurrent = rule.item >= 'C60';
  if (isForSession) return { ...decision, isForCurrent };
  const { appliesTo, sites = [] } = item;
  const sitesOfItem = appliesTo === undefined ? { bodySites: sites } : { siteKeys: appliesTo };
  return { ...decision, isForCurrent, ...sitesOfItem };
}

/** Decisions on listed surgeries. Each applies to the sites that are not remote from its surgery. */
export function surgeryDecisions({ screening }: ImsRecord): readonly ScreeningDecision[] {
  return (screening?.surgeries?.surgeries ?? []).flatMap((surgery, index) => {
    const { decision, relations = [], text } = surgery;
    if (decision === undefined) return [];
    const near = relations.filter(({ relation }) => relation !== 'remote');
    const path = ['screening', 'surgeries', 'surgeries', index, 'decision'];
    const siteKeys = near.map(({ siteKey }) => siteKey);
    return [{ decision, hasReason: text !== undefined, isForCurrent: false, path, siteKeys }];
  });
}

/** True where a decision applies to a site; one on the whole session applies to every site. */
export function appliesToSite(
  { siteKeys, bodySites }: ScreeningDecision,
  site: NeedledSite,
): boolean {
  if (siteKeys !== undefined) return siteKeys.includes(site.key);
  return bodySites === undefined || bodySites.some((bodySite) => isSameBodySite(bodySite, site));
}

/** True where both are the same muscle or region and their sides, as far as known, agree. */
export function isSameBodySite(a: BodySite, b: BodySite): boolean {
  const name = a.muscle ?? a.region;
  if (name === undefined || name === 'other' || name !== (b.muscle ?? b.region)) return false;
  return a.side === undefined || b.side === undefined || a.side === b.side;
}
