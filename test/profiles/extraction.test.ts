// Items marked for SDC's observation extraction, compared with the Observations that this adapter writes:
// every marked item that is answered gives an Observation with the same code and category.
import type {
  Observation,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Resource,
} from '@medplum/fhirtypes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionnaireOf } from '../../profiles/scripts/questionnaire.ts';
import { structureUrl } from '../../src/fhir/canonical.ts';
import { forms } from '../../src/mapping/codec/forms.ts';
import { formOf } from '../../src/mapping/resources/questionnaire-response.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import { assess } from '../../src/safety/assess.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition';

interface ExtractionMark {
  readonly code: string;
  readonly category: string | undefined;
}

function allItems(items: readonly QuestionnaireItem[] = []): QuestionnaireItem[] {
  return items.flatMap((item) => [item, ...allItems(item.item)]);
}

const extensionNamed = ({ extension }: QuestionnaireItem, name: string) =>
  extension?.find(({ url }) => url === `${SDC}/${name}`);
const isMarked = (item: QuestionnaireItem) =>
  extensionNamed(item, 'sdc-questionnaire-observationExtract')?.valueBoolean === true;

function markOf(item: QuestionnaireItem): ExtractionMark {
  const category = extensionNamed(item, 'sdc-questionnaire-observation-extract-category');
  return {
    code: item.code?.[0]?.code ?? '',
    category: category?.valueCodeableConcept?.coding?.[0]?.code,
  };
}

const marks = new Map(
  forms.map((form) => {
    const items = allItems(questionnaireOf(form).item).filter(isMarked);
    return [form.id, new Map(items.map((item) => [item.linkId, markOf(item)]))] as const;
  }),
);

const drawn = fc
  .sample(arbitraryRecord({ density: 'dense' }), { seed: 20261128, numRuns: 60 })
  .filter(({ status }) => status !== 'entered-in-error')
  .map((record) => toFhir(record, assess(record)).resources.map(({ resource }) => resource));

function ofType<T extends Resource>(resources: readonly Resource[], type: T['resourceType']): T[] {
  return resources.filter((resource): resource is T => resource.resourceType === type);
}

function answered(items: readonly QuestionnaireResponseItem[] = []): [string, string][] {
  return items.flatMap(({ linkId, answer, item }): [string, string][] => [
    ...(answer ?? []).map(({ valueCoding }): [string, string] => [linkId, valueCoding?.code ?? '']),
    ...answered(item),
  ]);
}

/** Answers of a screening that do not become Observations; only its outcome counts them. */
const WITHOUT_OBSERVATION = new Set(['373067005', 'not-asked', 'not-applicable']);

describe('the items marked for extraction', () => {
  it('exist in each form, each with a code of this adapter and a category', () => {
    for (const [id, marked] of marks) {
      expect(marked.size, id).toBeGreaterThan(30);
      for (const { code, category } of marked.values()) {
        expect(code).toMatch(/^[a-z0-9-]+$/);
        expect(category).toMatch(/^(exam|survey)$/);
      }
    }
  });

  it('give an Observation with the same code and category wherever they are answered', () => {
    let compared = 0;
    for (const resources of drawn) {
      const written = new Set(
        ofType<Observation>(resources, 'Observation').map(
          ({ code, category }) => `${code.coding?.[0]?.code} ${category?.[0]?.coding?.[0]?.code}`,
        ),
      );
      for (const response of ofType<QuestionnaireResponse>(resources, 'QuestionnaireResponse')) {
        const form = formOf(response)?.id ?? '';
        for (const [linkId, answer] of answered(response.item)) {
          const mark = marks.get(form)?.get(linkId);
          if (
            mark === undefined ||
            (mark.code.startsWith('screen-') && WITHOUT_OBSERVATION.has(answer))
          )
            continue;
          expect(written, linkId).toContain(`${mark.code} ${mark.category}`);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  it('include every sign and screening question', () => {
    const marked = new Set(
      [...marks.values()].flatMap((ofForm) => [...ofForm.values()].map(({ code }) => code)),
    );
    const profiles = ['ims-sign', 'ims-progress', 'ims-screening-item'].map(structureUrl);
    const written = drawn
      .flatMap((resources) => ofType<Observation>(resources, 'Observation'))
      .filter(({ meta }) => meta?.profile?.some((profile) => profiles.includes(profile)))
      .map(({ code }) => code.coding?.[0]?.code ?? '');
    expect(new Set(written).size).toBeGreaterThan(40);
    expect([...new Set(written)].filter((code) => !marked.has(code))).toEqual([]);
  });
});
