// P01-P05: consent to needling, one item for each person and form, and refusals and withdrawals.

import {
  consentChanges,
  consentForms,
  consentGivers,
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
  required,
  requiredOrAsWritten,
  text,
} from './build.ts';
import type { ValueOf } from './members.ts';
import { answer, sites } from './parts.ts';

/** The consent of one person; `given` may be "no". */
export const consent = group(
  'Consent',
  {
    key: required(key('Key')),
    given: requiredOrAsWritten(answer('Consent given')),
    form: code('Form', consentForms),
    givenAt: instant('Given at'),
    givenDate: date('Given on'),
    by: requiredOrAsWritten(code('Given by', consentGivers)),
    byName: text('Name of the person who gave consent'),
    relation: text('Relation to the patient'),
    scope: code('Covers', consentScopes),
    sites: sites('Sites covered'),
    documentKey: keyOf('Document'),
    explained: group(
      'What was explained',
      { risks: codes('Risks', explainedRisks), topics: codes('Topics', explainedTopics) },
      { id: 'P02' },
    ),
    notAcupuncture: answer('Informed that this is not acupuncture', { id: 'P03' }),
    copyGiven: answer('Copy of the form given', { id: 'P04' }),
  },
  { id: 'P01' },
);

export type Consent = ValueOf<typeof consent>;

/** P05: consent that was refused, or withdrawn later; for a part of the sites the rest stays valid. */
export const refusals = list(
  'Consent refused or withdrawn',
  group('Refusal', {
    key: required(key('Key')),
    what: requiredOrAsWritten(code('What', consentChanges)),
    byWhom: codes('By', consentGivers),
    scope: code('Applies to', refusalScopes),
    sites: sites('Sites'),
    reason: text('Reason'),
    at: instant('At'),
  }),
  { id: 'P05' },
);
