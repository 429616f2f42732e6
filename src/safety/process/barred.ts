// Findings and decisions against what was planned or done. What has happened is told, never refused.
import type { Finding } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { type Decided, decisionOn, decisionsOf, isAbout } from '../screening/decisions.ts';
import { liveSession, performedSession, sitesOfCurrent } from '../session-state.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

/** Rule 5: a site planned or needled before its earliest date after an operation. */
export const surgeryIsWaited: ProcessRule = {
  code: 'rule-5',
  trigger: 'a site is planned or was needled before its earliest date after an operation',
  source: 'BC clinic IMS page, contraindication list (three months, six weeks)',
  finding: 'A site is planned or was needled before the waiting time after an operation is over.',
  check: (record, { findings }) => {
    const sites = liveSession(record)?.sites ?? [];
    const early = findings.filter(({ earliestDate }) => earliestDate !== undefined);
    return sites.flatMap(({ key }, index) => {
      if (!early.some(({ siteKeys = [] }) => siteKeys.includes(key))) return [];
      const message = 'is needled before it may be after an operation';
      return [{ path: ['session', 'sites', index], message }];
    });
  },
};

/** Rule 16: needled against a decision, or against what bars the whole session. */
export const decisionIsKept: ProcessRule = {
  code: 'rule-16',
  trigger: 'a site was needled against a decision, or a session performed against what bars it',
  source: 'BC clinic IMS page, contraindication list; what counts as against it is our reading',
  finding:
    'Needling was done although a decision or an absolute contraindication stood against it.',
  check: (record, { findings }) => {
    if (performedSession(record) === undefined) return [];
    const against = decisionsOf(record, findings).filter(
      ({ decision }) => decision === 'exclude' || decision === 'defer',
    );
    return [...needledAgainst(record, against), ...barredSessions(record, findings)];
  },
};

function needledAgainst(record: ImsRecord, against: readonly Decided[]): Violation[] {
  const { session } = record;
  const reached = (session && sitesOfCurrent(session)) ?? new Set();
  return (session?.sites ?? []).flatMap((site, index) => {
    const isAgainst = against.some(
      (one) => isAbout(one, site) && (!one.isOfCurrent || reached.has(site.key)),
    );
    const message = 'was needled though a decision excludes or defers it';
    return isAgainst ? [{ path: ['session', 'sites', index], message }] : [];
  });
}

/** Items that bar the session, unless a decision overrides them with its reason. */
function barredSessions(record: ImsRecord, findings: readonly Finding[]): Violation[] {
  return findings.flatMap((finding) => {
    if (!isBarring(finding) || isOverridden(record, finding)) return [];
    const message = 'bars the session that was performed';
    return [{ path: ['screening', finding.member], message }];
  });
}

function isBarring({ class: strength, scope }: Finding): boolean {
  return strength === 'absolute' && scope === 'session';
}

function isOverridden(record: ImsRecord, { member }: Finding): boolean {
  const { decision, isReasoned = false } = decisionOn(record, member) ?? {};
  return isReasoned && (decision === 'proceed' || decision === 'modify');
}
