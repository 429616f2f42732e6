// P01-P05: consent to needling, one item per person and form, and what was taken back.

import {
  consentChanges,
  consenters,
  consentForms,
  consentScopes,
  explainedRisks,
  explainedTopics,
  refusalScopes,
} from '../codes/consent.ts';
import {
  code,
  codes,
  date,
  group,
  instant,
  key,
  keyOf,
  list,
  must,
  needed,
  text,
} from './build.ts';
import type { ValueOf } from './members.ts';
import { ans, sites } from './parts.ts';

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
    documentKey: keyOf('Document'),
    explained: group(
      'What was explained',
      { risks: codes('Risks', explainedRisks), topics: codes('Topics', explainedTopics) },
      { id: 'P02' },
    ),
    notAcupuncture: ans('Told that it is not acupuncture', { id: 'P03' }),
    copyGiven: ans('Copy of the form given', { id: 'P04' }),
  },
  { id: 'P01' },
);

export type Consent = ValueOf<typeof consent>;

/** P05: consent refused before, or withdrawn after it was given; for a part it leaves the rest. */
export const refusals = list(
  'Consent refused or withdrawn',
  group('Refusal', {
    key: must(key('Key')),
    what: needed(code('What', consentChanges)),
    byWhom: codes('By', consenters),
    scope: code('Concerns', refusalScopes),
    sites: sites('Sites'),
    reason: text('Reason'),
    at: instant('At'),
  }),
  { id: 'P05' },
);
