// Rules on charted values that contradict each other. All values are kept as charted. Findings follow
// the stricter value, and a warning requests a correction of the chart.
import { civilDate, visitDate } from '../../ims/records/dates.ts';
import type { ImsEvent } from '../../ims/schema/events.ts';
import type { NumberValue } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { contradicts } from '../screening/surgery-items.ts';
import { deriveSurgeryAnswers, plannedSurgeries } from '../screening/surgery-list.ts';
import { bounds } from './number-range.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

/** Rule 10: a complaint has either tissue damage or pain without tissue damage. */
export const tissueDamageAgrees: ProcessRule = {
  code: 'rule-10',
  trigger: 'one complaint has both ongoing tissue damage and pain without it',
  source: 'Pleasantview Physio IMS page on both; that they exclude each other is our reading',
  check: ({ episode }) =>
    (episode?.complaints ?? []).flatMap(({ tissueDamage, painWithoutDamage }, index) => {
      if (tissueDamage?.answer !== 'yes' || painWithoutDamage?.answer !== 'yes') return [];
      const path = ['episode', 'complaints', index, 'painWithoutDamage', 'answer'];
      return [{ path, message: 'is "yes", and so is tissueDamage' }];
    }),
};

/** Rule 15: the session's answer on adverse events agrees with the events reported within it. */
export const adverseEventAgrees: ProcessRule = {
  code: 'rule-15',
  trigger: "the session's answer on adverse events disagrees with the events reported within it",
  source: 'our reading; an event reported later leaves the answer as it was',
  check: (record) => {
    const events = (record.events ?? []).filter((event) => isWithinSession(event, record));
    const has = (considered: string) => events.some((event) => event.considered === considered);
    const path = ['session', 'adverseEvent'];
    const answer = record.session?.adverseEvent;
    if (answer === 'no' && has('adverse')) {
      return [{ path, message: 'is "no", but an event is considered adverse' }];
    }
    if (answer !== 'yes' || has('adverse') || has('not-said')) return [];
    return [{ path, message: 'is "yes", but no event is considered adverse', isMissing: true }];
  },
};

/** True for an event of this session that is not ruled out and was not reported after its end. */
function isWithinSession(event: ImsEvent, record: ImsRecord): boolean {
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

/** Rule 17, skin temperature: "colder" has a negative difference (this side minus the other). */
export const temperatureAgrees: ProcessRule = {
  code: 'rule-17',
  trigger: 'the word for a skin temperature disagrees with the sign of its difference',
  source: 'our reading: values that cannot both be true',
  check: ({ assessment }) =>
    (assessment?.sites ?? []).flatMap(({ temperature }, index) => {
      const { against: word, differenceK } = temperature ?? {};
      if (differenceK === undefined || !hasWrongSign(word, differenceK)) return [];
      const path = ['assessment', 'sites', index, 'temperature', 'differenceK'];
      return [{ path, message: 'must be negative for "colder" and positive for "warmer"' }];
    }),
};

function hasWrongSign(word: string | undefined, difference: NumberValue): boolean {
  const [low, high] = bounds(difference);
  return (word === 'colder' && low > 0) || (word === 'warmer' && high < 0);
}

/** C07, C08: the stated answers agree with the list of surgeries. */
export const surgeryAnswersAgree: ProcessRule = {
  code: 'surgery-contradiction',
  trigger: 'the answer to C07, to C08 or to any surgery contradicts the list of surgeries',
  source: 'our reading: C07 and C08 follow from the list of surgeries',
  check: (record) => [...contradictedItems(record), ...contradictedDenial(record)],
};

function contradictedItems(record: ImsRecord): Violation[] {
  const derived = deriveSurgeryAnswers(record);
  return (['surgeryDirect', 'surgeryAdjacent'] as const).flatMap((member) => {
    if (!contradicts(record.screening?.[member]?.answer, derived?.[member])) return [];
    const message = 'contradicts the answer that follows from the list of surgeries';
    return [{ path: ['screening', member, 'answer'], message }];
  });
}

/** Any surgery is denied, although surgeries before the visit are listed. */
function contradictedDenial(record: ImsRecord): Violation[] {
  const { surgery, surgeries = [] } = record.screening?.surgeries ?? {};
  const isNone = surgery === 'no' || surgery === 'not-applicable';
  if (!isNone || surgeries.length === plannedSurgeries(record).length) return [];
  const message = 'denies any surgery, but surgeries are listed';
  return [{ path: ['screening', 'surgeries', 'surgery'], message }];
}

/** A surgery that is dated after the visit is only planned and does not count. */
export const surgeryIsPast: ProcessRule = {
  code: 'surgery-after-visit',
  trigger: 'a surgery is dated after the visit, so it is not counted',
  source: 'our reading: only a surgery that has happened excludes a site',
  check: (record) =>
    plannedSurgeries(record).map((index) => ({
      path: ['screening', 'surgeries', 'surgeries', index, 'date'],
      message: 'is after the visit, so the surgery is not counted',
    })),
};

const PREGNANCY_ANSWER = {
  pregnant: 'yes',
  'possible-pregnancy': 'unknown',
  'not-pregnant': 'no',
} as const;

/** C04: the answer is "yes" for pregnant, "unknown" for possibly and "no" for not pregnant. */
export const pregnancyAgrees: ProcessRule = {
  code: 'pregnancy-contradiction',
  trigger: 'the answer to C04 does not match its status',
  source: 'our reading of the BC clinic IMS page: the answer that goes with each status',
  check: ({ screening }) => {
    const { answer, status } = screening?.pregnancy ?? {};
    if (answer === undefined || status === undefined || status === 'unknown') return [];
    const expected = PREGNANCY_ANSWER[status];
    if (answer === expected) return [];
    const path = ['screening', 'pregnancy', 'answer'];
    return [{ path, message: 'does not match its status' }];
  },
};

/** C23, C25: an item with a sign of its condition is answered "yes". */
export const signsAgree: ProcessRule = {
  code: 'sign-contradiction',
  trigger:
    'C25 has an answer other than "yes" although a fever is recorded, or C23 although swelling or removed nodes are recorded',
  source: 'our reading: a fever is C25, swelling or removed nodes are C23',
  check: ({ screening }) => {
    const { infection, lymphoedema } = screening ?? {};
    return [
      { answer: infection?.answer, member: 'infection', signs: [infection?.fever] },
      {
        answer: lymphoedema?.answer,
        member: 'lymphoedema',
        signs: [lymphoedema?.swelling, lymphoedema?.nodesRemoved],
      },
    ].flatMap(({ answer, member, signs }) => {
      if (answer === undefined || answer === 'yes' || !signs.includes('yes')) return [];
      const path = ['screening', member, 'answer'];
      return [{ path, message: 'does not match the signs recorded with it' }];
    });
  },
};
