import { itemRule } from './item-rule.ts';

/** C25: a local infection bars its site; one of the whole body, a fever or no telling, the session. */
export const infection = itemRule({
  item: 'C25',
  member: 'infection',
  scopes: ['session', 'site'],
  source:
    'myotherapyandmassage.com.au, ictmjc.com; what its extent and the fever mean is our reading',
  whenYes: ({ extent, fever }) => {
    const isLocal = extent === 'infection-local';
    const site = isLocal ? ({ site: 'absolute' } as const) : {};
    if (!isLocal || fever === 'yes') return { session: 'absolute', ...site };
    const isWithoutFever = fever === 'no' || fever === 'not-applicable';
    return isWithoutFever ? site : { session: 'ask', ...site };
  },
});
