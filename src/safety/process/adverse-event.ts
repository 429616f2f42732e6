import { civilDate, visitDate } from '../../ims/records/dates.ts';
import type { ImsEvent } from '../../ims/schema/events.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { ProcessRule } from './process-rule.ts';

/** Rule 15: whether an adverse event happened, against the events told within the session. */
export const adverseEventAgrees: ProcessRule = {
  code: 'rule-15',
  trigger: "the session's answer on adverse events disagrees with the events told within it",
  source: 'our reading; an event told later leaves the answer as it was',
  check: (record) => {
    const told = (record.events ?? []).filter((event) => isOfSession(event, record));
    const has = (considered: string) => told.some((event) => event.considered === considered);
    const path = ['session', 'adverseEvent'];
    const answer = record.session?.adverseEvent;
    if (answer === 'no' && has('adverse')) {
      return [{ path, message: 'is "no" beside an event considered adverse' }];
    }
    if (answer !== 'yes' || has('adverse') || has('not-said')) return [];
    return [{ path, message: 'is "yes" without an event considered adverse', isMissing: true }];
  },
};

/** True for what happened, about this session, and not told after it. */
function isOfSession(event: ImsEvent, record: ImsRecord): boolean {
  const { verification, aboutSession = record.recordId, reportedAt } = event;
  if (verification === 'ruled-out' || aboutSession !== record.recordId) return false;
  return reportedAt === undefined || !isAfterSession(reportedAt, record);
}

function isAfterSession(at: string, record: ImsRecord): boolean {
  const endAt = record.session?.endAt ?? record.visit?.endAt;
  if (endAt !== undefined) return Date.parse(at) > Date.parse(endAt);
  const day = visitDate(record);
  if (day === undefined || record.clinic === undefined) return false;
  return civilDate(at, record.clinic.timeZone) > day;
}
