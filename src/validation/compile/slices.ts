import { choiceIn, isObject, isSame, type Json } from '../json.ts';
import { type CodeLibrary, isAmong } from './codes.ts';
import type { ElementRule, Slicing } from './definitions.ts';

/** Whether an entry is of a slice; `type` is that of a choice. */
export type Matcher = (value: Json | undefined, type: string | undefined) => boolean;

/** How an entry is known to be of `slice`: all its discriminators hold. */
export function matcherOf(slice: ElementRule, by: Slicing['by'], codes: CodeLibrary): Matcher {
  const [first, ...others] = by.map(({ type, path }) =>
    discriminator(slice, { type, path }, codes),
  );
  if (first !== undefined && others.length === 0) return first;
  return (value, type) =>
    first?.(value, type) !== false && others.every((test) => test(value, type));
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
    const some = atPath(steps, () => true);
    return (value, choice) => some(value, choice) === isThere;
  }
  const { fixed, pattern } = wanted(slice, steps);
  const [step, ...further] = steps;
  const text = fixed ?? pattern;
  if (step !== undefined && further.length === 0 && typeof text === 'string') {
    // The common case, such as the system of an identifier or the url of an extension.
    return (value) => isObject(value) && value[step] === text;
  }
  if (fixed !== undefined) return atPath(steps, (one) => isSame(one, fixed));
  if (pattern !== undefined) return atPath(steps, patternTest(pattern));
  const { binding } = at ?? {};
  const contains = binding && codes.valueSet(binding.valueSet);
  return atPath(steps, (one) => contains !== undefined && isAmong(one, contains) === 'in');
}

function typeMatcher(at: ElementRule | undefined, steps: readonly string[]): Matcher {
  const types = new Set(at?.types?.map(({ code }) => code));
  if (steps.length === 0) return (_value, type) => type !== undefined && types.has(type);
  return atPath(steps, (one) => isObject(one) && types.has(String(one.resourceType)));
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
  const part = isObject(value) ? value[step] : undefined;
  return Array.isArray(part) ? (part[0] as Json | undefined) : part;
}

type JsonTest = (value: Json) => boolean;

/** Whether one of what stands at a path below a value passes a test, arrays spread. */
function atPath([step, ...further]: readonly string[], test: JsonTest): Matcher {
  if (step === undefined) return (value) => value !== undefined && test(value);
  const inside = atPath(further, test);
  return (value, type) => {
    const plain = isObject(value) ? value[step] : undefined;
    const child = plain === undefined && isObject(value) ? choiceIn(value, step) : plain;
    if (!Array.isArray(child)) return inside(child, type);
    for (const one of child as readonly Json[]) if (inside(one, type)) return true;
    return false;
  };
}

/** Whether a value has everything that `pattern` has; entries of a list in any order. */
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
