// A51: facts about the patient that are charted but not part of the demographics.

import { dominantHands } from '../codes/history.ts';
import {
  code,
  group,
  key,
  keyOf,
  list,
  number,
  required,
  requiredOrAsWritten,
  setOfValues,
  text,
} from './build.ts';
import { answer } from './parts.ts';

/** Patient facts; `disputed` keeps the value that was not adopted. */
export const patientFacts = group(
  'Patient facts',
  {
    occupation: text('Occupation'),
    dominantHand: code('Dominant hand', dominantHands),
    preferredLanguage: text('Preferred language (BCP 47)'),
    interpreterNeeded: answer('Interpreter needed'),
    ageYears: number('Age, if the birth date is unknown', {
      also: { C35: 'Child, by age if the birth date is unknown' },
      unit: 'a',
      whole: true,
      min: 0,
    }),
    substitutes: list(
      'Substitute decision makers',
      group('Substitute decision maker', {
        key: required(key('Key')),
        name: text('Name'),
        relation: text('Relation'),
        authority: text('Authority'),
        documentKey: keyOf('Document'),
      }),
    ),
    disputed: setOfValues(
      'Disputed facts',
      group('Disputed fact', {
        member: requiredOrAsWritten(text('Fact')),
        otherValue: text('Other value'),
        text: requiredOrAsWritten(text('Reason')),
      }),
    ),
  },
  { id: 'A51' },
);
