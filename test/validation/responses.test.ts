import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { bundleOf, resourcesOf } from '../examples/cases.ts';
import { faults, validator } from './definitions.ts';

const URL = 'https://a.example/Questionnaire/form';
const UNIT_OPTION = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption';
const UCUM = 'http://unitsofmeasure.org';

const form: Questionnaire = {
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

const good: QuestionnaireResponse = {
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

function told(change: (items: Items, response: QuestionnaireResponse) => void): string[] {
  const response = structuredClone(good);
  change(response.item ?? [], response);
  return validator
    .validate(response, { questionnaires: [form] })
    .map(({ path, source = '' }) => `${path} ${source.replace(`${URL}#`, '')}`);
}

const item = 'QuestionnaireResponse.item';

describe('a response against its Questionnaire', () => {
  it('is without fault where every answer fits', () => {
    expect(told(() => {})).toEqual([]);
  });

  it('cannot be checked against a Questionnaire that is not held', () => {
    expect(faults(good)).toEqual([`information QuestionnaireResponse ${URL}#questionnaire`]);
  });

  it.each<[string, (items: Items, response: QuestionnaireResponse) => void, ...string[]]>([
    [
      'a question of another form',
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
      'another text',
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
      'two answers where one is asked',
      (items) => {
        items[0]?.answer?.push({ valueBoolean: false });
      },
      `${item}[0] answer`,
    ],
    [
      'no answer to what is required',
      (items) => {
        items.splice(1, 1);
      },
      'QuestionnaireResponse required',
    ],
    [
      'no answer in an item that is required',
      (items) => {
        items[4] = { linkId: 'sites', item: [{ linkId: 'sites.name', text: 'Name' }] };
      },
      `${item}[4].item[0] required`,
    ],
    [
      'an answer that was not asked for',
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
      'words for a choice',
      (items) => {
        items[2] = { linkId: 'kind', answer: [{ valueString: 'dull' }] };
      },
      `${item}[2].answer[0].value.ofType(string) answer`,
    ],
    [
      'a choice that is not offered',
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
      'another unit',
      (items) => {
        items[3] = {
          linkId: 'force',
          answer: [{ valueQuantity: { value: 31, system: UCUM, code: 'g' } }],
        };
      },
      `${item}[3].answer[0].value.ofType(Quantity) answer`,
    ],
    [
      'more characters than asked for',
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
  ])('tells %s', (_what, change, ...expected) => {
    expect(told(change)).toEqual(expected);
  });

  it('asks for what is required only once the response is complete', () => {
    const found = told((items, response) => {
      response.status = 'in-progress';
      items.splice(1, 1);
    });
    expect(found).toEqual([]);
  });

  it("is checked against the project's own Questionnaires", () => {
    const [response] = resourcesOf<QuestionnaireResponse>(bundleOf('01'), 'QuestionnaireResponse');
    const copy = structuredClone(response) as QuestionnaireResponse;
    copy.item?.push({ linkId: 'nobodyAsked' });
    expect(faults(copy)).toEqual([
      expect.stringMatching(/^error QuestionnaireResponse .*Questionnaire\/ims-.*#question$/),
    ]);
  });
});
