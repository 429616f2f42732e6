// Compiles the discriminators of slices to tests of single entries.
import { defined } from '../../defined.ts';
import { choiceValue, isEqualJson, isObject, type Json } from '../json.ts';
import { type CodeIndex, findInValueSet } from './codes.ts';
import type { ElementRule, Slicing } from './definitions.ts';

/** Whether an entry belongs to a slice; `type` is the type of a choice. */
export type Matcher = (value: Json | undefined, type: string | undefined) => boolean;

/** The test whether an entry belongs to `slice`: all its discriminators match. */
export function matcherOf(slice: ElementRule, by: Slicing['by'], codes: CodeIndex): Matcher {
  const [first, ...rest] = by.map((discriminator) =>
    compileDiscriminator(slice, discriminator, codes),
  );
  if (first !== undefined && rest.length === 0) return first;
  return (value, type) =>
    first?.(value, type) !== false && rest.every((matches) => matches(value, type));
}

function compileDiscriminator(
  slice: ElementRule,
  { type, path }: Slicing['by'][number],
  codes: CodeIndex,
): Matcher {
  const steps = path === '$this' ? [] : path.split('.');
  const element = elementAt(slice, steps);
  if (type === 'type') return typeMatcher(element, steps);
  if (type === 'exists') {
    const mustExist = (element?.min ?? 0) > 0;
    const exists = anyAtPath(steps, () => true);
    return (value, choiceType) => exists(value, choiceType) === mustExist;
  }
  const { fixed, pattern } = requiredValue(slice, steps);
  const [step, ...further] = steps;
  const text = fixed ?? pattern;
  if (step !== undefined && further.length === 0 && typeof text === 'string') {
    // Fast path for the common case, such as an identifier's system or an extension's url.
    return (value) => isObject(value) && value[step] === text;
  }
  if (fixed !== undefined) return anyAtPath(steps, (value) => isEqualJson(value, fixed));
  if (pattern !== undefined) return anyAtPath(steps, patternTest(pattern));
  const contains = element?.binding && codes.valueSet(element.binding.valueSet);
  return anyAtPath(
    steps,
    (value) => contains !== undefined && findInValueSet(value, contains) === 'member',
  );
}

function typeMatcher(element: ElementRule | undefined, steps: readonly string[]): Matcher {
  const types = new Set(element?.types?.map(({ code }) => code));
  if (steps.length === 0) return (_value, type) => type !== undefined && types.has(type);
  return anyAtPath(steps, (value) => isObject(value) && types.has(String(value.resourceType)));
}

/** The definition of the element at a path below the slice. */
function elementAt(slice: ElementRule, steps: readonly string[]): ElementRule | undefined {
  return steps.reduce<ElementRule | undefined>((element, step) => childOf(element, step), slice);
}

function childOf(element: ElementRule | undefined, step: string): ElementRule | undefined {
  const inSlices = (element?.slices ?? []).flatMap(({ children = [] }) => children);
  return [...(element?.children ?? []), ...inSlices].find(
    ({ name }) => name === step || name === `${step}[x]`,
  );
}

/** The value that a path must have: defined there, or as a part of a value defined above it. */
function requiredValue(
  slice: ElementRule,
  steps: readonly string[],
): { fixed?: Json; pattern?: Json } {
  let element: ElementRule | undefined = slice;
  let fixed = slice.fixed as Json | undefined;
  let pattern = slice.pattern as Json | undefined;
  if (steps[0] === 'url' && slice.types?.[0]?.profiles?.[0] !== undefined) {
    fixed = { url: slice.types[0].profiles[0] };
  }
  for (const step of steps) {
    element = childOf(element, step);
    fixed = (element?.fixed as Json | undefined) ?? partOf(fixed, step);
    pattern = (element?.pattern as Json | undefined) ?? partOf(pattern, step);
  }
  return defined({ fixed, pattern });
}

function partOf(value: Json | undefined, step: string): Json | undefined {
  const part = isObject(value) ? value[step] : undefined;
  return Array.isArray(part) ? (part[0] as Json | undefined) : part;
}

type JsonTest = (value: Json) => boolean;

/** Whether any value at a path below an entry passes a test. Arrays on the path are flattened. */
function anyAtPath([step, ...further]: readonly string[], test: JsonTest): Matcher {
  if (step === undefined) return (value) => value !== undefined && test(value);
  const anyBelow = anyAtPath(further, test);
  return (value, type) => {
    const member = isObject(value) ? value[step] : undefined;
    const child = member === undefined && isObject(value) ? choiceValue(value, step) : member;
    if (!Array.isArray(child)) return anyBelow(child, type);
    for (const entry of child as readonly Json[]) if (anyBelow(entry, type)) return true;
    return false;
  };
}

/** The test whether a value contains everything in `pattern`; list entries in any order. */
export function patternTest(pattern: Json): (value: Json | undefined) => boolean {
  if (Array.isArray(pattern)) {
    const tests = (pattern as readonly Json[]).map(patternTest);
    return (value) => {
      if (!Array.isArray(value)) return false;
      for (const test of tests) if (!(value as readonly Json[]).some(test)) return false;
      return true;
    };
  }
  if (!isObject(pattern)) return (value) => value === pattern;
  const members = Object.entries(pattern).map(([name, part]) => ({
    name,
    test: patternTest(part),
  }));
  return (value) => {
    if (!isObject(value)) return false;
    for (const { name, test } of members) if (!test(value[name])) return false;
    return true;
  };
}
