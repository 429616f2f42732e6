// Answers against the facts charted beside them. Both are kept as charted; the findings take the
// stricter, and the chart is asked to agree with itself.
import type { ImsRecord } from '../../ims/schema/record.ts';
import { deriveSurgeryAnswers, plannedSurgeries } from '../screening/surgeries.ts';
import { contradicts } from '../screening/surgery.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

/** C07, C08: a stated answer against the list of operations. */
export const surgeryAnswersAgree: ProcessRule = {
  code: 'surgery-contradiction',
  trigger: 'C07 or C08 is answered otherwise than the list of operations says',
  source: 'our reading: C07 and C08 follow from the list of operations',
  check: (record) => [...statedAnswers(record), ...statedNone(record)],
};

function statedAnswers(record: ImsRecord): Violation[] {
  const derived = deriveSurgeryAnswers(record);
  return (['surgeryDirect', 'surgeryAdjacent'] as const).flatMap((member) => {
    if (!contradicts(record.screening?.[member]?.answer, derived?.[member])) return [];
    const message = 'contradicts what the list of operations answers';
    return [{ path: ['screening', member, 'answer'], message }];
  });
}

function statedNone(record: ImsRecord): Violation[] {
  const { surgery, surgeries = [] } = record.screening?.surgeries ?? {};
  const isNone = surgery === 'no' || surgery === 'not-applicable';
  if (!isNone || surgeries.length === plannedSurgeries(record).length) return [];
  const message = 'says there was none beside a list of operations';
  return [{ path: ['screening', 'surgeries', 'surgery'], message }];
}

/** Day-count rule 8: an operation that lies wholly after the visit is a plan and does not count. */
export const surgeryIsPast: ProcessRule = {
  code: 'surgery-after-visit',
  trigger: 'an operation is dated after the visit, so that it is not counted',
  source: 'our reading: only an operation that has happened keeps needling off a site',
  check: (record) =>
    plannedSurgeries(record).map((index) => ({
      path: ['screening', 'surgeries', 'surgeries', index, 'date'],
      message: 'lies after the visit, so the operation is not counted',
    })),
};

const PREGNANCY_ANSWER = {
  pregnant: 'yes',
  'possible-pregnancy': 'unknown',
  'not-pregnant': 'no',
} as const;

/** C04: pregnant is "yes", possibly pregnant "unknown", not pregnant "no". */
export const pregnancyAgrees: ProcessRule = {
  code: 'pregnancy-contradiction',
  trigger: 'the answer to C04 does not go with its status',
  source: 'our reading of the BC clinic IMS page: the answer that goes with each status',
  check: ({ screening }) => {
    const { answer, status } = screening?.pregnancy ?? {};
    if (answer === undefined || status === undefined || status === 'unknown') return [];
    if (answer === PREGNANCY_ANSWER[status]) return [];
    return [{ path: ['screening', 'pregnancy', 'answer'], message: 'does not go with its status' }];
  },
};

/** C23, C25: a sign that is there beside an answer that says it is not, or that nobody asked. */
export const signsAgree: ProcessRule = {
  code: 'sign-contradiction',
  trigger: 'a fever or a swelling stands beside an answer that denies C25 or C23',
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
      return [{ path: ['screening', member, 'answer'], message: 'does not go with its signs' }];
    });
  },
};
