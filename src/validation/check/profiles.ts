// A resource against what profiles ask beside R4's own definition.

import type { ElementConstraints, ProfilePlan } from '../compile/profile-plans.ts';
import type { Choice, Choices } from '../fhirpath/language.ts';
import {
  hasSibling,
  isObject,
  isSame,
  type Json,
  type JsonObject,
  mayBegin,
  plainName,
} from '../json.ts';
import { checkBinding } from './bindings.ts';
import { checkRules, type ValidationContext } from './context.ts';
import { checkReference } from './references.ts';
import { vitalSignProfile } from './vital-signs.ts';

/** Checks a resource against the profiles it claims, and those R4 asks of it. */
export function checkProfiles(resource: JsonObject, type: string, run: ValidationContext): void {
  const meta = resource.meta;
  const claimed = isObject(meta) ? meta.profile : undefined;
  for (const profile of Array.isArray(claimed) ? (claimed as readonly Json[]) : []) {
    if (typeof profile === 'string') checkProfile(resource, profile, run);
  }
  const asked = type === 'Observation' ? vitalSignProfile(resource) : undefined;
  if (asked !== undefined) checkProfile(resource, asked, run);
}

/** Checks a resource against one profile. */
export function checkProfile(
  resource: JsonObject,
  canonical: string,
  run: ValidationContext,
): void {
  const { report, library } = run;
  const plan = run.profiles.of(canonical);
  const type = resource.resourceType;
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
  run: ValidationContext,
): void {
  for (const profile of profiles) {
    const plan = run.profiles.of(profile);
    if (plan !== undefined && plan.type !== 'Extension') applyPlan(value, plan, run);
  }
}

/** Checks a value against a profile, which says all that those it builds on say. */
export function applyPlan(value: JsonObject, plan: ProfilePlan, run: ValidationContext): void {
  new ProfileCheck(run, plan.url).root(value, plan.root);
}

/** What stands beside a value: id and extensions of a primitive, and the type of a choice. */
interface Beside {
  readonly sibling: Json | undefined;
  readonly type: string | undefined;
}

/** Most values stand alone. */
const NOTHING: Beside = { sibling: undefined, type: undefined };

/** No entry is of this slice. */
const NO_SLICE = -1;

class ProfileCheck {
  readonly #run: ValidationContext;
  /** Canonical of the profile. */
  readonly #source: string;

  constructor(run: ValidationContext, source: string) {
    this.#run = run;
    this.#source = source;
  }

  root(value: JsonObject, plan: ElementConstraints): void {
    checkRules(plan.rules, value, this.#run, { source: this.#source });
    this.#children(value, plan);
  }

  #children(object: JsonObject, { children }: ElementConstraints): void {
    const hasSiblings = hasSibling(object);
    for (const child of children) this.#element(object, child, hasSiblings);
  }

