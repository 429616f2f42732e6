import type { Finding } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Session } from '../../ims/schema/session.ts';
import { decisionOn, surgeryDecisions } from '../screening/decisions.ts';
import { s4Rules } from '../screening/evaluate.ts';
import { isScreenedElsewhere, plannedSession, sitesOfCurrent } from '../session-state.ts';
import type { Known, ProcessRule, Violation } from './process-rule.ts';

/** Rule 12: before a planned session each finding is decided on and the list is answered. */
export const planIsDecided: ProcessRule = {
  code: 'rule-12',
  trigger:
    'a session is planned while an item of C01 to C08 is unanswered or a finding is undecided',
  source:
    'BC clinic IMS page: whoever is unsure asks first; which decision it takes is our reading',
  finding: 'A session is planned while the screening leaves an item open or undecided.',
  check: (record, known) => {
    const session = plannedSession(record);
    if (session === undefined) return [];
    const open = known.findings.filter((finding) => isOpen(record, session, finding));
    const members = [...new Set(open.map(pathOf).map((path) => path.join('/')))];
    const message = 'needs a decision with its reason before the session';
    return [
      ...members.map((path) => ({ path: path.split('/'), message })),
      ...unanswered(record, known),
    ];
  },
};

/** A child is told by rule 19 alone; what bars the current asks nothing where none is planned. */
function isOpen(record: ImsRecord, session: Session, finding: Finding): boolean {
  const { item, scope, siteKeys } = finding;
  if (item === 'C35') return false;
  const planned = session.sites?.map(({ key }) => key) ?? [];
  if (scope === 'site' && siteKeys?.every((key) => !planned.includes(key))) return false;
  if (scope === 'current') {
    const reached = sitesOfCurrent(session);
    if (reached === undefined || siteKeys?.every((key) => !reached.has(key))) return false;
  }
  return !isDecided(record, finding);
}

/** To leave needling out needs no reason; to go on needs one. */
function isDecided(record: ImsRecord, finding: Finding): boolean {
  const { item, member, siteKeys = [] } = finding;
  if (item === 'C46' || item === 'C63') return isAnsweredFor(record, member, siteKeys);
  const listed = item === 'C07' || item === 'C08' ? surgeryDecisions(record) : [];
  const own = decisionOn(record, member);
  const counted = [
    ...(own === undefined ? [] : [own]),
    ...listed.filter((one) => siteKeys.every((key) => one.siteKeys?.includes(key))),
  ];
  return counted.some(
    ({ decision, isReasoned }) => isReasoned || decision === 'exclude' || decision === 'defer',
  );
}

/** C46 and C63 stand at the site: what was done about it, or words, are the decision. */
function isAnsweredFor({ session }: ImsRecord, member: string, keys: readonly string[]): boolean {
  const name = member as 'highRiskAnatomy' | 'currentPath';
  const sites = session?.sites?.filter(({ key }) => keys.includes(key)) ?? [];
  return sites.every(({ [name]: item }) => {
    const measure = item !== undefined && 'measure' in item ? item.measure : undefined;
    return (measure ?? item?.text) !== undefined;
  });
}

function pathOf({ item, member }: Finding): string[] {
  return item === 'C46' || item === 'C63' ? ['session', 'sites'] : ['screening', member];
}

/** C01 to C08 without an answer; what another record answers is not to be seen here. */
function unanswered(record: ImsRecord, { policy }: Known): Violation[] {
  return s4Rules.flatMap((rule) => {
    const answer = rule.answer(record, policy);
    if (answer !== undefined && answer !== 'not-asked') return [];
    if (isScreenedElsewhere(record, rule.item)) return [];
    const message = 'is not answered, and a session is planned';
    return [{ path: ['screening', rule.member], message, isMissing: true }];
  });
}
