// Rule 12: before a planned session, the contraindication list is answered and every finding has a
// decision.
import type { Finding } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Session } from '../../ims/schema/session.ts';
import { itemDecision, surgeryDecisions } from '../screening/decisions.ts';
import { clinicListRules } from '../screening/evaluate.ts';
import { isScreenedElsewhere, plannedSession, sitesWithCurrent } from '../session-state.ts';
import type { EvaluationContext, ProcessRule, Violation } from './process-rule.ts';

/** Rule 12. */
export const planIsDecided: ProcessRule = {
  code: 'rule-12',
  trigger:
    'a session is planned while an item of C01 to C08 is unanswered or a finding has no decision',
  source:
    'BC clinic IMS page: whoever is unsure asks first; which decision it takes is our reading',
  findingText: 'A session is planned while a screening item is unanswered or has no decision.',
  check: (record, context) => {
    const session = plannedSession(record);
    if (session === undefined) return [];
    const open = context.findings.filter((finding) => needsDecision(record, session, finding));
    const paths = new Set(open.map((finding) => pathOf(finding).join('/')));
    const message = 'requires a decision with its reason before the planned session';
    return [
      ...[...paths].map((path) => ({ path: path.split('/'), message })),
      ...unansweredItems(record, context),
    ];
  },
};

/**
 * True for an undecided finding that concerns the planned session: not for sites that are not planned,
 * nor for current where none is planned. C35, a child, is the concern of rule 19.
 */
function needsDecision(record: ImsRecord, session: Session, finding: Finding): boolean {
  const { item, scope, siteKeys } = finding;
  if (item === 'C35') return false;
  const planned = session.sites?.map(({ key }) => key) ?? [];
  if (scope === 'site' && siteKeys?.every((key) => !planned.includes(key))) return false;
  if (scope === 'current') {
    const withCurrent = sitesWithCurrent(session);
    if (withCurrent === undefined || siteKeys?.every((key) => !withCurrent.has(key))) return false;
  }
  return !isDecided(record, finding);
}

/** Only a decision to go on with needling requires a reason. */
function isDecided(record: ImsRecord, finding: Finding): boolean {
  const { item, member, siteKeys = [] } = finding;
  if (isSiteItem(finding)) return hasMeasures(record, member, siteKeys);
  const ofSurgeries = item === 'C07' || item === 'C08' ? surgeryDecisions(record) : [];
  const ofItem = itemDecision(record, member);
  const decisions = [
    ...(ofItem === undefined ? [] : [ofItem]),
    ...ofSurgeries.filter((surgery) => siteKeys.every((key) => surgery.siteKeys?.includes(key))),
  ];
  return decisions.some(
    ({ decision, hasReason }) => hasReason || decision === 'exclude' || decision === 'defer',
  );
}

/** C46 and C63 are charted at the site, not in the screening. */
function isSiteItem({ item }: Finding): boolean {
  return item === 'C46' || item === 'C63';
}

/** The decision on a site item is the measure taken at each of its sites, or words about it. */
function hasMeasures({ session }: ImsRecord, member: string, siteKeys: readonly string[]): boolean {
  const name = member as 'highRiskAnatomy' | 'currentPath';
  const sites = session?.sites?.filter(({ key }) => siteKeys.includes(key)) ?? [];
  return sites.every(({ [name]: item }) => {
    const measure = item !== undefined && 'measure' in item ? item.measure : undefined;
    return (measure ?? item?.text) !== undefined;
  });
}

function pathOf(finding: Finding): string[] {
  return isSiteItem(finding) ? ['session', 'sites'] : ['screening', finding.member];
}

/** Items C01 to C08 without an answer, unless they may be answered in another record. */
function unansweredItems(record: ImsRecord, { policy }: EvaluationContext): Violation[] {
  return clinicListRules.flatMap((rule) => {
    const answer = rule.answer(record, policy);
    if (answer !== undefined && answer !== 'not-asked') return [];
    if (isScreenedElsewhere(record, rule.item)) return [];
    const message = 'must be answered before the planned session';
    return [{ path: ['screening', rule.member], message, isMissing: true }];
  });
}
