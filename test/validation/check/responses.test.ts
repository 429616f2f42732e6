import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { bundleOf, resourcesOf } from '../../examples/cases.ts';
import { faults, validator } from '../definitions.ts';

const URL = 'https://a.example/Questionnaire/form';
const UNIT_OPTION = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption';
const UCUM = 'http://unitsofmeasure.org';

const questionnaire: Questionnaire = {
  resourceType: 'Questionnaire',
  url: URL,
  status: 'active',
  item: [
    { linkId: 'any', text: 'Any pain?', type: 'boolean', required: true },
    {
      linkId: 'where',
      text: 'Where?',
      type: 'string',
      maxLength: 10,
      required: true,
      enableWhen: [{ question: 'any', operator: '=', answerBoolean: true }],
    },
    {
      linkId: 'kind',
      text: 'Which kind?',
      type: 'choice',
      repeats: true,
      answerOption: [{ valueCoding: { system: 'urn:x:kind', code: 'dull' } }],
    },
    {
      linkId: 'sex',
      text: 'Gender',
      type: 'choice',
      answerValueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender',
    },
    {
      linkId: 'force',
      text: 'Grip',
      type: 'quantity',
      extension: [{ url: UNIT_OPTION, valueCoding: { system: UCUM, code: 'kg' } }],
    },
    {
      linkId: 'sites',
      text: 'Sites',
      type: 'group',
      repeats: true,
      item: [{ linkId: 'sites.name', text: 'Name', type: 'string', required: true }],
    },
    { linkId: 'note', text: 'Thank you', type: 'display' },
  ],
};

const valid: QuestionnaireResponse = {
  resourceType: 'QuestionnaireResponse',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Answers</div>' },
  questionnaire: URL,
  status: 'completed',
  item: [
    { linkId: 'any', text: 'Any pain?', answer: [{ valueBoolean: true }] },
    { linkId: 'where', answer: [{ valueString: 'back' }] },
    { linkId: 'kind', answer: [{ valueCoding: { system: 'urn:x:kind', code: 'dull' } }] },
    { linkId: 'force', answer: [{ valueQuantity: { value: 31, system: UCUM, code: 'kg' } }] },
    { linkId: 'sites', item: [{ linkId: 'sites.name', answer: [{ valueString: 'a' }] }] },
    { linkId: 'sites', item: [{ linkId: 'sites.name', answer: [{ valueString: 'b' }] }] },
  ],
};

type Items = NonNullable<QuestionnaireResponse['item']>;

/** The issues of the valid response after a change: path and rule. */
function faultsAfter(change: (items: Items, response: QuestionnaireResponse) => void): string[] {
  const response = structuredClone(valid);
  change(response.item ?? [], response);
  return validator
    .validate(response, { questionnaires: [questionnaire] })
    .map(({ path, source = '' }) => `${path} ${source.replace(`${URL}#`, '')}`);
}

const item = 'QuestionnaireResponse.item';

describe('a response against its Questionnaire', () => {
  it('is valid when every answer fits', () => {
    expect(faultsAfter(() => {})).toEqual([]);
  });

  it('is reported as not checked when its Questionnaire is not loaded', () => {
    expect(faults(valid)).toEqual([`information QuestionnaireResponse ${URL}#questionnaire`]);
  });

  it.each<[string, (items: Items, response: QuestionnaireResponse) => void, ...string[]]>([
    [
      'a question of another Questionnaire',
      (items) => {
        items[1] = { linkId: 'x' };
      },
      'QuestionnaireResponse question',
      'QuestionnaireResponse required',
    ],
    [
      'a question of another level',
      (items) => {
        items.push({ linkId: 'sites.name', answer: [{ valueString: 'a' }] });
      },
      'QuestionnaireResponse question',
    ],
    [
      'another text than the question has',
      (items) => {
        items[0] = { ...items[0], linkId: 'any', text: 'Any?' };
      },
      `${item}[0] question`,
    ],
    [
      'items out of order',
      (items) => {
        items.reverse();
      },
      'QuestionnaireResponse question',
      'QuestionnaireResponse question',
      'QuestionnaireResponse question',
      'QuestionnaireResponse question',
    ],
    [
      'a question twice',
      (items) => {
        items.splice(1, 0, { linkId: 'any', answer: [{ valueBoolean: true }] });
      },
      'QuestionnaireResponse question',
    ],
    [
      'two answers where one is allowed',
      (items) => {
        items[0]?.answer?.push({ valueBoolean: false });
      },
      `${item}[0] answer`,
    ],
    [
      'a required question that is missing',
      (items) => {
        items.splice(1, 1);
      },
      'QuestionnaireResponse required',
    ],
    [
      'a required question without an answer',
      (items) => {
        items[4] = { linkId: 'sites', item: [{ linkId: 'sites.name', text: 'Name' }] };
      },
      `${item}[4].item[0] required`,
    ],
    [
      'an answer to a question that is not enabled',
      (items) => {
        items[0] = { linkId: 'any', answer: [{ valueBoolean: false }] };
      },
      `${item}[1] disabled`,
    ],
    [
      'an answer of another type',
      (items) => {
        items[0] = { linkId: 'any', answer: [{ valueString: 'yes' }] };
      },
      `${item}[0].answer[0].value.ofType(string) answer`,
      `${item}[1] disabled`,
    ],
    [
      'text instead of a choice',
      (items) => {
        items[2] = { linkId: 'kind', answer: [{ valueString: 'dull' }] };
      },
      `${item}[2].answer[0].value.ofType(string) answer`,
    ],
    [
      'a code that is not an option',
      (items) => {
        items[2] = {
          linkId: 'kind',
          answer: [{ valueCoding: { system: 'urn:x:kind', code: 'odd' } }],
        };
      },
      `${item}[2].answer[0] answer`,
    ],
    [
      'a code outside the value set',
      (items) => {
        items.splice(3, 0, {
          linkId: 'sex',
          answer: [{ valueCoding: { system: 'urn:x:kind', code: 'dull' } }],
        });
      },
      `${item}[3].answer[0] answer`,
    ],
    [
      'a unit that is not allowed',
      (items) => {
        items[3] = {
          linkId: 'force',
          answer: [{ valueQuantity: { value: 31, system: UCUM, code: 'g' } }],
        };
      },
      `${item}[3].answer[0].value.ofType(Quantity) answer`,
    ],
    [
      'more characters than allowed',
      (items) => {
        items[1] = { linkId: 'where', answer: [{ valueString: 'in the lower back' }] };
      },
      `${item}[1].answer[0].value.ofType(string) answer`,
    ],
    [
      'an answer to a display',
      (items) => {
        items.push({ linkId: 'note', answer: [{ valueString: 'x' }] });
      },
      `${item}[6] answer`,
    ],
  ])('is invalid with %s', (_what, change, ...expected) => {
    expect(faultsAfter(change)).toEqual(expected);
  });

  it('needs the required answers only when it is completed', () => {
    const found = faultsAfter((items, response) => {
      response.status = 'in-progress';
      items.splice(1, 1);
    });
    expect(found).toEqual([]);
  });

  it("is checked against this project's own Questionnaires", () => {
    const [response] = resourcesOf<QuestionnaireResponse>(bundleOf('01'), 'QuestionnaireResponse');
    const copy = structuredClone(response) as QuestionnaireResponse;
    copy.item?.push({ linkId: 'nobodyAsked' });
    expect(faults(copy)).toEqual([
      expect.stringMatching(/^error QuestionnaireResponse .*Questionnaire\/ims-.*#question$/),
    ]);
  });
});
