import { itemRule } from './item-rule.ts';

/** C23: that limb or area is not needled; nodes removed without any swelling are to be decided. */
export const lymphoedema = itemRule({
  item: 'C23',
  member: 'lymphoedema',
  scopes: ['site'],
  source:
    'physioman.in list, South African board notice 121: absolute there; dryneedlingleeuwarden.nl: node removal case by case',
  whenYes: ({ swelling }) => ({ site: swelling === 'no' ? 'ask' : 'absolute' }),
});
