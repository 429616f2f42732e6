import { itemRule } from './item-rule.ts';

/** C06: very severe or poorly controlled: not, or with another technique; mild to moderate: no bar. */
export const boneLoss = itemRule({
  item: 'C06',
  member: 'boneLoss',
  scopes: ['session'],
  source:
    'BC clinic IMS page, contraindication list; silent on "severe", poor control outweighing a mild form is our reading',
  whenYes: ({ severity, control }) => {
    if (severity === 'very-severe' || control === 'poorly-controlled') {
      return { session: 'relative' };
    }
    if (severity === 'mild' || severity === 'moderate') return {};
    return { session: 'ask' };
  },
});
