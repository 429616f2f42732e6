import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { questionnaireOf } from '../../profiles/scripts/questionnaire.ts';
import { assessmentForm, forms } from '../../src/mapping/codec/forms.ts';

function allItems(items: readonly QuestionnaireItem[] = []): QuestionnaireItem[] {
  return items.flatMap((item) => [item, ...allItems(item.item)]);
}

const assessment = allItems(questionnaireOf(assessmentForm).item);
const itemOf = (linkId: string) => assessment.find((item) => item.linkId === linkId);

describe.each(forms.map((form) => [form.id, questionnaireOf(form)] as const))(
  'Questionnaire %s',
  (id, questionnaire) => {
    const items = allItems(questionnaire.item);

    it('has the canonical URL that responses reference', () => {
      expect(questionnaire).toMatchObject({
        id,
        url: `https://ims-fhir.org/fhir/Questionnaire/${id}`,
        version: '1.0.0',
        status: 'active',
        subjectType: ['Patient'],
      });
    });

    it('uses each linkId once, and each begins with the linkId of its group', () => {
      expect(new Set(items.map(({ linkId }) => linkId)).size).toBe(items.length);
      const misnamed = items.flatMap((group) =>
        (group.item ?? []).filter(({ linkId }) => !linkId.startsWith(`${group.linkId}.`)),
      );
      expect(misnamed).toEqual([]);
    });

    it('has no empty group, no item in an item that is not a group, and a text for each item', () => {
      for (const { linkId, type, item, text } of items) {
        expect(type === 'group', linkId).toBe(item !== undefined);
        expect(item?.length, linkId).not.toBe(0);
        expect(text, linkId).toMatch(/\S/);
      }
    });

    it('binds every choice to a value set and lists no codes', () => {
      for (const { linkId, type, answerValueSet, answerOption } of items) {
        expect(type === 'choice', linkId).toBe(answerValueSet !== undefined);
        expect(answerOption, linkId).toBeUndefined();
      }
    });
  },
);

describe('the items', () => {
  it('of a list repeat and hide the key, which every entry requires', () => {
    expect(itemOf('pain')).toMatchObject({ type: 'group', repeats: true });
    expect(itemOf('pain.key')).toMatchObject({
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden',
          valueBoolean: true,
        },
      ],
      type: 'string',
      required: true,
    });
  });

  it('of a member that may be given in words only are not required', () => {
    expect(itemOf('mechanisms.mechanism')).toMatchObject({
      text: 'Mechanism',
      type: 'choice',
      answerValueSet: 'https://ims-fhir.org/fhir/ValueSet/ims-pain-mechanism',
    });
    expect(itemOf('mechanisms.mechanism')).not.toHaveProperty('required');
  });

  it('of a number with a unit are quantities in that unit, also for the ends of a range', () => {
    const unit = {
      url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption',
      valueCoding: { system: 'http://unitsofmeasure.org', code: 'd', display: 'd' },
    };
    for (const end of ['', '.low', '.high']) {
      const item = itemOf(`pain.periodDays${end}`);
      expect(item, end).toMatchObject({ type: 'quantity', extension: [unit] });
    }
    expect(itemOf('pain.periodDays.low')?.text).toBe('Period, at least');
  });

  it('of a score or count are decimals without a unit', () => {
    expect(itemOf('pain.value')).toEqual({
      linkId: 'pain.value',
      text: 'Score',
      type: 'decimal',
    });
  });

  it('of sets repeat; those of instants, dates and free text have the matching types', () => {
    expect(itemOf('mechanisms.supportedBy')).toMatchObject({ type: 'string', repeats: true });
    expect(itemOf('sites.segments')).toMatchObject({ type: 'choice', repeats: true });
    expect(itemOf('pain.at')?.type).toBe('dateTime');
    expect(itemOf('consents.givenDate')?.type).toBe('date');
    expect(itemOf('pain.text')?.type).toBe('text');
  });
});
