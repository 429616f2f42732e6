// A resource against what profiles ask beside R4's own definition.
import { checkBinding } from './codes.ts';
import type { Choice, Choices } from './fhirpath/language.ts';
import { isObject, isSame, type Json, type JsonObject, own } from './json.ts';

import type { NarrowPlan, ProfilePlan } from './profile-plans.ts';
import { checkReference } from './references.ts';
import { checkRules, type Run } from './run.ts';
import type { Found } from './slices.ts';
import { vitalSignProfile } from './vital-signs.ts';

/** Checks a resource against the profiles it claims, and those R4 asks of it. */
export function checkProfiles(resource: JsonObject, type: string, run: Run): void {
  const meta = own(resource, 'meta');
  const claimed = isObject(meta) ? own(meta, 'profile') : undefined;
  for (const profile of Array.isArray(claimed) ? (claimed as readonly Json[]) : []) {
    if (typeof profile === 'string') checkProfile(resource, profile, run);
  }
  const asked = type === 'Observation' ? vitalSignProfile(resource) : undefined;
  if (asked !== undefined) checkProfile(resource, asked, run);
}

/** Checks a resource against one profile. */
export function checkProfile(resource: JsonObject, canonical: string, run: Run): void {
  const { report, library } = run;
  const plan = run.profiles.of(canonical);
  const type = own(resource, 'resourceType');
  if (plan === undefined) {
    // R4's own definition of the type has been checked anyway.
    if (library.structure(canonical)?.type === type) return;
    const message = `cannot be checked against ${canonical}, which is not held here`;
    const severity = 'information';
    report.add({ kind: 'unchecked', rule: 'profile', severity, message, source: canonical });
  } else if (plan.type !== type) {
    report.add({ kind: 'profile', message: `is no ${plan.type}`, source: plan.url });
  } else {
    applyPlan(resource, plan, run);
  }
}

/** Checks a datatype against the profiles that R4 names for it, such as SimpleQuantity. */
export function checkDatatypeProfiles(
  value: JsonObject,
  profiles: readonly string[],
  run: Run,
): void {
  for (const profile of profiles) {
    const plan = run.profiles.of(profile);
    if (plan !== undefined && plan.type !== 'Extension') applyPlan(value, plan, run);
  }
}

/** Checks a value against a profile, which says all that those it builds on say. */
export function applyPlan(value: JsonObject, plan: ProfilePlan, run: Run): void {
  checkRules(plan.root.rules, value, run, { source: plan.url });
  checkChildren(value, plan.root, { run, source: plan.url });
}

interface Work {
  readonly run: Run;
  /** Canonical of the profile. */
  readonly source: string;
}

function checkChildren(object: JsonObject, { children }: NarrowPlan, work: Work): void {
  for (const child of children) checkElement(object, child, work);
}

function checkElement(parent: JsonObject, plan: NarrowPlan, work: Work): void {
  const { report } = work.run;
  const choice = plan.choices && choiceIn(parent, plan.choices);
  const value = parent[choice?.key ?? plan.key];
  const sibling = parent[choice?.sibling ?? plan.sibling];
  const isList = Array.isArray(value) || Array.isArray(sibling);
  const count = isList
    ? Math.max(lengthOf(value), lengthOf(sibling))
    : Number(value !== undefined || sibling !== undefined);
  checkCount(count, plan, work);
  if (count === 0) {
    for (const slice of plan.slices) checkCount(0, slice, work);
    return;
  }
  if (plan.isCounted) return;
  const type = choice?.type;
  report.enter(choice?.step ?? plan.step);
  const counts = countsOf(plan);
  if (isList) {
    for (let index = 0; index < count; index++) {
      report.enter(index);
      checkEntry({ value: entryOf(value, index), sibling: entryOf(sibling, index), type }, plan, {
        work,
        counts,
      });
      report.leave();
    }
  } else checkEntry({ value, sibling, type }, plan, { work, counts });
  report.leave();
  // Counts of slices are told where those of elements are: at the parent.
  checkCounts(counts, plan, work);
}

function countsOf({ slices }: NarrowPlan): number[] | undefined {
  return slices.length === 0 ? undefined : slices.map(() => 0);
}

