// Parts that several sections of a record share.

import { answers, segments, sides } from '../codes/general.ts';
import { muscles, regions } from '../codes/muscles.ts';
import { code, codes, group, id, must, plain, setOfValues, text, uri } from './build.ts';

/** Where something is: one muscle or one region, a side, segments. */
export const siteMembers = {
  muscle: code('Muscle', muscles),
  region: code('Region', regions),
  side: code('Side', sides),
  segments: codes('Spinal segments', segments),
} as const;

/** What every object with `siteMembers` keeps to. */
export const siteRules = { exactlyOne: [['muscle', 'region']] } as const;

/** One place of the body. */
export const site = (label: string) => group(label, siteMembers, siteRules);

/** A set of places of the body. */
export const sites = (label: string) => setOfValues(label, site('Site'));

/** A yes-no question with its honest other answers. */
export const ans = (label: string, options: { id?: string } = {}) => code(label, answers, options);

/** An identifier given by somebody: a health number, a licence number. */
export const identifiers = (label: string) =>
  setOfValues(
    label,
    plain('Identifier', { system: must(uri('Naming system')), value: must(id('Value')) }),
  );

/** A person's name; `text` where the parts are not told apart. */
export const personName = (label: string) =>
  plain(label, {
    family: text('Family name'),
    given: text('Given names'),
    text: text('Full name'),
  });

/** Entries named by `id`. */
export const byId = { by: 'id' } as const;
