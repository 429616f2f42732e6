import { itemRule } from './item-rule.ts';

/** C03: who cannot understand what happens and why is not needled; who can, with care. */
export const understanding = itemRule({
  item: 'C03',
  member: 'understanding',
  scopes: ['session'],
  source:
    'BC clinic IMS page, contraindication list; its FAQ is wider, the classes are our reading',
  whenYes: ({ understandsWhatAndWhy }) => {
    if (understandsWhatAndWhy === 'no') return { session: 'absolute' };
    if (understandsWhatAndWhy === 'yes') return { session: 'relative' };
    return { session: 'ask' };
  },
});
