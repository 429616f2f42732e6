// A resource against R4's own definition of its type: which members there are, of which type, how
// many, and R4's invariants. What profiles add comes afterwards.
import { entriesOf } from './bundles.ts';
import { checkBinding, checkCode, checkCodes } from './codes.ts';
import { checkContained } from './contained.ts';
import { checkExtension } from './extensions.ts';
import { checkIdentifier } from './identifiers.ts';
import { hasSibling, isObject, isSibling, type Json, type JsonObject, plainName } from './json.ts';
import { CORE } from './library.ts';
import { checkDatatypeProfiles, checkProfiles } from './profiles.ts';
import { checkReference } from './references.ts';
import { checkResponse } from './responses.ts';
import { type Beside, checkRules, innerScopeOf, type Run, scopeOf } from './run.ts';
import type { MemberPlan, ObjectPlan } from './types.ts';

/** What every element must be: https://hl7.org/fhir/R4/json.html */
const ELEMENT = `${CORE}Element`;

/** Checks a resource; `root` is what contains it, if anything does. */
export function walkResource(value: Json, run: Run, root?: JsonObject): void {
  const { report } = run;
  const type = isObject(value) ? value.resourceType : undefined;
  if (!isObject(value) || typeof type !== 'string') {
    const message = 'is no resource: an object with a resourceType';
    report.add({ kind: 'not-a-resource', message, source: `${CORE}Resource` });
    return;
  }
  const plan = run.types.of(type);
  if (plan?.isResource !== true || run.library.type(type)?.abstract === true) {
    const message = 'has a resourceType that R4 does not have';
    report.add({ kind: 'unknown-type', message, source: `${CORE}Resource` });
    return;
  }
  const { scope, entries, clean, hasContained } = run;
  run.scope = root === undefined ? scopeOf(value, scope.spend) : innerScopeOf(value, scope);
  run.hasContained = (root ?? value).contained !== undefined;
  if (type === 'Bundle') {
    run.entries = entriesOf(value, run);
    run.clean = clean.anew();
  }
  walkObject(value, plan, run, resourceNames(type));
  if (root === undefined) checkContained(value, run);
  if (type === 'QuestionnaireResponse') checkResponse(value, run.forms, run);
  checkProfiles(value, type, run);
  Object.assign(run, { scope, entries, clean, hasContained });
}

const names = new Map<string, ReadonlySet<string>>();

function resourceNames(type: string): ReadonlySet<string> {
  const known = names.get(type);
  if (known !== undefined) return known;
  const made = new Set([type, 'DomainResource', 'Resource', 'Element']);
  names.set(type, made);
  return made;
}

function walkObject(
  object: JsonObject,
  plan: ObjectPlan,
  run: Run,
  place: ReadonlySet<string>,
): void {
  let count = 0;
  // Most objects have one choice, if any.
  let choice: string | undefined;
  let others: string[] | undefined;
  let isKnown = true;
  const hasSiblings = hasSibling(object);
  for (const key in object) {
    if (plan.isResource && key === 'resourceType') continue;
    count++;
    const isBeside = hasSiblings && isSibling(key);
    const member = plan.members.get(isBeside ? plainName(key) : key);
    if (member === undefined || (isBeside && !member.isPrimitive)) {
      // All of them are one fault of the object, which is told once.
      if (isKnown) unknownElement(plan, run);
      isKnown = false;
      continue;
    }
    if (isBeside && Object.hasOwn(object, plainName(key))) continue;
    if (member.choice !== undefined) {
      if (member.choice === choice || others?.includes(member.choice)) twice(member, run);
      else if (choice === undefined) choice = member.choice;
      else others = [...(others ?? []), member.choice];
    }
    const value = object[key] as Json;
    if (member.isPlain && !hasSiblings && member.check(value) === undefined) continue;
    if (!member.isPrimitive) walkMember(value, member, run, place);
    else if (isBeside) primitives(undefined, value, member, run);
    else primitives(value, hasSiblings ? object[member.sibling] : undefined, member, run);
  }
  if (count === 0 && !plan.isResource) emptyObject(run);
  for (const must of plan.required) {
    if (hasOne(object, must.keys)) continue;
    const message = `${must.id} is missing`;
    run.report.add({ kind: 'min', message, source: plan.source });
  }
  checkRules(plan.rules, object, run);
}

function hasOne(object: JsonObject, keys: readonly string[]): boolean {
  for (const key of keys) if (object[key] !== undefined) return true;
  return false;
}

function unknownElement({ source }: ObjectPlan, { report }: Run): void {
  report.add({ kind: 'unknown-element', message: 'has a member that R4 does not define', source });
}

function twice({ id, source }: MemberPlan, { report }: Run): void {
  report.add({ kind: 'choice', message: `${id} may have one value, of one type`, source });
}

function emptyObject({ report }: Run): void {
  report.add({ kind: 'empty', rule: 'ele-1', message: 'has no content', source: ELEMENT });
}

function walkMember(value: Json, member: MemberPlan, run: Run, place: ReadonlySet<string>): void {
  const { report } = run;
  if (member.list !== Array.isArray(value)) {
    report.enter(member.step);
    wrongShape(member, run);
    report.leave();
    return;
  }
  if (!member.list) {
    report.enter(member.step);
    complex(value, member, run, place);
    report.leave();
    return;
  }
  const values = value as readonly Json[];
  checkCount(values.length, member, run);
  report.enter(member.step);
  for (let index = 0; index < values.length; index++) {
    report.enter(index);
    complex(values[index] as Json, member, run, place);
    report.leave();
  }
  report.leave();
}

