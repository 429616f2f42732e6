// Rules on how a visit is charted: periods of pain scores (13), the question of an emergency (22),
// reasons and sources of answers (23), valid health numbers.
import { answers } from '../../ims/codes/general.ts';
import type { CodeMember, General, Group } from '../../ims/schema/members.ts';
import { eachObject, membersWhere } from '../../ims/schema/walk.ts';
import { memoize } from '../../memoize.ts';
import { screeningRules } from '../screening/evaluate.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

/** Rule 13: a worst, best or average pain needs its period, because only equal periods compare. */
export const painHasPeriod: ProcessRule = {
  code: 'rule-13',
  trigger: 'a worst, best or average pain has no number of days',
  source: 'our reading: a worst, best or average pain needs its period',
  check: ({ assessment }) =>
    (assessment?.pain ?? []).flatMap(({ context, periodDays, asWritten, absent }, index) => {
      const needsPeriod =
        context === 'pain-worst' || context === 'pain-best' || context === 'pain-average';
      const isStated = periodDays !== undefined || asWritten?.periodDays !== undefined;
      if (!needsPeriod || isStated || absent?.periodDays !== undefined) return [];
      const path = ['assessment', 'pain', index, 'periodDays'];
      return [{ path, message: 'is required: over how many days?', isMissing: true }];
    }),
};

/** Rule 22: with a red flag, the question of an emergency must be answered. */
export const redFlagNeedsAnswer: ProcessRule = {
  code: 'rule-22',
  trigger: 'a red flag is recorded while the question of an emergency (C22) is unanswered',
  source: 'our reading: with a red flag, the question of a medical emergency must be answered',
  check: ({ assessment, screening }) => {
    const hasRedFlag = assessment?.redFlags?.some(({ answer }) => answer === 'yes') ?? false;
    const answer = screening?.emergency?.answer;
    if (!hasRedFlag || (answer !== undefined && answer !== 'not-asked')) return [];
    const message = 'must be answered, because a red flag is recorded';
    return [{ path: ['screening', 'emergency', 'answer'], message, isMissing: true }];
  },
};

const answerMembers = memoize((group: Group) =>
  membersWhere(
    group,
    (member): member is CodeMember => member.kind === 'code' && member.set.name === answers.name,
  ),
);

/** Rule 23, first half: "not applicable" is not a "no", so it needs its reason. */
export const notApplicableHasReason: ProcessRule = {
  code: 'rule-23',
  trigger: 'a question is answered "not applicable" without a reason in words',
  source: 'our reading: "not applicable" is charted with its reason or not at all',
  check: (record) => {
    const violations: Violation[] = [];
    eachObject({ ...record }, (object, group, path) => {
      if (object.rationale !== undefined || object.text !== undefined) return;
      for (const [name] of answerMembers(group)) {
        if (object[name] !== 'not-applicable') continue;
        const message = 'is "not-applicable", which requires a reason in words';
        violations.push({ path: [...path, name], message, isMissing: true });
      }
    });
    return violations;
  },
};

/** Rule 23, second half: if no screening is documented, the source of its items is the chart. */
export const chartIsSource: ProcessRule = {
  code: 'rule-23',
  trigger: 'the source of an item (saidBy) is not the chart, although no screening is documented',
  source: 'our reading: without a screening nobody was asked, so the chart says it',
  check: ({ session, screening }) => {
    if (session?.screening?.basis !== 'screening-not-documented') return [];
    const itemMembers = screeningRules.map(({ member }) => member);
    return Object.entries(screening ?? {}).flatMap(([member, item]) => {
      if (!itemMembers.includes(member)) return [];
      const saidBy = (item as General).saidBy ?? screening?.saidBy;
      if (saidBy === 'chart') return [];
      const message = 'must be "chart", because no screening is documented';
      const path = ['screening', member, 'saidBy'];
      return [{ path, message, isMissing: saidBy === undefined }];
    });
  },
};

const BC_HEALTH_NUMBERS =
  'https://fhir.infoway-inforoute.ca/NamingSystem/ca-bc-patient-healthcare-id';
const CHECK_DIGIT_WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3] as const;

/** A personal health number of British Columbia has ten digits: first a 9, last a check digit. */
export const healthNumberIsValid: ProcessRule = {
  code: 'bc-phn',
  trigger: 'a British Columbia health number has a wrong form or check digit',
  source: 'British Columbia personal health number, check digit by modulus 11',
  check: ({ patient }) =>
    (patient.identifiers ?? []).flatMap(({ system, value }, index) => {
      if (system !== BC_HEALTH_NUMBERS || isHealthNumber(value)) return [];
      const message = 'is not a valid British Columbia personal health number: check its digits';
      return [{ path: ['patient', 'identifiers', index, 'value'], message }];
    }),
};

function isHealthNumber(value: string): boolean {
  if (!/^9\d{9}$/.test(value)) return false;
  const sum = CHECK_DIGIT_WEIGHTS.reduce((total, weight, position) => {
    const product = weight * Number(value[position + 1]);
    return total + (product % 11);
  }, 0);
  return 11 - (sum % 11) === Number(value[9]);
}
