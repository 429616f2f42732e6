import { type CodeLibrary, codesOf } from './codes.ts';
import type { ElementRule, Slicing } from './definitions.ts';
import { isObject, isSame, type Json, own } from './json.ts';

/** A value of an element, with what its member's name says of it. */
export interface Found {
  readonly value: Json | undefined;
  /** Id and extensions of a primitive. */
  readonly sibling: Json | undefined;
  /** Type of a choice. */
  readonly type: string | undefined;
}

/** Whether an entry is of a slice. */
export type Matcher = (found: Found) => boolean;

/** How an entry is known to be of `slice`: all its discriminators hold. */
export function matcherOf(slice: ElementRule, by: Slicing['by'], codes: CodeLibrary): Matcher {
  const [first, ...others] = by.map(({ type, path }) =>
    discriminator(slice, { type, path }, codes),
  );
  if (first !== undefined && others.length === 0) return first;
  return (found) => first?.(found) !== false && others.every((test) => test(found));
}

function discriminator(
  slice: ElementRule,
  { type, path }: Slicing['by'][number],
  codes: CodeLibrary,
): Matcher {
  const steps = path === '$this' ? [] : path.split('.');
  if (type === 'type') return typeMatcher(ruleAt(slice, steps), steps);
  const at = ruleAt(slice, steps);
  if (type === 'exists') {
    const isThere = (at?.min ?? 0) > 0;
    return ({ value }) => valuesAt(value, steps).length > 0 === isThere;
  }
  const { fixed, pattern } = wanted(slice, steps);
  const [step, ...further] = steps;
  const text = fixed ?? pattern;
  if (step !== undefined && further.length === 0 && typeof text === 'string') {
    // The common case, such as the system of an identifier or the url of an extension.
    return ({ value }) => isObject(value) && value[step] === text;
  }
  if (fixed !== undefined) {
    return ({ value }) => valuesAt(value, steps).some((one) => isSame(one, fixed));
  }
  if (pattern !== undefined) {
    const test = patternTest(pattern);
    return ({ value }) => valuesAt(value, steps).some((one) => test(one));
  }
  const { binding } = at ?? {};
  const contains = binding && codes.valueSet(binding.valueSet);
  return ({ value }) =>
    valuesAt(value, steps).some((one) =>
      codesOf(one, isObject(one) && Array.isArray(one.coding) ? 'CodeableConcept' : '')?.some(
        ({ system, code }) => contains?.(system, code) === true,
      ),
    );
}

function typeMatcher(at: ElementRule | undefined, steps: readonly string[]): Matcher {
  const types = new Set(at?.types?.map(({ code }) => code));
  if (steps.length === 0) return ({ type }) => type !== undefined && types.has(type);
  return ({ value }) =>
    valuesAt(value, steps).some(
      (one) => isObject(one) && types.has(String(own(one, 'resourceType'))),
    );
}

/** The rule for what stands at a path below the slice. */
function ruleAt(slice: ElementRule, steps: readonly string[]): ElementRule | undefined {
  return steps.reduce<ElementRule | undefined>((at, step) => childOf(at, step), slice);
}

function childOf(at: ElementRule | undefined, step: string): ElementRule | undefined {
  const inSlices = (at?.slices ?? []).flatMap(({ children = [] }) => children);
  return [...(at?.children ?? []), ...inSlices].find(
    ({ name }) => name === step || name === `${step}[x]`,
  );
}

/** The value asked for at a path: said there, or as a part of what is said above it. */
function wanted(slice: ElementRule, steps: readonly string[]): { fixed?: Json; pattern?: Json } {
  let at: ElementRule | undefined = slice;
  let fixed = slice.fixed as Json | undefined;
  let pattern = slice.pattern as Json | undefined;
  if (steps[0] === 'url' && slice.types?.[0]?.profiles?.[0] !== undefined) {
    fixed = { url: slice.types[0].profiles[0] };
  }
  for (const step of steps) {
    at = childOf(at, step);
    fixed = (at?.fixed as Json | undefined) ?? partOf(fixed, step);
    pattern = (at?.pattern as Json | undefined) ?? partOf(pattern, step);
  }
  return {
    ...(fixed === undefined ? {} : { fixed }),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

function partOf(value: Json | undefined, step: string): Json | undefined {
  const part = isObject(value) ? own(value, step) : undefined;
  return Array.isArray(part) ? (part[0] as Json | undefined) : part;
}

/** What stands at a path below a value, arrays spread. */
function valuesAt(value: Json | undefined, steps: readonly string[]): readonly Json[] {
  let found: readonly Json[] = value === undefined ? [] : [value];
  for (const step of steps) {
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0 && isObject(only)) {
      const child = childValue(only, step);
      found = child === undefined ? [] : Array.isArray(child) ? (child as Json[]) : [child];
      continue;
    }
    found = found.flatMap((one) => {
      const child = isObject(one) ? childValue(one, step) : undefined;
      if (child === undefined) return [];
      return Array.isArray(child) ? (child as readonly Json[]) : [child];
    });
  }
  return found;
}

function childValue(object: { readonly [name: string]: Json }, step: string): Json | undefined {
  const plain = own(object, step);
  if (plain !== undefined) return plain;
  const key = Object.keys(object).find(
    (name) => name.startsWith(step) && /^[A-Z]/.test(name.slice(step.length)),
  );
  return key === undefined ? undefined : object[key];
}

/** Whether a value has everything that `pattern` has; entries of a list in any order. */
export function patternTest(pattern: Json): (value: Json | undefined) => boolean {
  if (Array.isArray(pattern)) {
    const tests = (pattern as readonly Json[]).map(patternTest);
    return (value) =>
      Array.isArray(value) && tests.every((test) => (value as readonly Json[]).some(test));
  }
  if (!isObject(pattern)) return (value) => value === pattern;
  const members = Object.entries(pattern).map(([name, part]) => ({
    name,
    test: patternTest(part),
  }));
  return (value) => {
    if (!isObject(value)) return false;
    for (const { name, test } of members) if (!test(own(value, name))) return false;
    return true;
  };
}
