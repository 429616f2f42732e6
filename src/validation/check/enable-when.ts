import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import { compare } from '../fhirpath/order.ts';
import { choiceIn, isObject, isSame, type Json, type JsonObject, objectsIn } from '../json.ts';

/** The items beside an item, and those around them. */
export interface Level {
  readonly items: readonly JsonObject[];
  readonly above: Level | undefined;
}

/** Whether a question is asked, after the answers given: https://hl7.org/fhir/R4/questionnaire.html */
export function isEnabled(
  { enableWhen = [], enableBehavior }: QuestionnaireItem,
  level: Level,
): boolean {
  if (enableWhen.length === 0) return true;
  const holds = (when: QuestionnaireItemEnableWhen) => isMet(when, level);
  return enableBehavior === 'all' ? enableWhen.every(holds) : enableWhen.some(holds);
}

function isMet(when: QuestionnaireItemEnableWhen, level: Level): boolean {
  const answers = answersTo(when.question ?? '', level);
  const wanted = choiceIn(when as unknown as JsonObject, 'answer');
  if (when.operator === 'exists') return answers.length > 0 === wanted;
  return answers.some((answer) => relates(answer, when.operator, wanted));
}

function relates(answer: Json, operator: string | undefined, wanted: Json | undefined): boolean {
  if (operator === '=') return isEqual(answer, wanted);
  if (operator === '!=') return !isEqual(answer, wanted);
  const order = compare(answer, wanted);
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

function isEqual(answer: Json, wanted: Json | undefined): boolean {
  if (!isObject(answer) || !isObject(wanted)) return isSame(answer, wanted);
  // A code is the same whatever display stands beside it.
  if (wanted.code !== undefined)
    return answer.code === wanted.code && answer.system === wanted.system;
  return isSame(answer, wanted);
}

/** Answers to a question: the nearest item of that linkId, beside or around. */
function answersTo(linkId: string, level: Level | undefined): Json[] {
  for (let at = level; at !== undefined; at = at.above) {
    const found = at.items.flatMap((item) => within(item, linkId));
    if (found.length > 0) return found;
  }
  return [];
}

function within(item: JsonObject, linkId: string): Json[] {
  const answers = objectsIn(item, 'answer');
  const values = answers.flatMap((answer) => {
    const value = item.linkId === linkId ? choiceIn(answer, 'value') : undefined;
    return value === undefined ? [] : [value];
  });
  const inner = [item, ...answers].flatMap((one) => objectsIn(one, 'item'));
  return [...values, ...inner.flatMap((one) => within(one, linkId))];
}
