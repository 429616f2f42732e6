import { itemRule } from './item-rule.ts';

/** C04: not while pregnant. A "yes" is a pregnancy unless its status takes that back. */
export const pregnancy = itemRule({
  item: 'C04',
  member: 'pregnancy',
  scopes: ['session'],
  source: 'BC clinic IMS page, contraindication list (clinic policy)',
  whenYes: ({ status }) => {
    const isOpen = status === 'possible-pregnancy' || status === 'not-pregnant';
    return { session: isOpen ? 'ask' : 'absolute' };
  },
});
