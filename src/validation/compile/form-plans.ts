import type { Coding, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { choiceIn, type Json, type JsonObject } from '../json.ts';
import type { DefinitionIndex } from './definition-index.ts';

/** A Questionnaire ready to check responses with. */
export interface FormPlan {
  /** Canonical without version. */
  readonly url: string;
  readonly items: ItemPlans;
}

/** The items of one level, by linkId and in order. */
export interface ItemPlans {
  readonly byLinkId: ReadonlyMap<string, ItemPlan>;
  readonly list: readonly ItemPlan[];
}

/** One question, group or display. */
export interface ItemPlan {
  readonly definition: QuestionnaireItem;
  readonly linkId: string;
  /** Place among its siblings. */
  readonly index: number;
  readonly items: ItemPlans;
  /** Types of `value[x]` that an answer may have. */
  readonly answers: ReadonlySet<string>;
  /** Units a quantity may have; undefined for any. */
  readonly units: readonly Coding[] | undefined;
  /** Values that an answer may not go below, or beyond. */
  readonly limits: readonly Limit[];
  readonly minOccurs: number | undefined;
  readonly maxOccurs: number | undefined;
}

interface Limit {
  readonly isLeast: boolean;
  readonly limit: Json | undefined;
}

/** Types of answers by type of question: https://hl7.org/fhir/R4/codesystem-item-type.html */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  boolean: ['boolean'],
  decimal: ['decimal'],
  integer: ['integer'],
  date: ['date'],
  dateTime: ['dateTime'],
  time: ['time'],
  string: ['string'],
  text: ['string'],
  url: ['uri'],
  choice: ['Coding'],
  'open-choice': ['Coding', 'string'],
  attachment: ['Attachment'],
  reference: ['Reference'],
  quantity: ['Quantity'],
};

const EXTENSION = 'http://hl7.org/fhir/StructureDefinition/';

/** Finds the plan of a Questionnaire by canonical, with or without version. */
export type Forms = (canonical: string) => FormPlan | undefined;

/** The Questionnaires that are held, and `more`, compiled at first use. */
export function createForms(
  { definitions }: DefinitionIndex,
  more: readonly Questionnaire[] = [],
): Forms {
  const known = new Map<string, FormPlan>();
  const all = [...more, ...(definitions.questionnaires as readonly Questionnaire[])];
  return (canonical) => {
    const there = known.get(canonical);
    if (there !== undefined) return there;
    const [url, version] = canonical.split('|');
    const found = all.find(
      (one) =>
        one.url === url &&
        (version === undefined || one.version === undefined || one.version === version),
    );
    if (found === undefined) return undefined;
    const made = { url: url ?? canonical, items: plansOf(found.item) };
    known.set(canonical, made);
    return made;
  };
}

function plansOf(items: readonly QuestionnaireItem[] | undefined): ItemPlans {
  const list = (Array.isArray(items) ? items : []).map((definition, index) => {
    const linkId = definition.linkId ?? '';
    return {
      definition,
      linkId,
      index,
      items: plansOf(definition.item),
      answers: new Set([...answersOf(definition), ...optionTypes(definition)]),
      units: unitsOf(definition),
      limits: limitsOf(definition),
      minOccurs: extended(definition, 'questionnaire-minOccurs')?.valueInteger,
      maxOccurs: extended(definition, 'questionnaire-maxOccurs')?.valueInteger,
    };
  });
  return { list, byLinkId: new Map(list.map((plan) => [plan.linkId, plan])) };
}

function answersOf({ type }: QuestionnaireItem): readonly string[] {
  const name: string = type ?? '';
  return (Object.hasOwn(ANSWERS, name) ? ANSWERS[name] : undefined) ?? [];
}

/** A choice may be among strings, numbers or dates where its options are. */
function optionTypes({ answerOption = [] }: QuestionnaireItem): string[] {
  const names = answerOption.flatMap((option) => Object.keys(option));
  return names
    .filter((name) => name.startsWith('value'))
    .map((name) => name.slice('value'.length))
    .map((type) => (/^(Coding|Reference)$/.test(type) ? type : type.toLowerCase()));
}

function unitsOf(item: QuestionnaireItem): readonly Coding[] | undefined {
  const units = (item.extension ?? []).flatMap(({ url, valueCoding }) =>
    /\/questionnaire-unit(Option)?$/.test(url) && valueCoding !== undefined ? [valueCoding] : [],
  );
  return units.length > 0 ? units : undefined;
}

function limitsOf({ extension = [] }: QuestionnaireItem): Limit[] {
  return extension.flatMap((one) => {
    const side = /\/m(in|ax)Value$/.exec(one.url)?.[1];
    if (side === undefined) return [];
    return [{ isLeast: side === 'in', limit: choiceIn(one as unknown as JsonObject, 'value') }];
  });
}

function extended({ extension = [] }: QuestionnaireItem, name: string) {
  return extension.find(({ url }) => url === EXTENSION + name);
}
