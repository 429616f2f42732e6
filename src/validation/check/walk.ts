// Checks a resource against R4's definition of its type: known members, their types and cardinality,
// and R4's invariants. Profiles are checked afterwards.

import { CORE } from '../compile/definition-index.ts';
import type { MemberPlan, ObjectPlan } from '../compile/type-plans.ts';
import { hasSibling, isObject, isSibling, type Json, type JsonObject, plainName } from '../json.ts';
import { checkBinding, checkCode, checkCodes } from './bindings.ts';
import { checkContained, entryTypesOf } from './containers.ts';
import {
  checkRules,
  innerEvaluationOf,
  type PrimitiveContext,
  type ValidationContext,
} from './context.ts';
import { type ContextNames, checkExtension, resourceContextNames } from './extensions.ts';
import { checkDatatypeProfiles, checkProfiles } from './profiles.ts';
import { checkIdentifier } from './prose-rules.ts';
import { checkReference } from './references.ts';
import { checkResponse } from './responses.ts';

/** Rules for every element: https://hl7.org/fhir/R4/json.html */
const ELEMENT = `${CORE}Element`;

/** Checks a resource. `container` is the resource that contains it, if it is a contained one. */
export function checkResource(
  value: Json,
  context: ValidationContext,
  container?: JsonObject,
): void {
  const { report } = context;
  const type = isObject(value) ? value.resourceType : undefined;
  if (!isObject(value) || typeof type !== 'string') {
    const message = 'must be a resource: an object with a resourceType';
    report.add({ kind: 'not-a-resource', message, source: `${CORE}Resource` });
    return;
  }
  const plan = context.types.of(type);
  if (plan?.isResource !== true || context.definitions.type(type)?.abstract === true) {
    const message = 'has an unknown resourceType: R4 does not define it';
    report.add({ kind: 'unknown-type', message, source: `${CORE}Resource` });
    return;
  }
  const { evaluation, entryTypes, validated, hasContained } = context;
  context.evaluation = innerEvaluationOf(value, evaluation, container !== undefined);
  context.hasContained = (container ?? value).contained !== undefined;
  if (type === 'Bundle') {
    context.entryTypes = entryTypesOf(value, context);
    context.validated = validated.forNestedBundle();
  }
  checkObject(value, plan, context, resourceContextNames(type));
  if (container === undefined) checkContained(value, context);
  if (type === 'QuestionnaireResponse') checkResponse(value, context);
  checkProfiles(value, type, context);
  Object.assign(context, { evaluation, entryTypes, validated, hasContained });
}

function checkObject(
  object: JsonObject,
  plan: ObjectPlan,
  context: ValidationContext,
  contextNames: ContextNames,
): void {
  let count = 0;
  // The choice elements found so far. Most objects have at most one, so the list is rarely needed.
  let choice: string | undefined;
  let furtherChoices: string[] | undefined;
  let hasUnknown = false;
  const hasSiblings = hasSibling(object);
  for (const key in object) {
    if (plan.isResource && key === 'resourceType') continue;
    count++;
    const isSiblingKey = hasSiblings && isSibling(key);
    const member = plan.members.get(isSiblingKey ? plainName(key) : key);
    if (member === undefined || (isSiblingKey && !member.isPrimitive)) {
      // Reported once for each object, however many unknown elements it has.
      if (!hasUnknown) reportUnknownElement(plan, context);
      hasUnknown = true;
      continue;
    }
    if (isSiblingKey && Object.hasOwn(object, plainName(key))) continue;
    if (member.choice !== undefined) {
      if (member.choice === choice || furtherChoices?.includes(member.choice)) {
        reportSecondChoice(member, context);
      } else if (choice === undefined) choice = member.choice;
      else furtherChoices = [...(furtherChoices ?? []), member.choice];
    }
    const value = object[key] as Json;
    if (member.isSimple && !hasSiblings && member.check(value) === undefined) continue;
    if (!member.isPrimitive) checkMember(value, member, context, contextNames);
    else if (isSiblingKey) checkPrimitiveMember(undefined, value, member, context);
    else {
      const sibling = hasSiblings ? object[member.sibling] : undefined;
      checkPrimitiveMember(value, sibling, member, context);
    }
  }
  if (count === 0 && !plan.isResource) {
    context.report.add({
      kind: 'empty',
      rule: 'ele-1',
      message: 'must not be empty',
      source: ELEMENT,
    });
  }
  for (const { id, keys } of plan.required) {
    if (hasAny(object, keys)) continue;
    context.report.add({ kind: 'min', message: `${id} is required`, source: plan.source });
  }
  checkRules(plan.rules, object, context);
}

function hasAny(object: JsonObject, keys: readonly string[]): boolean {
  for (const key of keys) if (object[key] !== undefined) return true;
  return false;
}

function reportUnknownElement({ source }: ObjectPlan, { report }: ValidationContext): void {
  const message = 'has an unknown element: R4 does not define it';
  report.add({ kind: 'unknown-element', message, source });
}

function reportSecondChoice({ id, source }: MemberPlan, { report }: ValidationContext): void {
  report.add({ kind: 'choice', message: `${id}: only one value of one type allowed`, source });
}

function checkMember(
  value: Json,
  member: MemberPlan,
  context: ValidationContext,
  contextNames: ContextNames,
): void {
  const { report } = context;
  const values = member.list && Array.isArray(value) ? (value as readonly Json[]) : undefined;
  if (values !== undefined) checkCount(values.length, member, context);
  report.enter(member.step);
  if (values !== undefined) {
    for (let index = 0; index < values.length; index++) {
      report.enter(index);
      checkValue(values[index] as Json, member, context, contextNames);
      report.leave();
    }
  } else if (member.list || Array.isArray(value)) reportWrongShape(member, context);
  else checkValue(value, member, context, contextNames);
  report.leave();
}