function checkCounts(counts: number[] | undefined, { slices }: NarrowPlan, work: Work): void {
  counts?.forEach((count, at) => {
    const slice = slices[at];
    if (slice !== undefined) checkCount(count, slice, work);
  });
}

function lengthOf(value: Json | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}

function entryOf(list: Json | undefined, index: number): Json | undefined {
  return Array.isArray(list) ? ((list as readonly Json[])[index] ?? undefined) : undefined;
}

interface Counting {
  readonly work: Work;
  /** How often each slice was found. */
  readonly counts: number[] | undefined;
}

function checkEntry(found: Found, plan: NarrowPlan, { work, counts }: Counting): void {
  checkOne(found, plan, work);
  if (counts === undefined) return;
  const at = sliceOf(found, plan);
  const slice = plan.slices[at];
  if (slice !== undefined) {
    counts[at] = (counts[at] ?? 0) + 1;
    const inside = countsOf(slice);
    checkEntry(found, slice, { work, counts: inside });
    if (inside !== undefined) work.run.report.rise(() => checkCounts(inside, slice, work));
  } else if (plan.isClosed) {
    const message = `is none of the parts that ${plan.label} may have`;
    work.run.report.add({ kind: 'slice', message, source: work.source });
  }
}

function sliceOf(found: Found, { slices, sliceByUrl }: NarrowPlan): number {
  if (sliceByUrl !== undefined) {
    const url = isObject(found.value) ? own(found.value, 'url') : undefined;
    return typeof url === 'string' ? (sliceByUrl.get(url) ?? -1) : -1;
  }
  for (let at = 0; at < slices.length; at++) if (slices[at]?.isMatch(found) === true) return at;
  return -1;
}

function checkCount(count: number, { label, min, max }: NarrowPlan, { run, source }: Work): void {
  if (count < min) {
    const message = count === 0 ? `${label} is missing` : `${label} must stand ${min} times`;
    run.report.add({ kind: 'min', message, source });
  }
  if (max !== undefined && count > max) {
    const message = max === 0 ? `${label} may not be there` : `${label} may stand ${max} times`;
    run.report.add({ kind: 'max', message, source });
  }
}

function checkOne({ value, sibling, type }: Found, plan: NarrowPlan, work: Work): void {
  const { run, source } = work;
  const { report } = run;
  if (type !== undefined && plan.types !== undefined && !plan.types.has(type)) {
    const message = `${plan.label} is of a type that it may not have here`;
    report.add({ kind: 'type', message, source });
    return;
  }
  if (plan.rules.length > 0) {
    checkRules(plan.rules, value, run, { element: sibling, source, type });
  }
  if (value === undefined) return;
  checkValue(value, plan, work);
  if (plan.binding !== undefined) {
    const coded = type ?? (isObject(value) && Array.isArray(value.coding) ? 'CodeableConcept' : '');
    checkBinding(value, coded, { binding: plan.binding, source }, run.checking);
  }
  if (!isObject(value)) return;
  if (plan.targets !== undefined) checkReference(value, plan.targets, run, source);
  if (plan.children.length > 0) checkChildren(value, plan, work);
}

function checkValue(value: Json, { fixed, hasPattern, maxLength, label }: NarrowPlan, work: Work) {
  const { run, source } = work;
  if (fixed !== undefined && !isSame(value, fixed)) {
    run.report.add({ kind: 'fixed', message: `${label} has not the value it must have`, source });
  }
  if (hasPattern?.(value) === false) {
    run.report.add({ kind: 'pattern', message: `${label} lacks what it must hold`, source });
  }
  if (maxLength !== undefined && typeof value === 'string' && value.length > maxLength) {
    const message = `${label} is longer than ${maxLength} characters`;
    run.report.add({ kind: 'length', message, source });
  }
}

/** The way in which a choice is present. */
function choiceIn(parent: JsonObject, choices: Choices): Choice | undefined {
  for (const key in parent) {
    const found = choices.get(key.charCodeAt(0) === UNDERSCORE ? key.slice(1) : key);
    if (found !== undefined) return found;
  }
  return undefined;
}

const UNDERSCORE = 95;
