import { answers } from '../../ims/codes/general.ts';
import type { Code, Group } from '../../ims/schema/members.ts';
import { eachObject, membersWhere } from '../../ims/schema/walk.ts';
import { memoize } from '../../memoize.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

const questions = memoize((group: Group) =>
  membersWhere(
    group,
    (member): member is Code => member.kind === 'code' && member.set.name === answers.name,
  ),
);

/** Rule 23, first half: a question that cannot arise for a patient is no "no" and needs its reason. */
export const notApplicableHasReason: ProcessRule = {
  code: 'rule-23',
  trigger: 'a question is "not applicable" without the reason in words',
  source: 'our reading: "not applicable" is charted with its reason or not at all',
  check: (record) => {
    const breaches: Violation[] = [];
    eachObject({ ...record }, (object, group, path) => {
      if (object.rationale !== undefined || object.text !== undefined) return;
      for (const [name] of questions(group)) {
        if (object[name] !== 'not-applicable') continue;
        const message = 'is "not-applicable" without its reason in words';
        breaches.push({ path: [...path, name], message, isMissing: true });
      }
    });
    return breaches;
  },
};
