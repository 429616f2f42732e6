// A QuestionnaireResponse against its Questionnaire: each question once, where it belongs, answered
// in the type it asks for, with one of its options, when it is asked at all.
import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { checkAnswer } from './answers.ts';
import { isEnabled, Level } from './enable-when.ts';
import { type JsonObject, objectsIn } from './json.ts';
import type { Forms, ItemPlan, ItemPlans } from './questionnaires.ts';
import type { Run } from './run.ts';

/** What answers are checked with. */
export interface Questioning {
  readonly run: Run;
  /** Canonical of the Questionnaire. */
  readonly source: string;
  /** Whether what is required must be there by now. */
  readonly isComplete: boolean;
}

/** Checks a response against the Questionnaire it names, where that is held. */
export function checkResponse(response: JsonObject, forms: Forms, run: Run): void {
  const canonical = response.questionnaire;
  if (typeof canonical !== 'string') return;
  const form = forms(canonical);
  if (form === undefined) {
    const message = `cannot be checked against ${canonical}, which is not held here`;
    const rule = 'questionnaire';
    run.report.add({
      kind: 'unchecked',
      rule,
      severity: 'information',
      message,
      source: canonical,
    });
    return;
  }
  const status = response.status;
  const isComplete = status === 'completed' || status === 'amended';
  checkItems(response, form.items, { run, source: form.url, isComplete }, undefined);
}

function checkItems(
  owner: JsonObject,
  plans: ItemPlans,
  questioning: Questioning,
  above: Level | undefined,
): void {
  const { report } = questioning.run;
  const items = objectsIn(owner, 'item');
  if (items.length === 0 && plans.list.length === 0) return;
  const level = new Level(items, above);
  const counts: number[] = plans.list.map(() => 0);
  let last = -1;
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as JsonObject;
    const plan = plans.byLinkId.get(String(item.linkId));
    // Told of what is around, as HL7's validator does: the item is at fault for being there.
    if (plan === undefined) {
      tell(questioning, 'question', `item ${index} answers no question of this level`);
      continue;
    }
    if (plan.index < last) tell(questioning, 'question', `${plan.linkId} is out of order`);
    last = Math.max(last, plan.index);
    counts[plan.index] = (counts[plan.index] ?? 0) + 1;
    report.enter('.item');
    report.enter(index);
    checkItem(item, plan, questioning, level);
    report.leave();
    report.leave();
  }
  for (const plan of plans.list) checkCount(counts[plan.index] ?? 0, plan, questioning, level);
}

function tell(
  { run, source }: Questioning,
  kind: 'question' | 'answer' | 'required' | 'disabled',
  message: string,
): void {
  run.report.add({ kind, message, source });
}

function checkCount(count: number, plan: ItemPlan, questioning: Questioning, level: Level): void {
  const { definition, linkId, minOccurs = 0, maxOccurs } = plan;
  const isRequired = definition.required === true || minOccurs > 0;
  if (count === 0 && isRequired && questioning.isComplete && isEnabled(definition, level)) {
    tell(questioning, 'required', `${linkId} must be answered`);
  }
  const isRepeatedGroup = definition.type === 'group' && definition.repeats === true;
  if (count > 1 && !isRepeatedGroup) {
    tell(questioning, 'question', `${linkId} may stand once, with all its answers`);
  }
  if (isRepeatedGroup && maxOccurs !== undefined && count > maxOccurs) {
    tell(questioning, 'question', `${linkId} may stand ${maxOccurs} times`);
  }
}

function checkItem(item: JsonObject, plan: ItemPlan, questioning: Questioning, level: Level): void {
  const { definition, linkId } = plan;
  const text = item.text;
  if (text !== undefined && definition.text !== undefined && text !== definition.text) {
    tell(questioning, 'question', `${linkId} has another text than the question`);
  }
  if (!isEnabled(definition, level)) {
    tell(questioning, 'disabled', `${linkId} is answered though it was not asked`);
  }
  if (definition.type === 'group' || definition.type === 'display') {
    if (item.answer !== undefined) tell(questioning, 'answer', `${linkId} takes no answer`);
    if (definition.type === 'group') checkItems(item, plan.items, questioning, level);
    return;
  }
  const list = objectsIn(item, 'answer');
  checkAnswers(list, plan, questioning);
  const { report } = questioning.run;
  report.enter('.answer');
  for (let index = 0; index < list.length; index++) {
    const answer = list[index] as JsonObject;
    report.enter(index);
    checkAnswer(answer, plan, questioning);
    checkItems(answer, plan.items, questioning, level);
    report.leave();
  }
  report.leave();
  if (objectsIn(item, 'item').length > 0) tell(questioning, 'question', `${linkId} is no group`);
}

function checkAnswers(list: readonly unknown[], plan: ItemPlan, questioning: Questioning): void {
  const { definition, linkId, minOccurs = 0, maxOccurs } = plan;
  if (list.length > 1 && definition.repeats !== true) {
    tell(questioning, 'answer', `${linkId} takes one answer`);
  }
  const least = Math.max(minOccurs, isRequired(definition) ? 1 : 0);
  if (questioning.isComplete && list.length < least) {
    tell(questioning, 'required', `${linkId} must be answered`);
  }
  if (maxOccurs !== undefined && list.length > maxOccurs) {
    tell(questioning, 'answer', `${linkId} takes ${maxOccurs} answers`);
  }
}

function isRequired({ required }: QuestionnaireItem): boolean {
  return required === true;
}
