// Evaluates the enableWhen conditions of a Questionnaire on the answers of a response.
import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import { compare } from '../fhirpath/items.ts';
import {
  choiceValue,
  isEqualJson,
  isObject,
  type Json,
  type JsonObject,
  objectsIn,
} from '../json.ts';

/** The items of one level of a response, with the level around it. */
export class ItemLevel {
  readonly #items: readonly JsonObject[];
  readonly parent: ItemLevel | undefined;
  #answers: ReadonlyMap<unknown, readonly Json[]> | undefined;
  /** Each condition is evaluated once, however many items depend on it. */
  readonly #results = new Map<QuestionnaireItemEnableWhen, boolean>();

  constructor(items: readonly JsonObject[], parent: ItemLevel | undefined) {
    this.#items = items;
    this.parent = parent;
  }

  /** The answers to a question, in the items of this level or nested in them. */
  answersTo(linkId: string): readonly Json[] {
    this.#answers ??= answersByLinkId(this.#items);
    return this.#answers.get(linkId) ?? NO_ANSWERS;
  }

  /** Whether the answers of this level meet a condition. */
  meets(condition: QuestionnaireItemEnableWhen): boolean {
    const cached = this.#results.get(condition);
    if (cached !== undefined) return cached;
    const result = meetsCondition(this.answersTo(condition.question ?? ''), condition);
    this.#results.set(condition, result);
    return result;
  }
}

const NO_ANSWERS: readonly Json[] = [];

/** Whether a question is enabled by the given answers: https://hl7.org/fhir/R4/questionnaire.html */
export function isEnabled(
  { enableWhen = [], enableBehavior }: QuestionnaireItem,
  level: ItemLevel,
): boolean {
  if (enableWhen.length === 0) return true;
  const isMet = (condition: QuestionnaireItemEnableWhen) => isConditionMet(condition, level);
  return enableBehavior === 'all' ? enableWhen.every(isMet) : enableWhen.some(isMet);
}

/** Evaluates a condition on the nearest level that has an answer to its question. */
function isConditionMet(condition: QuestionnaireItemEnableWhen, start: ItemLevel): boolean {
  const { question = '' } = condition;
  for (let level: ItemLevel | undefined = start; level !== undefined; level = level.parent) {
    if (level.answersTo(question).length > 0) return level.meets(condition);
  }
  return meetsCondition(NO_ANSWERS, condition);
}

function meetsCondition(answers: readonly Json[], condition: QuestionnaireItemEnableWhen): boolean {
  const { operator } = condition;
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
  if (!isObject(answer) || !isObject(expected)) return isEqualJson(answer, expected);
  // Codings are compared without their display.
  if (expected.code !== undefined) {
    return answer.code === expected.code && answer.system === expected.system;
  }
  return isEqualJson(answer, expected);
}

/** The answers in items and in everything nested in them, by linkId. */
function answersByLinkId(items: readonly JsonObject[]): ReadonlyMap<unknown, readonly Json[]> {
  const byLinkId = new Map<unknown, Json[]>();
  const collect = (item: JsonObject): void => {
    const answers = objectsIn(item, 'answer');
    for (const answer of answers) {
      const value = choiceValue(answer, 'value');
      if (value === undefined) continue;
      const values = byLinkId.get(item.linkId);
      if (values === undefined) byLinkId.set(item.linkId, [value]);
      else values.push(value);
    }
    for (const parent of [item, ...answers]) {
      for (const child of objectsIn(parent, 'item')) collect(child);
    }
  };
  for (const item of items) collect(item);
  return byLinkId;
}
