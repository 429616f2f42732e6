import type { General } from '../../ims/schema/members.ts';
import { screeningRules } from '../screening/evaluate.ts';
import type { ProcessRule } from './process-rule.ts';

/** Rule 23, second half: without a screening, single facts of the folder are the chart's own. */
export const factsAreOfChart: ProcessRule = {
  code: 'rule-23',
  trigger: 'an item is not said by the chart, though no screening is documented',
  source: 'our reading: without a screening nobody was asked, so the chart says it',
  check: ({ session, screening }) => {
    if (session?.screening?.basis !== 'screening-not-documented') return [];
    const members = screeningRules.map(({ member }) => member);
    return Object.entries(screening ?? {}).flatMap(([member, item]) => {
      if (!members.includes(member)) return [];
      const saidBy = (item as General).saidBy ?? screening?.saidBy;
      if (saidBy === 'chart') return [];
      const message = 'is not the chart, though no screening is documented';
      const path = ['screening', member, 'saidBy'];
      return [{ path, message, isMissing: saidBy === undefined }];
    });
  },
};
