import { describe, expect, it } from 'vitest';
import { core, faults } from '../definitions.ts';
import { broken, samples } from '../samples.ts';

type Change = readonly [keyof typeof samples, readonly (string | number)[], unknown?];

/** A change to a sample, with the paths and rules of the issues that it must cause. */
type Case = readonly [what: string, change: Change, ...expected: string[]];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'unknown elements': [
    ['in a resource', ['patient', ['shoeSize'], 42], `Patient ${core('Patient')}#unknown-element`],
    [
      'in a datatype',
      ['patient', ['name', 0, 'nick'], 'A'],
      `Patient.name[0] ${core('HumanName')}#unknown-element`,
    ],
    [
      'in an element with its own children',
      ['observation', ['component', 0, 'note'], 'x'],
      `Observation.component[0] ${core('Observation')}#unknown-element`,
    ],
    [
      'with an underscore, for an element that is not a primitive',
      ['patient', ['_name'], [{ id: 'x' }]],
      `Patient ${core('Patient')}#unknown-element`,
    ],
    [
      'with a name that JavaScript objects inherit',
      ['patient', ['constructor'], { x: 1 }],
      `Patient ${core('Patient')}#unknown-element`,
    ],
  ],
  'missing elements': [
    ['a code', ['observation', ['status']], `Observation ${core('Observation')}#min`],
    ['an object', ['observation', ['code']], `Observation ${core('Observation')}#min`],
    [
      'inside an element',
      ['observation', ['component', 0, 'code']],
      `Observation.component[0] ${core('Observation')}#min`,
    ],
  ],
  'arrays and single values': [
    ['an object for a list', ['patient', ['name'], {}], `Patient.name ${core('Patient')}#array`],
    [
      'a list for an object',
      ['observation', ['code'], []],
      `Observation.code ${core('Observation')}#single`,
    ],
    [
      'a string for a list',
      ['patient', ['name', 0, 'given'], 'Ann'],
      `Patient.name[0].given ${core('HumanName')}#array`,
    ],
    [
      'a list for a string',
      ['patient', ['birthDate'], ['1980']],
      `Patient.birthDate ${core('Patient')}#single`,
    ],
    [
      'a list where one object is allowed',
      ['observation', ['referenceRange'], [{ text: 'a', low: [{ value: 1 }] }]],
      `Observation.referenceRange[0].low ${core('Observation')}#single`,
    ],
  ],
  'empty values': [
    [
      'an array',
      ['patient', ['name', 0, 'given'], []],
      `Patient.name[0].given ${core('Element')}#empty`,
    ],
    ['an object', ['patient', ['name', 0], {}], `Patient.name[0] ${core('Element')}#ele-1`],
    [
      'a string',
      ['patient', ['name', 0, 'family'], ''],
      `Patient.name[0].family ${core('string')}#empty`,
    ],
    [
      'a string of spaces',
      ['patient', ['name', 0, 'family'], '  '],
      `Patient.name[0].family ${core('string')}#empty`,
    ],
    ['null', ['patient', ['gender'], null], `Patient.gender ${core('Element')}#empty`],
    [
      'null in a list',
      ['patient', ['name', 0, 'given', 1], null],
      `Patient.name[0].given[1] ${core('Element')}#empty`,
    ],
  ],
  choices: [
    [
      'two types at once',
      ['observation', ['valueString'], 'x'],
      `Observation ${core('Observation')}#choice`,
    ],
    [
      'a type that the choice does not have',
      ['observation', ['valueMoney'], { value: 1 }],
      `Observation ${core('Observation')}#unknown-element`,
    ],
  ],
  primitives: [
    [
      'a number for a string',
      ['patient', ['name', 0, 'family'], 7],
      `Patient.name[0].family ${core('string')}#type`,
    ],
    [
      'a string for a boolean',
      ['patient', ['active'], 'true'],
      `Patient.active ${core('boolean')}#type`,
    ],
    [
      'a date in another format',
      ['patient', ['birthDate'], '29.02.1980'],
      `Patient.birthDate ${core('date')}#format`,
    ],
    [
      'a month 13',
      ['patient', ['birthDate'], '1980-13'],
      `Patient.birthDate ${core('date')}#format`,
    ],
    [
      'a 30 February',
      ['patient', ['birthDate'], '1980-02-30'],
      `Patient.birthDate ${core('date')}#calendar`,
    ],
    [
      'a 29 February without leap year',
      ['patient', ['birthDate'], '1981-02-29'],
      `Patient.birthDate ${core('date')}#calendar`,
    ],
    [
      'a time without offset',
      ['observation', ['effectiveDateTime'], '2026-03-01T10:15:00'],
      `Observation.effective.ofType(dateTime) ${core('dateTime')}#format`,
    ],
    [
      'an instant without a time',
      ['observation', ['issued'], '2026-03-01'],
      `Observation.issued ${core('instant')}#format`,
    ],
    ['a long id', ['patient', ['id'], 'x'.repeat(65)], `Patient.id ${core('id')}#format`],
    [
      'a code with two spaces in a row',
      ['patient', ['language'], 'e  n'],
      `Patient.language ${core('code')}#format`,
    ],
    [
      'a URI with a space',
      ['observation', ['implicitRules'], 'http://x y'],
      `Observation.implicitRules ${core('uri')}#format`,
    ],
    [
      'a string for a number',
      ['observation', ['valueQuantity', 'value'], '31'],
      `Observation.value.ofType(Quantity).value ${core('decimal')}#type`,
    ],
    [
      'a rank of zero',
      ['patient', ['telecom', 0, 'rank'], 0],
      `Patient.telecom[0].rank ${core('positiveInt')}#format`,
    ],
    [
      'base64 with five characters',
      ['patient', ['photo'], [{ contentType: 'image/png', data: 'abcde' }]],
      `Patient.photo[0].data ${core('base64Binary')}#format`,
    ],
    [
      'a string over 1 MB',
      ['patient', ['name', 0, 'text'], 'x'.repeat(1_048_577)],
      `Patient.name[0].text ${core('string')}#length`,
    ],
  ],
  codes: [
    [
      'a gender that R4 does not define',
      ['patient', ['gender'], 'w'],
      `Patient.gender ${core('Patient')}#binding`,
    ],
    [
      'a status of another resource',
      ['observation', ['status'], 'completed'],
      `Observation.status ${core('Observation')}#binding`,
    ],
    [
      'text instead of a required code',
      ['condition', ['clinicalStatus'], { text: 'active' }],
      `Condition.clinicalStatus ${core('Condition')}#binding`,
    ],
    [
      'a code that its system does not have',
      [
        'condition',
        ['category'],
        [
          {
            coding: [
              { system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'nope' },
            ],
          },
        ],
      ],
      `Condition.category[0] http://terminology.hl7.org/CodeSystem/condition-category#code`,
      // The value set is extensible: a code that is not in it also causes a warning.
      `Condition.category[0] ${core('Condition')}#binding`,
    ],
    [
      'an invalid language tag',
      ['patient', ['language'], 'english language'],
      `Patient.language ${core('Patient')}#binding`,
    ],
    [
      'a media type without subtype',
      ['patient', ['photo'], [{ contentType: 'png', url: 'http://a.example/b' }]],
      `Patient.photo[0].contentType ${core('Attachment')}#binding`,
    ],
  ],
  'identifiers and canonicals': [
    [
      'a system that is not a URI',
      ['patient', ['identifier'], [{ system: 'mrn', value: '1' }]],
      `Patient.identifier[0] ${core('Identifier')}#format`,
    ],
    [
      'a value that is not a URI although its system requires one',
      ['patient', ['identifier'], [{ system: 'urn:ietf:rfc:3986', value: '1.2.3' }]],
      `Patient.identifier[0] ${core('Identifier')}#format`,
    ],
    [
      'a relative canonical',
      ['procedure', ['instantiatesCanonical'], ['PlanDefinition/1']],
      `Procedure.instantiatesCanonical[0] ${core('canonical')}#format`,
    ],
  ],
  bundles: [
    [
      'an entry of a collection without fullUrl',
      ['collection', ['entry', 0, 'fullUrl']],
      `Bundle.entry[0] ${core('Bundle')}#bundle`,
    ],
    [
      'a relative fullUrl',
      ['bundle', ['entry', 0, 'fullUrl'], 'Patient/1'],
      `Bundle.entry[0] ${core('Bundle')}#bundle`,
    ],
    [
      'a fullUrl of another resource',
      ['collection', ['entry', 0, 'fullUrl'], 'https://a.example/fhir/Patient/p2'],
      `Bundle.entry[0] ${core('Bundle')}#bundle`,
    ],
    [
      'a reference to an entry that does not exist',
      ['bundle', ['entry', 0, 'fullUrl'], 'urn:uuid:0c9f0d3e-5d4b-4c55-9a0a-2f1a5b8e0009'],
      `Bundle.entry[1].resource.subject ${core('Bundle')}#reference`,
    ],
  ],
  references: [
    [
      'to another type',
      ['observation', ['subject', 'reference'], 'Practitioner/1'],
      `Observation.subject ${core('Observation')}#target`,
    ],
    [
      'by URL to another type',
      ['observation', ['encounter'], { reference: 'https://a.example/fhir/Patient/1' }],
      `Observation.encounter ${core('Observation')}#target`,
    ],
    [
      'by identifier with another type',
      ['observation', ['encounter'], { type: 'Patient', identifier: { value: '1' } }],
      `Observation.encounter ${core('Observation')}#target`,
    ],
    [
      'to a contained resource that does not exist',
      ['procedure', ['performer', 0, 'actor', 'reference'], '#other'],
      `Procedure.performer[0].actor ${core('Reference')}#ref-1`,
      `Procedure.contained[0] ${core('DomainResource')}#dom-3`,
    ],
    [
      'to a contained resource of another type',
      ['procedure', ['contained', 0, 'resourceType'], 'Medication'],
      `Procedure.performer[0].actor ${core('Procedure')}#target`,
      `Procedure.contained[0] ${core('Medication')}#unknown-element`,
    ],
  ],
  extensions: [
    [
      'without url',
      ['patient', ['extension'], [{ valueString: 'x' }]],
      `Patient.extension[0] ${core('Extension')}#min`,
    ],
    [
      'with neither a value nor extensions',
      ['patient', ['extension'], [{ url: core('patient-birthPlace') }]],
      `Patient.extension[0] ${core('Extension')}#ext-1`,
      `Patient.extension[0] ${core('patient-birthPlace')}#min`,
    ],
    [
      'with a value of another type',
      ['patient', ['extension'], [{ url: core('patient-birthPlace'), valueString: 'x' }]],
      `Patient.extension[0].value.ofType(string) ${core('patient-birthPlace')}#type`,
    ],
    [
      'on an element that is not allowed',
      [
        'patient',
        ['name', 0, 'extension'],
        [{ url: core('patient-birthPlace'), valueAddress: { city: 'X' } }],
      ],
      `Patient.name[0].extension[0] ${core('patient-birthPlace')}#context`,
    ],
    [
      'that R4 does not define',
      ['patient', ['extension'], [{ url: core('patient-shoeSize'), valueString: 'x' }]],
      `Patient.extension[0] ${core('patient-shoeSize')}#extension`,
    ],
    [
      'of a primitive, empty',
      ['patient', ['_birthDate'], {}],
      `Patient.birthDate ${core('Element')}#ele-1`,
    ],
  ],
  invariants: [
    [
      'of a resource',
      ['observation', ['dataAbsentReason'], { text: 'none' }],
      `Observation ${core('Observation')}#obs-6`,
    ],
    [
      'of an element',
      ['observation', ['referenceRange'], [{ appliesTo: [{ text: 'all' }] }]],
      `Observation.referenceRange[0] ${core('Observation')}#obs-3`,
    ],
    [
      'of a datatype',
      ['patient', ['telecom', 0, 'system']],
      `Patient.telecom[0] ${core('ContactPoint')}#cpt-2`,
    ],
    [
      'of a period',
      ['procedure', ['performedPeriod', 'end'], '2026-03-01T10:00:00Z'],
      `Procedure.performed.ofType(Period) ${core('Period')}#per-1`,
    ],
    [
      'of narrative: a script',
      [
        'patient',
        ['text', 'div'],
        '<div xmlns="http://www.w3.org/1999/xhtml"><script>x</script></div>',
      ],
      `Patient.text.div ${core('Narrative')}#txt-1`,
    ],
    [
      'of narrative: no text',
      ['patient', ['text', 'div'], '<div xmlns="http://www.w3.org/1999/xhtml"> <br/></div>'],
      `Patient.text.div ${core('Narrative')}#txt-2`,
    ],
    [
      'of Questionnaire items',
      ['questionnaire', ['item', 1, 'linkId'], 'a'],
      `Questionnaire ${core('Questionnaire')}#que-2`,
    ],
    [
      'of Questionnaire items, corrected from R4',
      [
        'questionnaire',
        ['item', 1, 'enableWhen', 1],
        { question: 'a', operator: 'exists', answerBoolean: true },
      ],
      `Questionnaire.item[1] ${core('Questionnaire')}#que-12`,
    ],
    [
      'of contained resources',
      ['procedure', ['contained', 0, 'meta'], { security: [{ code: 'x' }] }],
      `Procedure ${core('DomainResource')}#dom-5`,
    ],
    ['of a bundle', ['bundle', ['total'], 2], `Bundle ${core('Bundle')}#bdl-1`],
    ['of entries', ['bundle', ['entry', 1, 'request']], `Bundle ${core('Bundle')}#bdl-3`],
  ],
  'nested resources': [
    [
      'a bundle',
      ['bundle', ['entry', 0, 'resource', 'gender'], 'w'],
      `Bundle.entry[0].resource.gender ${core('Patient')}#binding`,
    ],
    [
      'a contained resource',
      ['procedure', ['contained', 0, 'shoeSize'], 1],
      `Procedure.contained[0] ${core('Practitioner')}#unknown-element`,
    ],
    [
      'an entry without a resourceType',
      ['bundle', ['entry', 0, 'resource'], {}],
      `Bundle.entry[0].resource ${core('Resource')}#not-a-resource`,
    ],
  ],
  "R4's vital signs, claimed or not": [
    [
      'only one of two pressures',
      ['pressure', ['component', 1, 'code', 'coding', 0, 'code'], '8480-6'],
      `Observation ${core('bp')}#min`,
      `Observation ${core('bp')}#max`,
    ],
    [
      'another unit',
      ['pressure', ['component', 0, 'valueQuantity', 'code'], 'kPa'],
      `Observation.component[0].value.ofType(Quantity).code ${core('bp')}#fixed`,
    ],
    ['no time', ['pressure', ['effectiveDateTime']], `Observation ${core('bp')}#min`],
    [
      'a time that is only a month',
      ['pressure', ['effectiveDateTime'], '2026-03'],
      `Observation.effective.ofType(dateTime) ${core('vitalsigns')}#vs-1`,
    ],
  ],
};

