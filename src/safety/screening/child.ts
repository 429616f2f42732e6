import { ageAtVisit } from '../age.ts';
import { majorityAt } from '../policy.ts';
import type { Rule } from './item-rule.ts';

/** C35: a child is to be decided on; there is no age limit. Told only where the age is known. */
export const child: Rule = {
  item: 'C35',
  member: 'child',
  isOfSites: false,
  answer: (record, policy) => {
    const age = ageAtVisit(record)?.years;
    return age === undefined ? 'unknown' : age < majorityAt(record, policy) ? 'yes' : 'no';
  },
  evaluate: (record, policy) => {
    if (child.answer(record, policy) !== 'yes') return [];
    const source =
      'BC clinic IMS page, FAQ: no age limit, if they understand; physioman.in list: relative';
    return [{ item: 'C35', member: 'child', class: 'ask', scope: 'session', source }];
  },
};
