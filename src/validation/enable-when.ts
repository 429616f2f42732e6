import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import { compare } from './fhirpath/order.ts';
import { choiceIn, isObject, isSame, type Json, type JsonObject, objectsIn } from './json.ts';

/** The items beside an item, and those around them. */
export class Level {
  readonly #items: readonly JsonObject[];
  readonly above: Level | undefined;
  #answers: ReadonlyMap<unknown, readonly Json[]> | undefined;
  /** Each condition is worked out once, however many items it is asked for. */
  readonly #met = new Map<QuestionnaireItemEnableWhen, boolean>();

  constructor(items: readonly JsonObject[], above: Level | undefined) {
    this.#items = items;
    this.above = above;
  }

  /** The answers to a question, by these items or any item in them. */
  answersTo(linkId: string): readonly Json[] {
    this.#answers ??= answersWithin(this.#items);
    return this.#answers.get(linkId) ?? NONE;
  }

  /** Whether a condition on the answers of this level is met. */
  meets(when: QuestionnaireItemEnableWhen): boolean {
    const known = this.#met.get(when);
    if (known !== undefined) return known;
    const made = isMetBy(this.answersTo(when.question ?? ''), when);
    this.#met.set(when, made);
    return made;
  }
}

const NONE: readonly Json[] = [];

/** Whether a question is asked, after the answers given: https://hl7.org/fhir/R4/questionnaire.html */
export function isEnabled(
  { enableWhen = [], enableBehavior }: QuestionnaireItem,
  level: Level,
): boolean {
  if (enableWhen.length === 0) return true;
  const holds = (when: QuestionnaireItemEnableWhen) => isMet(when, level);
  return enableBehavior === 'all' ? enableWhen.every(holds) : enableWhen.some(holds);
}

/** Asks the nearest level that answers the question, beside or around. */
function isMet(when: QuestionnaireItemEnableWhen, level: Level): boolean {
  for (let at: Level | undefined = level; at !== undefined; at = at.above) {
    if (at.answersTo(when.question ?? '').length > 0) return at.meets(when);
  }
  return isMetBy(NONE, when);
}

function isMetBy(answers: readonly Json[], when: QuestionnaireItemEnableWhen): boolean {
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

/** The answers of items and all that are in them, by linkId. */
function answersWithin(items: readonly JsonObject[]): ReadonlyMap<unknown, readonly Json[]> {
  const found = new Map<unknown, Json[]>();
  const look = (item: JsonObject): void => {
    const answers = objectsIn(item, 'answer');
    for (const answer of answers) {
      const value = choiceIn(answer, 'value');
      if (value === undefined) continue;
      const known = found.get(item.linkId);
      if (known === undefined) found.set(item.linkId, [value]);
      else known.push(value);
    }
    for (const one of [item, ...answers]) for (const inner of objectsIn(one, 'item')) look(inner);
  };
  for (const item of items) look(item);
  return found;
}
