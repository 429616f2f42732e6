// Parts that several sections of a record share.

import { answers, segments, sides } from '../codes/general.ts';
import { muscles, regions } from '../codes/muscles.ts';
import { code, codes, group, id, plain, required, setOfValues, text, uri } from './build.ts';

/** The members of a body site: one muscle or one region, a side, segments. */
export const siteMembers = {
  muscle: code('Muscle', muscles),
  region: code('Region', regions),
  side: code('Side', sides),
  segments: codes('Spinal segments', segments),
} as const;

/** The rules of every object with `siteMembers`. */
export const siteRules = { exactlyOne: [['muscle', 'region']] } as const;

/** A body site. */
export const site = (label: string) => group(label, siteMembers, siteRules);

/** A set of body sites. */
export const sites = (label: string) => setOfValues(label, site('Site'));

/** A yes-no question that also allows unknown, not asked, declined and not applicable. */
export const answer = (label: string, options: { id?: string } = {}) =>
  code(label, answers, options);

/** Identifiers assigned elsewhere, such as a health number or a licence number. */
export const identifiers = (label: string) =>
  setOfValues(
    label,
    plain('Identifier', { system: required(uri('Naming system')), value: required(id('Value')) }),
  );

/** A person's name; `text` if its parts are not known. */
export const personName = (label: string) =>
  plain(label, {
    family: text('Family name'),
    given: text('Given names'),
    text: text('Full name'),
  });

/** For lists whose entries are identified by `id`. */
export const byId = { by: 'id' } as const;
