import type { Json } from '../../records.ts';
import { at, expectViolations, no, patient, type Row, visit } from '../visits.ts';

const phn = (value: string) =>
  patient({
    identifiers: [
      {
        system: 'https://fhir.infoway-inforoute.ca/NamingSystem/ca-bc-patient-healthcare-id',
        value,
      },
    ],
  });
const flag = { assessment: { redFlags: [{ key: 'f', flag: 'night-pain', answer: 'yes' }] } };

const pain = (context: string, members: Json = {}) =>
  visit({}, { assessment: { pain: [{ key: 'p', value: 5, context, ...members }] } });
const notApplicable = (members: Json) =>
  visit({}, { screening: { cancer: { answer: 'not-applicable', ...members } } });
const period = '/assessment/pain/0/periodDays';

const rows: readonly Row[] = [
  ['rule-13', 'the worst pain has no period', pain('pain-worst'), [period]],
  ['rule-13', 'the best pain has no period', pain('pain-best'), [period]],
  ['rule-13', 'the average pain has no period', pain('pain-average'), [period]],
  ['rule-13', 'the worst pain has a period', pain('pain-worst', { periodDays: 7 }), []],
  [
    'rule-13',
    'the period is in words alone',
    pain('pain-worst', { asWritten: { periodDays: 'this week' } }),
    [],
  ],
  ['rule-13', 'the current pain has no period', pain('pain-current'), []],
  ['rule-13', 'the pain of the past week has no period', pain('pain-past-week'), []],
  [
    'rule-22',
    'a red flag is recorded and the emergency question has no answer',
    visit({}, flag),
    ['/screening/emergency/answer'],
  ],
  [
    'rule-22',
    'a red flag is recorded and the emergency question is answered',
    visit({}, { ...flag, screening: { emergency: no } }),
    [],
  ],

  ['rule-23', '"not applicable" has no reason', notApplicable({}), ['/screening/cancer/answer']],
  ['rule-23', '"not applicable" has a rationale', notApplicable({ rationale: 'said' }), []],
  ['rule-23', '"not applicable" has a text', notApplicable({ text: 'said' }), []],
  [
    'rule-23',
    '"not applicable" has only the words of the answer',
    notApplicable({ asWritten: { answer: 'n/a' } }),
    ['/screening/cancer/answer'],
  ],
  [
    'rule-23',
    'any question of the record is "not applicable"',
    visit(
      {
        substanceInjected: 'not-applicable',
        ...at({ twitch: { answer: 'not-applicable', feltByPatient: 'not-applicable' } }),
      },
      { screening: { surgeries: { surgery: 'not-applicable' } } },
    ),
    [
      '/session/substanceInjected',
      '/session/sites/0/twitch/answer',
      '/session/sites/0/twitch/feltByPatient',
      '/screening/surgeries/surgery',
    ],
  ],
  [
    'rule-23',
    'an item comes from the patient without a documented screening',
    {
      ...visit(
        { screening: { basis: 'screening-not-documented' } },
        { screening: { cancer: { ...no, saidBy: 'patient' } } },
      ),
    },
    ['/screening/cancer/saidBy'],
  ],
  [
    'rule-23',
    'an item has no source without a documented screening',
    {
      ...visit({ screening: { basis: 'screening-not-documented' } }, { screening: { cancer: no } }),
    },
    ['/screening/cancer/saidBy'],
  ],
  [
    'rule-23',
    'items come from the chart without a documented screening',
    {
      ...visit(
        { screening: { basis: 'screening-not-documented' } },
        { screening: { saidBy: 'chart', cancer: no } },
      ),
    },
    [],
  ],
  ['bc-phn', 'one digit is wrong', visit({}, phn('9698648215')), ['/patient/identifiers/0/value']],
  ['bc-phn', 'it has nine digits', visit({}, phn('969865821')), ['/patient/identifiers/0/value']],
  [
    'bc-phn',
    'the first digit is not 9',
    visit({}, phn('1698658215')),
    ['/patient/identifiers/0/value'],
  ],
  ['bc-phn', 'the check digit is right', visit({}, phn('9698658215')), []],
];

expectViolations(rows);
