// Checks resources, datatypes and extensions against the profiles that apply to them.

import type { ElementConstraints, ProfilePlan } from '../compile/profile-plans.ts';
import type { ChoiceVariant, ChoiceVariants } from '../fhirpath/language.ts';
import {
  hasSibling,
  isEqualJson,
  isObject,
  type Json,
  type JsonObject,
  mayStartWith,
  plainName,
} from '../json.ts';
import { checkBinding } from './bindings.ts';
import { checkRules, type PrimitiveContext, type ValidationContext } from './context.ts';
import { vitalSignProfile } from './prose-rules.ts';
import { checkReference } from './references.ts';

/** Checks a resource against the profiles it claims and the vital signs profile R4 requires. */
export function checkProfiles(
  resource: JsonObject,
  type: string,
  context: ValidationContext,
): void {
  const meta = resource.meta;
  const claimed = isObject(meta) ? meta.profile : undefined;
  for (const profile of Array.isArray(claimed) ? (claimed as readonly Json[]) : []) {
    if (typeof profile === 'string') checkProfile(resource, profile, context);
  }
  const required = type === 'Observation' ? vitalSignProfile(resource) : undefined;
  if (required !== undefined) checkProfile(resource, required, context);
}

/** Checks a resource against one profile. */
export function checkProfile(
  resource: JsonObject,
  canonical: string,
  context: ValidationContext,
): void {
  const { report, definitions } = context;
  const plan = context.profiles.of(canonical);
  const type = resource.resourceType;
  if (plan === undefined) {
    // R4's own definition of the type is always checked.
    if (definitions.structure(canonical)?.type === type) return;
    const message = `cannot be checked: profile ${canonical} is not loaded`;
    const severity = 'information';
    report.add({ kind: 'unchecked', rule: 'profile', severity, message, source: canonical });
  } else if (plan.type !== type) {
    const message = `must have the resourceType ${plan.type}, as the profile requires`;
    report.add({ kind: 'profile', message, source: plan.url });
  } else {
    applyPlan(resource, plan, context);
  }
}

/** Checks a datatype against the profiles that R4 requires of it, such as SimpleQuantity. */
export function checkDatatypeProfiles(
  value: JsonObject,
  profiles: readonly string[],
  context: ValidationContext,
): void {
  for (const profile of profiles) {
    const plan = context.profiles.of(profile);
    if (plan !== undefined && plan.type !== 'Extension') applyPlan(value, plan, context);
  }
}

/** Checks a value against a profile. The plan includes everything that its base profiles require. */
export function applyPlan(value: JsonObject, plan: ProfilePlan, context: ValidationContext): void {
  new ProfileCheck(context, plan.url).checkRoot(value, plan.root);
}

/** For a value that is neither a choice nor a primitive with a sibling; most are not. */
const NO_CONTEXT: PrimitiveContext = { element: undefined, type: undefined };

/** Index of the slice of an entry that belongs to none. */
const NO_SLICE = -1;

class ProfileCheck {
  readonly #context: ValidationContext;
  /** Canonical of the profile. */
  readonly #source: string;

  constructor(context: ValidationContext, source: string) {
    this.#context = context;
    this.#source = source;
  }

  checkRoot(value: JsonObject, plan: ElementConstraints): void {
    checkRules(plan.rules, value, this.#context, { source: this.#source });
    this.#checkChildren(value, plan);
  }

  #checkChildren(object: JsonObject, { children }: ElementConstraints): void {
    const hasSiblings = hasSibling(object);
    for (const child of children) this.#checkElement(object, child, hasSiblings);
  }

  #checkElement(parent: JsonObject, plan: ElementConstraints, hasSiblings: boolean): void {
    const { report } = this.#context;
    const variant = plan.variants && findVariant(parent, plan.key, plan.variants);
    const value = parent[variant?.key ?? plan.key];
    const sibling = hasSiblings ? parent[variant?.sibling ?? plan.sibling] : undefined;
    const isList = Array.isArray(value) || Array.isArray(sibling);
    const count = isList
      ? Math.max(lengthOf(value), lengthOf(sibling))
      : Number(value !== undefined || sibling !== undefined);
    this.#checkCardinality(count, plan);
    if (count === 0) {
      for (const slice of plan.slices) this.#checkCardinality(0, slice);
      return;
    }
    if (plan.isCardinalityOnly) return;
    const type = variant?.type;
    report.enter(variant?.step ?? plan.step);
    const counts = startCounts(plan);
    if (isList) {
      for (let index = 0; index < count; index++) {
        report.enter(index);
        const entryContext = primitiveContext(entryAt(sibling, index), type);
        countSlice(counts, this.#checkEntry(entryAt(value, index), entryContext, plan));
        report.leave();
      }
    } else countSlice(counts, this.#checkEntry(value, primitiveContext(sibling, type), plan));
    report.leave();
    // The counts of slices are reported where those of elements are: at the parent.
    this.#checkSliceCounts(counts, plan);
  }

  /** Checks one entry; returns the index of its slice. */
  #checkEntry(
    value: Json | undefined,
    primitive: PrimitiveContext,
    plan: ElementConstraints,
  ): number {
    this.#checkValue(value, primitive, plan);
    if (plan.slices.length === 0) return NO_SLICE;
    const index = sliceIndexOf(value, primitive.type, plan);
    const slice = plan.slices[index];
    if (slice !== undefined) {
      const counts = startCounts(slice);
      countSlice(counts, this.#checkEntry(value, primitive, slice));
      if (counts !== undefined) this.#checkSliceCountsAtParent(counts, slice);
    } else if (plan.isClosed) {
      const message = `must match one of the slices of ${plan.label}`;
      this.#context.report.add({ kind: 'slice', message, source: this.#source });
    }
    return index;
  }

  #checkSliceCountsAtParent(counts: readonly number[], slice: ElementConstraints): void {
    const { report } = this.#context;
    const step = report.leaveStep();
    this.#checkSliceCounts(counts, slice);
    report.enter(step);
  }

