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

    it('is found under the canonical that responses name', () => {
      expect(questionnaire).toMatchObject({
        id,
        url: `https://ims-fhir.org/fhir/Questionnaire/${id}`,
        version: '1.0.0',
        status: 'active',
        subjectType: ['Patient'],
      });
    });

    it('uses each linkId once, and begins it with the linkId of its group', () => {
      expect(new Set(items.map(({ linkId }) => linkId)).size).toBe(items.length);
      const astray = items.flatMap((group) =>
        (group.item ?? []).filter(({ linkId }) => !linkId.startsWith(`${group.linkId}.`)),
      );
      expect(astray).toEqual([]);
    });

    it('has items in groups only, never an empty group, and a text everywhere', () => {
      for (const { linkId, type, item, text } of items) {
        expect(type === 'group', linkId).toBe(item !== undefined);
        expect(item?.length, linkId).not.toBe(0);
        expect(text, linkId).toMatch(/\S/);
      }
    });

    it('binds every choice to a value set and lists no code itself', () => {
      for (const { linkId, type, answerValueSet, answerOption } of items) {
        expect(type === 'choice', linkId).toBe(answerValueSet !== undefined);
        expect(answerOption, linkId).toBeUndefined();
      }
    });
  },
);

describe('items', () => {
  it('of a list repeat and hide the key that every entry needs', () => {
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

  it('of a member that words may stand for are not required', () => {
    expect(itemOf('mechanisms.mechanism')).toMatchObject({
      text: 'Mechanism',
      type: 'choice',
      answerValueSet: 'https://ims-fhir.org/fhir/ValueSet/ims-pain-mechanism',
    });
    expect(itemOf('mechanisms.mechanism')).not.toHaveProperty('required');
  });

  it('of a number with a unit are a quantity in that unit, with the two ends of a range beside', () => {
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

  it('of a score or count are a plain decimal', () => {
    expect(itemOf('pain.value')).toEqual({
      linkId: 'pain.value',
      text: 'Score',
      type: 'decimal',
    });
  });

  it('of sets repeat; moments, dates and free words have types of their own', () => {
    expect(itemOf('mechanisms.supportedBy')).toMatchObject({ type: 'string', repeats: true });
    expect(itemOf('sites.segments')).toMatchObject({ type: 'choice', repeats: true });
    expect(itemOf('pain.at')?.type).toBe('dateTime');
    expect(itemOf('consents.givenDate')?.type).toBe('date');
    expect(itemOf('pain.text')?.type).toBe('text');
  });
});
