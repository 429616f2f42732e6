// Checks one answer of a QuestionnaireResponse against its question.
import type { ItemPlan } from '../compile/questionnaire-plans.ts';
import { compare } from '../fhirpath/items.ts';
import {
  choiceName,
  choiceValue,
  isEqualJson,
  isObject,
  type Json,
  type JsonObject,
} from '../json.ts';
import type { ValidationContext } from './context.ts';

/** What an answer is checked with. */
export interface AnswerContext {
  readonly context: ValidationContext;
  /** Canonical of the Questionnaire. */
  readonly source: string;
}

/** Checks the type of an answer, its limits, and that it is one of the options. */
export function checkAnswer(
  answer: JsonObject,
  plan: ItemPlan,
  { context, source }: AnswerContext,
): void {
  const { report, definitions } = context;
  const name = choiceName(answer, 'value');
  if (name === undefined) return;
  const value = answer[name] as Json;
  const suffix = name.slice('value'.length);
  const type = definitions.typeBySuffix(suffix) ?? suffix;
  const message = plan.answerTypes.has(type)
    ? valueFault(value, plan)
    : `${plan.linkId}: type of the answer is not allowed`;
  if (message !== undefined) {
    report.enter(`.value.ofType(${type})`);
    report.add({ kind: 'answer', message, source });
    report.leave();
  }
  if (message === undefined && plan.answerTypes.has('Coding')) {
    checkOption(value, type, plan, { context, source });
    checkAnswerValueSet(value, plan, { context, source });
  }
}

function valueFault(value: Json, plan: ItemPlan): string | undefined {
  const { definition, units, limits, linkId } = plan;
  const { maxLength } = definition;
  if (maxLength !== undefined && typeof value === 'string' && value.length > maxLength) {
    return `${linkId}: at most ${maxLength} characters allowed`;
  }
  if (units !== undefined && isObject(value)) {
    const isAllowed = units.some((unit) => isSameCode(unit, value));
    if (!isAllowed) return `${linkId}: unit is not allowed`;
  }
  for (const { value: limit, isMinimum } of limits) {
    const order = compare(value, limit);
    if (order !== undefined && (isMinimum ? order < 0 : order > 0)) {
      return `${linkId}: answer is out of range`;
    }
  }
  return undefined;
}

function checkOption(
  value: Json,
  type: string,
  { definition, linkId }: ItemPlan,
  { context, source }: AnswerContext,
): void {
  const { answerOption } = definition;
  if (answerOption === undefined || (type !== 'Coding' && definition.type !== 'choice')) return;
  const isOption = answerOption.some((entry) => {
    const option = choiceValue(entry as unknown as JsonObject, 'value');
    return isObject(option) ? isSameCode(option, value) : isEqualJson(option, value);
  });
  if (isOption) return;
  context.report.add({ kind: 'answer', message: notAnOption(linkId), source });
}

function checkAnswerValueSet(
  value: Json,
  { definition, linkId }: ItemPlan,
  { context, source }: AnswerContext,
): void {
  const { answerValueSet } = definition;
  if (answerValueSet === undefined || !isObject(value)) return;
  const isOpen = definition.type === 'open-choice';
  const contains = context.definitions.codes.valueSet(answerValueSet);
  const { code, system } = value;
  const isMember =
    typeof code === 'string' ? contains?.(typeof system === 'string' ? system : '', code) : isOpen;
  if (isMember === true) return;
  if (contains === undefined || isMember === undefined) {
    const message = `${linkId} cannot be checked: value set ${answerValueSet} is not completely loaded`;
    const severity = 'information';
    context.report.add({ kind: 'unchecked', rule: 'answer', severity, message, source });
    return;
  }
  const severity = isOpen ? 'warning' : 'error';
  context.report.add({ kind: 'answer', severity, message: notAnOption(linkId), source });
}

function notAnOption(linkId: string): string {
  return `${linkId}: answer is not one of the options`;
}

function isSameCode(
  option: { readonly code?: unknown; readonly system?: unknown },
  value: Json,
): boolean {
  return isObject(value) && option.code === value.code && option.system === value.system;
}
