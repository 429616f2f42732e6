import { itemRule } from './item-rule.ts';

/** C26: a bleeding disorder is weighed; haemophilia bars the session. */
export const bleeding = itemRule({
  item: 'C26',
  member: 'bleeding',
  scopes: ['session'],
  source: 'physioman.in list, gsbvk.com: relative; doctorabel.us: never with haemophilia',
  whenYes: ({ kind }) => ({ session: kind === 'haemophilia' ? 'absolute' : 'relative' }),
});

/** C27: blood thinners are weighed; they bar a site where pressure cannot stop a bleeding. */
export const anticoagulation = itemRule({
  item: 'C27',
  member: 'anticoagulation',
  scopes: ['session', 'site'],
  source:
    'Muñoz 2022 (PMC8759918): weigh technique and risk; South African board notice 121: not where pressure cannot stop a bleeding',
  // The list cannot say "none": missing it names no site, and only a stated gap is to be asked.
  whenYes: ({ notCompressible = [], absent }) => {
    const gap = absent?.notCompressible;
    const isOpen = gap !== undefined && gap !== 'not-applicable';
    if (notCompressible.length > 0) return { session: 'relative', site: 'absolute' };
    return { session: 'relative', ...(isOpen ? { site: 'ask' } : {}) };
  },
  siteKeys: ({ notCompressible, appliesTo }) => notCompressible ?? appliesTo,
});
