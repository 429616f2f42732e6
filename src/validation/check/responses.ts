// Checks a QuestionnaireResponse against its Questionnaire: each question once, at its level and in
// order, answered with the right type and one of its options, and only when it is enabled.
import type { QuestionnaireItem } from '@medplum/fhirtypes';
import type { ItemPlan, ItemPlans } from '../compile/questionnaire-plans.ts';
import { type JsonObject, objectsIn } from '../json.ts';
import { type AnswerContext, checkAnswer } from './answers.ts';
import type { ValidationContext } from './context.ts';
import { ItemLevel, isEnabled } from './enable-when.ts';

/** What the items of a response are checked with. */
interface ResponseContext extends AnswerContext {
  /** Whether required answers must be present: the response is completed or amended. */
  readonly isComplete: boolean;
}

/** Checks a response against the Questionnaire it refers to, if that is loaded. */
export function checkResponse(response: JsonObject, context: ValidationContext): void {
  const { questionnaire, status } = response;
  if (typeof questionnaire !== 'string') return;
  const plan = context.questionnaires(questionnaire);
  if (plan === undefined) {
    context.report.add({
      kind: 'unchecked',
      rule: 'questionnaire',
      severity: 'information',
      message: `cannot be checked: Questionnaire ${questionnaire} is not loaded`,
      source: questionnaire,
    });
    return;
  }
  const isComplete = status === 'completed' || status === 'amended';
  checkItems(response, plan.items, { context, source: plan.url, isComplete }, undefined);
}

function checkItems(
  owner: JsonObject,
  plans: ItemPlans,
  response: ResponseContext,
  parent: ItemLevel | undefined,
): void {
  const { report } = response.context;
  const items = objectsIn(owner, 'item');
  if (items.length === 0 && plans.list.length === 0) return;
  const level = new ItemLevel(items, parent);
  const counts: number[] = plans.list.map(() => 0);
  let lastIndex = -1;
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as JsonObject;
    const plan = plans.byLinkId.get(String(item.linkId));
    // Reported at the parent, as HL7's validator does.
    if (plan === undefined) {
      const message = `item[${index}] has a linkId that the Questionnaire does not define at this level`;
      addFault(response, 'question', message);
      continue;
    }
    if (plan.index < lastIndex) {
      addFault(response, 'question', `${plan.linkId} must be in the order of the Questionnaire`);
    }
    lastIndex = Math.max(lastIndex, plan.index);
    counts[plan.index] = (counts[plan.index] ?? 0) + 1;
    report.enter('.item');
    report.enter(index);
    checkItem(item, plan, response, level);
    report.leave();
    report.leave();
  }
  for (const plan of plans.list) checkCount(counts[plan.index] ?? 0, plan, response, level);
}

function addFault(
  { context, source }: ResponseContext,
  kind: 'question' | 'answer' | 'required' | 'disabled',
  message: string,
): void {
  context.report.add({ kind, message, source });
}

function checkCount(
  count: number,
  plan: ItemPlan,
  response: ResponseContext,
  level: ItemLevel,
): void {
  const { definition, linkId, minOccurs = 0, maxOccurs } = plan;
  const mustOccur = isRequired(definition) || minOccurs > 0;
  if (count === 0 && mustOccur && response.isComplete && isEnabled(definition, level)) {
    addFault(response, 'required', `${linkId} is required`);
  }
  const isRepeatedGroup = definition.type === 'group' && definition.repeats === true;
  if (count > 1 && !isRepeatedGroup) {
    addFault(response, 'question', `${linkId} must occur only once, with all its answers`);
  }
  if (isRepeatedGroup && maxOccurs !== undefined && count > maxOccurs) {
    addFault(response, 'question', `${linkId}: at most ${maxOccurs} allowed`);
  }
}

function checkItem(
  item: JsonObject,
  plan: ItemPlan,
  response: ResponseContext,
  level: ItemLevel,
): void {
  const { definition, linkId } = plan;
  const text = item.text;
  if (text !== undefined && definition.text !== undefined && text !== definition.text) {
    addFault(response, 'question', `${linkId} must have the text of the question`);
  }
  if (!isEnabled(definition, level)) {
    addFault(response, 'disabled', `${linkId} is not allowed: its enableWhen condition is not met`);
  }
  if (definition.type === 'group' || definition.type === 'display') {
    if (item.answer !== undefined)
      addFault(response, 'answer', `${linkId} must not have an answer`);
    if (definition.type === 'group') checkItems(item, plan.items, response, level);
    return;
  }
  const answers = objectsIn(item, 'answer');
  checkAnswerCount(answers.length, plan, response);
  const { report } = response.context;
  report.enter('.answer');
  for (let index = 0; index < answers.length; index++) {
    const answer = answers[index] as JsonObject;
    report.enter(index);
    checkAnswer(answer, plan, response);
    checkItems(answer, plan.items, response, level);
    report.leave();
  }
  report.leave();
  if (objectsIn(item, 'item').length > 0) {
    addFault(response, 'question', `${linkId} must not have items, because it is not a group`);
  }
}

function checkAnswerCount(count: number, plan: ItemPlan, response: ResponseContext): void {
  const { definition, linkId, minOccurs = 0, maxOccurs } = plan;
  if (count > 1 && definition.repeats !== true) {
    addFault(response, 'answer', `${linkId}: only one answer allowed`);
  }
  const min = Math.max(minOccurs, isRequired(definition) ? 1 : 0);
  if (response.isComplete && count < min) {
    addFault(response, 'required', `${linkId} is required`);
  }
  if (maxOccurs !== undefined && count > maxOccurs) {
    addFault(response, 'answer', `${linkId}: at most ${maxOccurs} answers allowed`);
  }
}

function isRequired({ required }: QuestionnaireItem): boolean {
  return required === true;
}
