import { ageAtVisit } from '../age.ts';
import type { Rule } from '../rule.ts';

// The age of majority of most of Canada's provinces; a default of ours.
const MAJORITY = 18;

/** C35: a child is to be decided on; there is no age limit. Told only where the age is known. */
export const child: Rule = {
  item: 'C35',
  member: 'child',
  isOfSites: false,
  answer: (record) => {
    const age = ageAtVisit(record)?.years;
    return age === undefined ? 'unknown' : age < MAJORITY ? 'yes' : 'no';
  },
  evaluate: (record) => {
    if (child.answer(record) !== 'yes') return [];
    const source =
      'BC clinic IMS page, FAQ: no age limit, if they understand; physioman.in list: relative';
    return [{ item: 'C35', member: 'child', class: 'ask', scope: 'session', source }];
  },
};
