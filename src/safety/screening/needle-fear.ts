import { itemRule } from './item-rule.ts';

/** C02: only a severe fear of needles bars the session. */
export const needleFear = itemRule({
  item: 'C02',
  member: 'needleFear',
  scopes: ['session'],
  source: 'BC clinic IMS page, contraindication list (severe fear only)',
  whenYes: ({ severity }) => {
    if (severity === 'severe') return { session: 'absolute' };
    if (severity === 'mild' || severity === 'moderate') return {};
    return { session: 'ask' };
  },
});
