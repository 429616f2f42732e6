// A51: facts of the patient that clinics chart and demographics do not hold.

import { hands } from '../codes/history.ts';
import { code, group, key, keyOf, list, must, needed, number, setOfValues, text } from './build.ts';
import { ans } from './parts.ts';

/** Patient facts; `disputed` keeps the value that was not taken. */
export const patientFacts = group(
  'Patient facts',
  {
    occupation: text('Occupation'),
    dominantHand: code('Dominant hand', hands),
    preferredLanguage: text('Preferred language, BCP 47'),
    interpreterNeeded: ans('Interpreter needed'),
    ageYears: number('Age, where no birth date is known', {
      also: { C35: 'Child, by age where no birth date is known' },
      unit: 'a',
      whole: true,
      min: 0,
    }),
    substitutes: list(
      'May decide for the patient',
      group('Substitute', {
        key: must(key('Key')),
        name: text('Name'),
        relation: text('Relation'),
        authority: text('Authority'),
        documentKey: keyOf('Document'),
      }),
    ),
    disputed: setOfValues(
      'Disputed facts',
      group('Disputed fact', {
        member: needed(text('Which')),
        otherValue: text('The other value'),
        text: needed(text('Why')),
      }),
    ),
  },
  { id: 'A51' },
);
