import { itemRule } from './item-rule.ts';

/** C05: an autoimmune condition bars the session only while it is not controlled. */
export const autoimmune = itemRule({
  item: 'C05',
  member: 'autoimmune',
  scopes: ['session'],
  source: 'BC clinic IMS page, contraindication list',
  whenYes: ({ control }) => {
    if (control === 'uncontrolled') return { session: 'absolute' };
    if (control === 'well-controlled') return {};
    return { session: 'ask' };
  },
});