function reportWrongShape({ list, source }: MemberPlan, { report }: ValidationContext): void {
  const message = list ? 'must be an array' : 'must not be an array';
  report.add({ kind: list ? 'array' : 'single', message, source });
}

function checkCount(
  count: number,
  { id, max, step, source }: MemberPlan,
  { report }: ValidationContext,
): void {
  if (count === 0) {
    report.enter(step);
    report.add({ kind: 'empty', message: 'must not be an empty array', source: ELEMENT });
    report.leave();
  }
  if (max !== undefined && count > max) {
    report.add({ kind: 'max', message: `${id}: at most ${max} allowed`, source });
  }
}

function checkValue(
  value: Json,
  member: MemberPlan,
  context: ValidationContext,
  contextNames: ContextNames,
): void {
  const { type, source } = member;
  if (type.code === 'Resource') {
    checkInnerResource(value, member, context);
    return;
  }
  if (!isObject(value)) {
    context.report.add({ kind: 'type', message: 'must be an object', source });
    return;
  }
  const plan = member.valuePlan();
  if (plan === undefined) return;
  if (!member.isCacheable || context.hasContained) {
    checkDatatype(value, member, context, contextNames);
    return;
  }
  // Whether an extension is valid depends on the element that has it; for other values only their own
  // definition counts.
  const key = type.code === 'Extension' ? contextNames : member;
  if (context.validated.has(value, key)) return;
  const { added } = context.report;
  checkDatatype(value, member, context, contextNames);
  if (context.report.added === added) context.validated.add(value, key);
}

function checkDatatype(
  value: JsonObject,
  member: MemberPlan,
  context: ValidationContext,
  contextNames: ContextNames,
): void {
  const { type } = member;
  const plan = member.valuePlan();
  if (plan === undefined) return;
  checkObject(value, plan, context, member.contextNames);
  if (member.rules.length > 0) checkRules(member.rules, value, context, choiceContext(member));
  if (member.binding !== undefined) checkBinding(value, member.binding, context);
  if (type.code === 'Reference') checkReference(value, member.targets, context);
  else if (type.code === 'Extension') {
    checkExtension(value, { contextNames, isModifier: member.isModifier }, context);
  } else if (type.code === 'Coding' && !member.isOfConcept) checkCode(value, context);
  else if (type.code === 'CodeableConcept') checkCodes(value, context);
  else if (type.code === 'Identifier') checkIdentifier(value, context);
  if (type.profiles !== undefined) checkDatatypeProfiles(value, type.profiles, context);
}

function choiceContext({ choice, type }: MemberPlan): PrimitiveContext {
  return choice === undefined ? {} : { type: type.code };
}

/** A contained resource belongs to its container; one in an entry or a parameter does not. */
function checkInnerResource(value: Json, { id }: MemberPlan, context: ValidationContext): void {
  const isContained = id.endsWith('.contained');
  const root = context.evaluation.rootResource as JsonObject;
  checkResource(value, context, isContained ? root : undefined);
}

function checkPrimitiveMember(
  value: Json | undefined,
  sibling: Json | undefined,
  member: MemberPlan,
  context: ValidationContext,
): void {
  const { report } = context;
  const { list } = member;
  if (!hasShape(value, list) || !hasShape(sibling, list)) {
    report.enter(member.step);
    reportWrongShape(member, context);
    report.leave();
    return;
  }
  if (!list) {
    report.enter(member.step);
    checkPrimitive(value, sibling, member, context);
    report.leave();
    return;
  }
  const values = (value ?? []) as readonly Json[];
  const siblings = (sibling ?? []) as readonly Json[];
  const count = Math.max(values.length, siblings.length);
  checkCount(count, member, context);
  report.enter(member.step);
  for (let index = 0; index < count; index++) {
    report.enter(index);
    checkPrimitive(values[index] ?? undefined, siblings[index] ?? undefined, member, context);
    report.leave();
  }
  report.leave();
}

function hasShape(value: Json | undefined, list: boolean): boolean {
  return value === undefined || Array.isArray(value) === list;
}

function checkPrimitive(
  value: Json | undefined,
  sibling: Json | undefined,
  member: MemberPlan,
  context: ValidationContext,
): void {
  const { report } = context;
  const { type } = member;
  if (value === null || (value === undefined && sibling === undefined)) {
    report.add({ kind: 'empty', message: 'must not be null', source: ELEMENT });
    return;
  }
  if (sibling !== undefined) checkSibling(sibling, member, context);
  if (value !== undefined) {
    const fault = member.check(value);
    if (fault !== undefined) {
      report.add({ ...fault, rule: fault.kind, source: CORE + type.code });
      if (fault.severity === undefined) return;
    }
    if (member.binding !== undefined) checkBinding(value, member.binding, context);
  }
  if (member.rules.length > 0) {
    checkRules(member.rules, value, context, { element: sibling, type: type.code });
  }
}

/** Checks the id and extensions of a primitive. */
function checkSibling(sibling: Json, member: MemberPlan, context: ValidationContext): void {
  const plan = context.types.of('Element');
  if (plan === undefined) return;
  if (isObject(sibling)) checkObject(sibling, plan, context, member.contextNames);
  else context.report.add({ kind: 'type', message: 'must be an object', source: ELEMENT });
}