describe('validation of resources', () => {
  it.each(Object.keys(samples) as (keyof typeof samples)[])(
    'finds no issue in a valid %s',
    (name) => {
      expect(faults(JSON.parse(JSON.stringify(samples[name])))).toEqual([]);
    },
  );

  for (const [kind, cases] of Object.entries(CASES)) {
    describe(`reports ${kind}`, () => {
      for (const [what, [name, steps, value], ...expected] of cases) {
        it(what, () => {
          const found = faults(broken(name, steps, value));
          expect(found.map((fault) => fault.slice(fault.indexOf(' ') + 1))).toEqual(
            expect.arrayContaining(expected),
          );
        });
      }
    });
  }
});

describe('validation of unusual data', () => {
  it('handles a list as long as a request of 16 MB can contain', () => {
    const codes = Array.from({ length: 200_000 }, (_, index) => ({ code: `c${index}` }));
    const concept = [{ code: 'a', concept: codes }];
    const system = { resourceType: 'CodeSystem', status: 'draft', content: 'complete', concept };
    expect(faults(system).filter((fault) => fault.startsWith('error'))).toEqual([]);
  });

  it('reports a hole in a list, which callers in the same process can create', () => {
    const coding = [{ code: 'a' }];
    delete coding[0];
    coding.push({ code: 'b' });
    const code = { coding };
    expect(faults({ resourceType: 'Observation', status: 'final', code }).join()).toContain(
      'error Observation.code.coding[0]',
    );
  });
});
