import { itemRule } from './item-rule.ts';

/** C39: a heart valve is to be decided; a new one bars the session. */
export const heartValve = itemRule({
  item: 'C39',
  member: 'heartValve',
  scopes: ['session'],
  source:
    'jotform list, South African board notice 121; dryneedlingleeuwarden.nl: never with a new valve, "new" left open there',
  whenYes: (details) => ({ session: details.new === 'yes' ? 'absolute' : 'ask' }),
});