function wrongShape({ list, source }: MemberPlan, { report }: Run): void {
  const message = list ? 'must be an array' : 'must not be an array';
  report.add({ kind: list ? 'array' : 'single', message, source });
}

function checkCount(count: number, { id, max, step, source }: MemberPlan, { report }: Run): void {
  if (count === 0) {
    report.enter(step);
    report.add({ kind: 'empty', message: 'must not be an empty array', source: ELEMENT });
    report.leave();
  }
  if (max !== undefined && count > max) {
    report.add({ kind: 'max', message: `${id} may stand ${max} times at most`, source });
  }
}

function complex(value: Json, member: MemberPlan, run: Run, place: ReadonlySet<string>): void {
  const { type, source } = member;
  if (type.code === 'Resource') {
    walkInner(value, member, run);
    return;
  }
  if (!isObject(value)) {
    run.report.add({ kind: 'type', message: 'must be an object', source });
    return;
  }
  const plan = member.inside();
  if (plan === undefined) return;
  if (!member.isAlone || run.hasContained) inspect(value, member, run, place);
  else {
    // Where an extension stands is what it is judged by; everything else by its own element.
    const by = type.code === 'Extension' ? place : member;
    if (run.clean.has(value, by)) return;
    const { told } = run.report;
    inspect(value, member, run, place);
    if (run.report.told === told) run.clean.add(value, by);
  }
}

function inspect(
  value: JsonObject,
  member: MemberPlan,
  run: Run,
  place: ReadonlySet<string>,
): void {
  const { type, source } = member;
  const plan = member.inside();
  if (plan === undefined) return;
  walkObject(value, plan, run, member.names);
  if (member.rules.length > 0) checkRules(member.rules, value, run, chosen(member));
  if (member.bound !== undefined) checkBinding(value, member.bound, run.checking);
  if (type.code === 'Reference') checkReference(value, type.targets, run, source);
  else if (type.code === 'Extension')
    checkExtension(value, place, { run, isModifier: member.isModifier });
  else if (type.code === 'Coding' && !member.isOfConcept) checkCode(value, run.checking);
  else if (type.code === 'CodeableConcept') checkCodes(value, run.checking);
  else if (type.code === 'Identifier') checkIdentifier(value, run);
  if (type.profiles !== undefined) checkDatatypeProfiles(value, type.profiles, run);
}

function chosen({ choice, type }: MemberPlan): Beside {
  return choice === undefined ? {} : { type: type.code };
}

/** Contained resources belong to the one around them; those of entries and parameters do not. */
function walkInner(value: Json, { id }: MemberPlan, run: Run): void {
  const isContained = id.endsWith('.contained');
  walkResource(value, run, isContained ? (run.scope.root as JsonObject) : undefined);
}

function primitives(
  value: Json | undefined,
  sibling: Json | undefined,
  member: MemberPlan,
  run: Run,
): void {
  const { report } = run;
  const { list } = member;
  const fits = hasShape(value, list) && hasShape(sibling, list);
  if (!fits) {
    report.enter(member.step);
    wrongShape(member, run);
    report.leave();
    return;
  }
  if (!list) {
    report.enter(member.step);
    primitive(value, sibling, member, run);
    report.leave();
    return;
  }
  const values = (value ?? []) as readonly Json[];
  const siblings = (sibling ?? []) as readonly Json[];
  const count = Math.max(values.length, siblings.length);
  checkCount(count, member, run);
  report.enter(member.step);
  for (let index = 0; index < count; index++) {
    report.enter(index);
    primitive(values[index] ?? undefined, siblings[index] ?? undefined, member, run);
    report.leave();
  }
  report.leave();
}

function hasShape(value: Json | undefined, list: boolean): boolean {
  return value === undefined || Array.isArray(value) === list;
}

function primitive(
  value: Json | undefined,
  sibling: Json | undefined,
  member: MemberPlan,
  run: Run,
): void {
  const { report } = run;
  const { type } = member;
  if (value === null || (value === undefined && sibling === undefined)) {
    report.add({ kind: 'empty', message: 'must not be null', source: ELEMENT });
    return;
  }
  if (sibling !== undefined) walkSibling(sibling, member, run);
  if (value !== undefined) {
    const fault = member.check(value);
    if (fault !== undefined) {
      report.add({ ...fault, rule: fault.kind, source: CORE + type.code });
      if (fault.severity === undefined) return;
    }
    if (member.bound !== undefined) checkBinding(value, member.bound, run.checking);
  }
  if (member.rules.length > 0) {
    checkRules(member.rules, value, run, { element: sibling, type: type.code });
  }
}

/** Id and extensions of a primitive. */
function walkSibling(sibling: Json, member: MemberPlan, run: Run): void {
  const plan = run.types.of('Element');
  if (plan === undefined) return;
  if (isObject(sibling)) walkObject(sibling, plan, run, member.names);
  else run.report.add({ kind: 'type', message: 'must be an object', source: ELEMENT });
}
