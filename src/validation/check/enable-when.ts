import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import { compare } from '../fhirpath/order.ts';
import { choiceValue, isObject, isSame, type Json, type JsonObject, objectsIn } from '../json.ts';

/** The items of one level of a response, with the levels around it. */
export interface ItemLevel {
  readonly items: readonly JsonObject[];
  readonly parent: ItemLevel | undefined;
}

/** Whether a question is enabled by the given answers: https://hl7.org/fhir/R4/questionnaire.html */
export function isEnabled(
  { enableWhen = [], enableBehavior }: QuestionnaireItem,
  level: ItemLevel,
): boolean {
  if (enableWhen.length === 0) return true;
  const isMet = (condition: QuestionnaireItemEnableWhen) => isConditionMet(condition, level);
  return enableBehavior === 'all' ? enableWhen.every(isMet) : enableWhen.some(isMet);
}

function isConditionMet(condition: QuestionnaireItemEnableWhen, level: ItemLevel): boolean {
  const { question = '', operator } = condition;
  const answers = answersTo(question, level);
  const expected = choiceValue(condition as unknown as JsonObject, 'answer');
  if (operator === 'exists') return answers.length > 0 === expected;
  return answers.some((answer) => compareAnswer(answer, operator, expected));
}

function compareAnswer(
  answer: Json,
  operator: string | undefined,
  expected: Json | undefined,
): boolean {
  if (operator === '=') return isEqualAnswer(answer, expected);
  if (operator === '!=') return !isEqualAnswer(answer, expected);
  const order = compare(answer, expected);
  if (order === undefined) return false;
  switch (operator) {
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '>=':
      return order >= 0;
    default:
      return order <= 0;
  }
}

function isEqualAnswer(answer: Json, expected: Json | undefined): boolean {
  if (!isObject(answer) || !isObject(expected)) return isSame(answer, expected);
  // Codings are equal whatever their display is.
  if (expected.code !== undefined) {
    return answer.code === expected.code && answer.system === expected.system;
  }
  return isSame(answer, expected);
}

/** Answers to a question, from the nearest level that has any. */
function answersTo(linkId: string, start: ItemLevel | undefined): Json[] {
  for (let level = start; level !== undefined; level = level.parent) {
    const answers = level.items.flatMap((item) => answersWithin(item, linkId));
    if (answers.length > 0) return answers;
  }
  return [];
}

function answersWithin(item: JsonObject, linkId: string): Json[] {
  const answers = objectsIn(item, 'answer');
  const values = answers.flatMap((answer) => {
    const value = item.linkId === linkId ? choiceValue(answer, 'value') : undefined;
    return value === undefined ? [] : [value];
  });
  const children = [item, ...answers].flatMap((parent) => objectsIn(parent, 'item'));
  return [...values, ...children.flatMap((child) => answersWithin(child, linkId))];
}
