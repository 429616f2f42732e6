import { itemRule } from './item-rule.ts';

/** C29: immune compromise or a blood-borne infection; each half is answered, or declined, alone. */
export const immunity = itemRule({
  item: 'C29',
  member: 'immunity',
  scopes: ['session'],
  source:
    'physioman.in and jotform lists, anna.physio, South African board notice 121; the two halves are ours',
  parts: ({ immune, bloodBorne }) => [immune, bloodBorne],
  whenYes: () => ({ session: 'relative' }),
});