  #checkSliceCounts(counts: readonly number[] | undefined, { slices }: ElementConstraints): void {
    if (counts === undefined) return;
    for (let index = 0; index < slices.length; index++) {
      this.#checkCardinality(counts[index] ?? 0, slices[index] as ElementConstraints);
    }
  }

  #checkCardinality(count: number, { label, min, max }: ElementConstraints): void {
    const { report } = this.#context;
    if (count < min) {
      const message = count === 0 ? `${label} is required` : `${label}: at least ${min} required`;
      report.add({ kind: 'min', message, source: this.#source });
    }
    if (max !== undefined && count > max) {
      const message = max === 0 ? `${label} is not allowed` : `${label}: at most ${max} allowed`;
      report.add({ kind: 'max', message, source: this.#source });
    }
  }

  #checkValue(
    value: Json | undefined,
    { element, type }: PrimitiveContext,
    plan: ElementConstraints,
  ): void {
    const context = this.#context;
    const source = this.#source;
    if (type !== undefined && plan.types !== undefined && !plan.types.has(type)) {
      const message = `${plan.label} must be of type ${[...plan.types].join(' or ')}`;
      context.report.add({ kind: 'type', message, source });
      return;
    }
    if (plan.rules.length > 0) checkRules(plan.rules, value, context, { element, type, source });
    if (value === undefined) return;
    this.#checkConstants(value, plan);
    if (plan.binding !== undefined) checkBinding(value, plan.binding, context);
    if (!isObject(value)) return;
    if (plan.targets !== undefined) checkReference(value, plan.targets, context);
    if (plan.children.length > 0) this.#checkChildren(value, plan);
  }

  #checkConstants(value: Json, plan: ElementConstraints): void {
    const { fixed, pattern, hasPattern, maxLength, label } = plan;
    const { report } = this.#context;
    const source = this.#source;
    if (fixed !== undefined && !isEqualJson(value, fixed)) {
      const message = `${label} must be ${JSON.stringify(fixed)}`;
      report.add({ kind: 'fixed', message, source });
    }
    if (hasPattern?.(value) === false) {
      const message = `${label} must contain ${JSON.stringify(pattern)}`;
      report.add({ kind: 'pattern', message, source });
    }
    if (maxLength !== undefined && typeof value === 'string' && value.length > maxLength) {
      const message = `${label}: at most ${maxLength} characters allowed`;
      report.add({ kind: 'length', message, source });
    }
  }
}

function primitiveContext(element: Json | undefined, type: string | undefined): PrimitiveContext {
  return element === undefined && type === undefined ? NO_CONTEXT : { element, type };
}

/** A count of 0 per slice; undefined for an element without slices. */
function startCounts({ slices }: ElementConstraints): number[] | undefined {
  return slices.length === 0 ? undefined : slices.map(() => 0);
}

function countSlice(counts: number[] | undefined, index: number): void {
  if (counts !== undefined && index !== NO_SLICE) counts[index] = (counts[index] ?? 0) + 1;
}

function lengthOf(value: Json | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}

function entryAt(list: Json | undefined, index: number): Json | undefined {
  return Array.isArray(list) ? ((list as readonly Json[])[index] ?? undefined) : undefined;
}

function sliceIndexOf(
  value: Json | undefined,
  type: string | undefined,
  { slices, sliceByUrl }: ElementConstraints,
): number {
  if (sliceByUrl !== undefined) {
    const url = isObject(value) ? value.url : undefined;
    return typeof url === 'string' ? (sliceByUrl.get(url) ?? NO_SLICE) : NO_SLICE;
  }
  for (let index = 0; index < slices.length; index++) {
    if (slices[index]?.isMatch(value, type) === true) return index;
  }
  return NO_SLICE;
}

/** The variant of a choice that is present in `parent`. */
function findVariant(
  parent: JsonObject,
  name: string,
  variants: ChoiceVariants,
): ChoiceVariant | undefined {
  const first = name.charCodeAt(0);
  for (const key in parent) {
    if (!mayStartWith(key, first)) continue;
    const variant = variants.get(plainName(key));
    if (variant !== undefined) return variant;
  }
  return undefined;
}
