// P01: consent to needling, one item per person and form.

import { code, date, group, instant, key, must, needed, text } from './build.ts';
import type { ValueOf } from './members.ts';
import { ans, sites } from './parts.ts';
import { consenters, consentForms, consentScopes } from './session-codes.ts';

/** One person's consent; `given` may be a "no". */
export const consent = group(
  'Consent',
  {
    key: must(key('Key')),
    given: needed(ans('Consent given')),
    form: code('Form', consentForms),
    givenAt: instant('Given at'),
    givenDate: date('Given on'),
    by: needed(code('Given by', consenters)),
    byName: text('Name of who gave it'),
    relation: text('Relation to the patient'),
    scope: code('Covers', consentScopes),
    sites: sites('Sites covered'),
  },
  { id: 'P01' },
);

export type Consent = ValueOf<typeof consent>;
