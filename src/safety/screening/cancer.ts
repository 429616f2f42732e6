import { itemRule } from './item-rule.ts';

/** C01: active cancer bars the session; who survived one can be treated in most cases, not all. */
export const cancer = itemRule({
  item: 'C01',
  member: 'cancer',
  scopes: ['session'],
  source: 'BC clinic IMS page, contraindication list',
  whenYes: ({ status }) => {
    if (status === 'cancer-active') return { session: 'absolute' };
    if (status === 'cancer-survivor') return { session: 'relative' };
    return { session: 'ask' };
  },
});
