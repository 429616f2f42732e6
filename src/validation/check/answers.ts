import type { ItemPlan } from '../compile/form-plans.ts';
import { compare } from '../fhirpath/order.ts';
import { choiceIn, isObject, isSame, type Json, type JsonObject, nameOfChoice } from '../json.ts';
import type { ValidationContext } from './context.ts';

interface Checking {
  readonly run: ValidationContext;
  /** Canonical of the Questionnaire. */
  readonly source: string;
}

/** Checks one answer: its type, and that it is one of those the question offers. */
export function checkAnswer(answer: JsonObject, plan: ItemPlan, { run, source }: Checking): void {
  const { report, library } = run;
  const key = nameOfChoice(answer, 'value');
  if (key === undefined) return;
  const value = answer[key] as Json;
  const suffix = key.slice('value'.length);
  const type = library.typeBySuffix(suffix) ?? suffix;
  const message = plan.answers.has(type)
    ? faultOf(value, plan)
    : `${plan.linkId} takes another type`;
  if (message !== undefined) {
    report.enter(`.value.ofType(${type})`);
    report.add({ kind: 'answer', message, source });
    report.leave();
  }
  if (message === undefined && plan.answers.has('Coding')) {
    checkOptions(value, type, plan, { run, source });
  }
}

function faultOf(value: Json, plan: ItemPlan): string | undefined {
  const { definition, units, limits, linkId } = plan;
  const { maxLength } = definition;
  if (maxLength !== undefined && typeof value === 'string' && value.length > maxLength) {
    return `${linkId} takes ${maxLength} characters at most`;
  }
  if (units !== undefined && isObject(value)) {
    const fits = units.some(({ system, code }) => value.system === system && value.code === code);
    if (!fits) return `${linkId} is asked in another unit`;
  }
  for (const { limit, isLeast } of limits) {
    const order = compare(value, limit);
    if (order !== undefined && (isLeast ? order < 0 : order > 0)) {
      return `${linkId} is out of its range`;
    }
  }
  return undefined;
}

function checkOptions(value: Json, type: string, plan: ItemPlan, { run, source }: Checking): void {
  const { answerOption, answerValueSet, type: asked } = plan.definition;
  const { report, library } = run;
  if (answerOption !== undefined && (type === 'Coding' || asked === 'choice')) {
    const isOffered = answerOption.some((option) => {
      const offered = choiceIn(option as unknown as JsonObject, 'value');
      return isObject(offered) ? isSameCode(offered, value) : isSame(offered, value);
    });
    if (!isOffered)
      report.add({ kind: 'answer', message: `${plan.linkId} offers no such answer`, source });
  }
  if (answerValueSet === undefined || !isObject(value)) return;
  const contains = library.codes.valueSet(answerValueSet);
  const code = value.code;
  const system = value.system;
  const isIn =
    typeof code === 'string'
      ? contains?.(typeof system === 'string' ? system : '', code)
      : asked === 'open-choice';
  if (isIn === true) return;
  const isUnknown = contains === undefined || isIn === undefined;
  const message = isUnknown
    ? `${plan.linkId} cannot be checked against ${answerValueSet}, which is not held here as a whole`
    : `${plan.linkId} offers no such answer`;
  const severity = isUnknown ? 'information' : asked === 'open-choice' ? 'warning' : 'error';
  report.add({
    kind: isUnknown ? 'unchecked' : 'answer',
    rule: 'answer',
    severity,
    message,
    source,
  });
}

function isSameCode(offered: JsonObject, value: Json): boolean {
  return isObject(value) && offered.code === value.code && offered.system === value.system;
}