  #element(parent: JsonObject, plan: ElementConstraints, hasSiblings: boolean): void {
    const { report } = this.#run;
    const choice = plan.choices && wayOf(parent, plan.key, plan.choices);
    const value = parent[choice?.key ?? plan.key];
    const sibling = hasSiblings ? parent[choice?.sibling ?? plan.sibling] : undefined;
    const isList = Array.isArray(value) || Array.isArray(sibling);
    const count = isList
      ? Math.max(lengthOf(value), lengthOf(sibling))
      : Number(value !== undefined || sibling !== undefined);
    this.#count(count, plan);
    if (count === 0) {
      for (const slice of plan.slices) this.#count(0, slice);
      return;
    }
    if (plan.isCounted) return;
    const type = choice?.type;
    report.enter(choice?.step ?? plan.step);
    const counts = countsOf(plan);
    if (isList) {
      for (let index = 0; index < count; index++) {
        report.enter(index);
        const at = this.#entry(
          entryOf(value, index),
          besideOf(entryOf(sibling, index), type),
          plan,
        );
        tally(counts, at);
        report.leave();
      }
    } else tally(counts, this.#entry(value, besideOf(sibling, type), plan));
    report.leave();
    // Counts of slices are told where those of elements are: at the parent.
    this.#counts(counts, plan);
  }

  /** Checks one entry, and gives the slice that it is of. */
  #entry(value: Json | undefined, beside: Beside, plan: ElementConstraints): number {
    this.#one(value, beside, plan);
    if (plan.slices.length === 0) return NO_SLICE;
    const at = sliceOf(value, beside.type, plan);
    const slice = plan.slices[at];
    if (slice !== undefined) {
      const counts = countsOf(slice);
      tally(counts, this.#entry(value, beside, slice));
      if (counts !== undefined) this.#countsAbove(counts, slice);
    } else if (plan.isClosed) {
      const message = `is none of the parts that ${plan.label} may have`;
      this.#run.report.add({ kind: 'slice', message, source: this.#source });
    }
    return at;
  }

  #countsAbove(counts: readonly number[], slice: ElementConstraints): void {
    const { report } = this.#run;
    const step = report.rise();
    this.#counts(counts, slice);
    report.enter(step);
  }

  #counts(counts: readonly number[] | undefined, { slices }: ElementConstraints): void {
    if (counts === undefined) return;
    for (let at = 0; at < slices.length; at++) {
      this.#count(counts[at] ?? 0, slices[at] as ElementConstraints);
    }
  }

  #count(count: number, { label, min, max }: ElementConstraints): void {
    const { report } = this.#run;
    if (count < min) {
      const message = count === 0 ? `${label} is missing` : `${label} must stand ${min} times`;
      report.add({ kind: 'min', message, source: this.#source });
    }
    if (max !== undefined && count > max) {
      const message = max === 0 ? `${label} may not be there` : `${label} may stand ${max} times`;
      report.add({ kind: 'max', message, source: this.#source });
    }
  }

  #one(value: Json | undefined, { sibling, type }: Beside, plan: ElementConstraints): void {
    const run = this.#run;
    const source = this.#source;
    if (type !== undefined && plan.types !== undefined && !plan.types.has(type)) {
      const message = `${plan.label} is of a type that it may not have here`;
      run.report.add({ kind: 'type', message, source });
      return;
    }
    if (plan.rules.length > 0) {
      checkRules(plan.rules, value, run, { element: sibling, source, type });
    }
    if (value === undefined) return;
    this.#value(value, plan);
    if (plan.bound !== undefined) checkBinding(value, plan.bound, run.checking);
    if (!isObject(value)) return;
    if (plan.targets !== undefined) checkReference(value, plan.targets, run, source);
    if (plan.children.length > 0) this.#children(value, plan);
  }

  #value(value: Json, { fixed, hasPattern, maxLength, label }: ElementConstraints): void {
    const { report } = this.#run;
    const source = this.#source;
    if (fixed !== undefined && !isSame(value, fixed)) {
      report.add({ kind: 'fixed', message: `${label} has not the value it must have`, source });
    }
    if (hasPattern?.(value) === false) {
      report.add({ kind: 'pattern', message: `${label} lacks what it must hold`, source });
    }
    if (maxLength !== undefined && typeof value === 'string' && value.length > maxLength) {
      const message = `${label} is longer than ${maxLength} characters`;
      report.add({ kind: 'length', message, source });
    }
  }
}

function besideOf(sibling: Json | undefined, type: string | undefined): Beside {
  return sibling === undefined && type === undefined ? NOTHING : { sibling, type };
}

function countsOf({ slices }: ElementConstraints): number[] | undefined {
  return slices.length === 0 ? undefined : slices.map(() => 0);
}

function tally(counts: number[] | undefined, at: number): void {
  if (counts !== undefined && at !== NO_SLICE) counts[at] = (counts[at] ?? 0) + 1;
}

function lengthOf(value: Json | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}

function entryOf(list: Json | undefined, index: number): Json | undefined {
  return Array.isArray(list) ? ((list as readonly Json[])[index] ?? undefined) : undefined;
}

function sliceOf(
  value: Json | undefined,
  type: string | undefined,
  plan: ElementConstraints,
): number {
  const { slices, sliceByUrl } = plan;
  if (sliceByUrl !== undefined) {
    const url = isObject(value) ? value.url : undefined;
    return typeof url === 'string' ? (sliceByUrl.get(url) ?? NO_SLICE) : NO_SLICE;
  }
  for (let at = 0; at < slices.length; at++) {
    if (slices[at]?.isMatch(value, type) === true) return at;
  }
  return NO_SLICE;
}

/** The way in which a choice is present. */
function wayOf(parent: JsonObject, name: string, choices: Choices): Choice | undefined {
  const first = name.charCodeAt(0);
  for (const key in parent) {
    if (!mayBegin(key, first)) continue;
    const found = choices.get(plainName(key));
    if (found !== undefined) return found;
  }
  return undefined;
}
