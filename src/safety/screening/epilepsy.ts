import { itemRule } from './item-rule.ts';

/** C32: epilepsy is weighed; while it is not controlled no current is used. */
export const epilepsy = itemRule({
  item: 'C32',
  member: 'epilepsy',
  scopes: ['session', 'current'],
  source: 'physioman.in and jotform lists; acupuntura.com electro-acupuncture table for current',
  whenYes: ({ control }) => {
    if (control === 'well-controlled') return { session: 'relative' };
    return { session: 'relative', current: control === 'uncontrolled' ? 'absolute' : 'ask' };
  },
});
