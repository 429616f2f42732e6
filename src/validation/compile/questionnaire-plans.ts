// Prepares Questionnaires for the checks of their responses.
import type { Coding, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { memoizeWeak } from '../../memoize.ts';
import { choiceValue, type Json, type JsonObject } from '../json.ts';
import { CORE, type DefinitionIndex } from './definition-index.ts';

/** A Questionnaire prepared for checking its responses. */
export interface QuestionnairePlan {
  /** Canonical without version. */
  readonly url: string;
  readonly items: ItemPlans;
}

/** The items of one level, by linkId and in order. */
export interface ItemPlans {
  readonly byLinkId: ReadonlyMap<string, ItemPlan>;
  readonly list: readonly ItemPlan[];
}

/** One question, group or display item. */
export interface ItemPlan {
  readonly definition: QuestionnaireItem;
  readonly linkId: string;
  /** Position among the items of its level. */
  readonly index: number;
  readonly items: ItemPlans;
  /** Types of `value[x]` that an answer may have. */
  readonly answerTypes: ReadonlySet<string>;
  /** Units that a quantity may have; undefined for any. */
  readonly units: readonly Coding[] | undefined;
  /** The smallest and largest values that an answer may have. */
  readonly limits: readonly Limit[];
  readonly minOccurs: number | undefined;
  readonly maxOccurs: number | undefined;
}

interface Limit {
  readonly isMinimum: boolean;
  readonly value: Json | undefined;
}

/** Answer types by item type: https://hl7.org/fhir/R4/codesystem-item-type.html */
const ANSWER_TYPES: Readonly<Record<string, readonly string[]>> = {
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

/** Finds the plan of a Questionnaire by canonical, with or without version. */
export type QuestionnairePlans = (canonical: string) => QuestionnairePlan | undefined;

/** Plans of the loaded Questionnaires and of `additional` ones, which come first. */
export function createQuestionnairePlans(
  { raw }: DefinitionIndex,
  additional: readonly Questionnaire[] = [],
): QuestionnairePlans {
  const questionnaires = [...additional, ...(raw.questionnaires as readonly Questionnaire[])];
  const planOf = memoizeWeak(
    ({ url = '', item }: Questionnaire): QuestionnairePlan => ({ url, items: itemPlans(item) }),
  );
  return (canonical) => {
    const [url, version] = canonical.split('|');
    const questionnaire = questionnaires.find(
      (candidate) =>
        candidate.url === url &&
        (version === undefined || candidate.version === undefined || candidate.version === version),
    );
    return questionnaire && planOf(questionnaire);
  };
}

function itemPlans(items: readonly QuestionnaireItem[] | undefined): ItemPlans {
  const list = (Array.isArray(items) ? items : []).map((definition, index) => {
    const linkId = definition.linkId ?? '';
    return {
      definition,
      linkId,
      index,
      items: itemPlans(definition.item),
      answerTypes: new Set([...answerTypesOf(definition), ...optionTypesOf(definition)]),
      units: unitsOf(definition),
      limits: limitsOf(definition),
      minOccurs: findExtension(definition, 'questionnaire-minOccurs')?.valueInteger,
      maxOccurs: findExtension(definition, 'questionnaire-maxOccurs')?.valueInteger,
    };
  });
  return { list, byLinkId: new Map(list.map((plan) => [plan.linkId, plan])) };
}

function answerTypesOf({ type }: QuestionnaireItem): readonly string[] {
  const name: string = type ?? '';
  return (Object.hasOwn(ANSWER_TYPES, name) ? ANSWER_TYPES[name] : undefined) ?? [];
}

/** The options of a choice may be strings, numbers or dates instead of codings. */
function optionTypesOf({ answerOption = [] }: QuestionnaireItem): string[] {
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
  return extension.flatMap((entry) => {
    const bound = /\/(minValue|maxValue)$/.exec(entry.url)?.[1];
    if (bound === undefined) return [];
    const value = choiceValue(entry as unknown as JsonObject, 'value');
    return [{ isMinimum: bound === 'minValue', value }];
  });
}

function findExtension({ extension = [] }: QuestionnaireItem, name: string) {
  return extension.find(({ url }) => url === CORE + name);
}
