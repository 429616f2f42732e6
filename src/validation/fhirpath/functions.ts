// The FHIRPath functions that invariants of R4 and of this project use.
import { memoize } from '../../memoize.ts';
import type { Json } from '../json.ts';
import { isEqual, ofType } from './items.ts';
import { type Compiler, type Evaluate, type Expression, spend, type Test } from './language.ts';
import { hasContent, isNarrative } from './narrative.ts';
import { childrenOf, descendantsOf, type Item, type Items, jsonOf, NO_ITEMS } from './nodes.ts';

/** Compiles a call of one function on `target`. */
type FunctionCompiler<T> = (target: Evaluate, args: readonly Expression[], compiler: Compiler) => T;

/** Functions that return a collection. */
export const FUNCTIONS: Readonly<Record<string, FunctionCompiler<Evaluate>>> = {
  where: (target, [criteria], compiler) => {
    const test = compiler.test(criteria ?? ['this']);
    return (item, context) =>
      target(item, context).filter((entry) => test(entry, context) === true);
  },
  select: (target, [projection], compiler) => {
    const project = compiler.evaluate(projection ?? ['this']);
    return (item, context) => target(item, context).flatMap((entry) => project(entry, context));
  },
  first: (target) => (item, context) => target(item, context).slice(0, 1),
  tail: (target) => (item, context) => target(item, context).slice(1),
  trace: (target) => target,
  // Other resources are never fetched, so the target of a reference is unknown.
  resolve: () => () => NO_ITEMS,
  children: (target) => (item, context) => target(item, context).flatMap(childrenOf),
  descendants: (target) => (item, context) => target(item, context).flatMap(descendantsOf),
  count: (target) => (item, context) => [target(item, context).length],
  ofType: (target, [type]) => {
    const name = type?.[0] === 'value' ? String(type[1]) : '';
    return (item, context) => ofType(target(item, context), name);
  },
  combine: (target, [other], compiler) => {
    const second = compiler.evaluate(other ?? ['this']);
    return (item, context) => [...target(item, context), ...second(item, context)];
  },
  intersect: (target, [other], compiler) => {
    const second = compiler.evaluate(other ?? ['this']);
    return (item, context) => {
      const others = second(item, context);
      const items = target(item, context);
      spend(context, items.length, others.length);
      return items.filter((entry) => others.some((match) => isEqual(entry, match)));
    };
  },
  iif: (target, [condition, then, otherwise], compiler) => {
    const test = compiler.test(condition ?? ['this']);
    const whenTrue = compiler.evaluate(then ?? ['value', []]);
    const whenFalse = compiler.evaluate(otherwise ?? ['value', []]);
    return (item, context) => {
      // FHIRPath evaluates the condition on the collection. R4's rules only test whether it is empty.
      const [first] = target(item, context);
      if (first === undefined) return whenTrue(item, context);
      return (test(first, context) === true ? whenTrue : whenFalse)(first, context);
    };
  },
  toString: textFunction((text) => text),
  toInteger: (target) => (item, context) => {
    const [value] = target(item, context).map(jsonOf);
    if (typeof value === 'number') return Number.isInteger(value) ? [value] : NO_ITEMS;
    return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? [Number(value)] : NO_ITEMS;
  },
  length: textFunction((text) => text.length),
  substring: textFunction((text, [start]) => {
    const from = typeof start === 'number' ? start : 0;
    return from < text.length ? text.slice(from) : undefined;
  }),
  replaceMatches: textFunction((text, [pattern, replacement]) =>
    text.replace(new RegExp(String(pattern), 'gu'), String(replacement)),
  ),
};

/** Functions that return true, false or empty. */
export const TESTS: Readonly<Record<string, FunctionCompiler<Test>>> = {
  not: (target) => (item, context) => {
    const items = target(item, context);
    if (items.length === 0) return undefined;
    const value = jsonOf(items[0] as Item);
    return typeof value === 'boolean' ? !value : false;
  },
  hasValue: (target) => (item, context) => {
    const [first] = target(item, context);
    const value = first === undefined ? undefined : jsonOf(first);
    return value !== undefined && typeof value !== 'object';
  },
  isDistinct: (target) => (item, context) => {
    const items = target(item, context);
    const values = items.map(jsonOf);
    if (values.every((value) => typeof value === 'string')) {
      return new Set(values).size === values.length;
    }
    spend(context, items.length, items.length);
    return items.every(
      (entry, index) => items.findIndex((other) => isEqual(entry, other)) === index,
    );
  },
  contains: textTest((text, part) => text.includes(part)),
  startsWith: textTest((text, part) => text.startsWith(part)),
  matches: textTest((text, pattern) => patternOf(pattern).test(text)),
  htmlChecks: (target) => (item, context) => htmlTest(target(item, context), isNarrative),
  htmlChecks2: (target) => (item, context) => htmlTest(target(item, context), hasContent),
};

function htmlTest(items: Items, test: (xhtml: string) => boolean): boolean {
  return items.every((item) => {
    const value = jsonOf(item);
    return typeof value !== 'string' || test(value);
  });
}

/** Without a limit, because patterns are literals in a few dozen rules. */
const patternOf = memoize((pattern: string) => new RegExp(pattern, 's'));

function textOf(items: Items): string | undefined {
  const [first] = items;
  const value = first === undefined ? undefined : jsonOf(first);
  return value === undefined || value === null || typeof value === 'object'
    ? undefined
    : String(value);
}

function textFunction(
  apply: (text: string, args: readonly (Json | undefined)[]) => Json | undefined,
): FunctionCompiler<Evaluate> {
  return (target, args, compiler) => {
    const compiledArgs = args.map((arg) => compiler.evaluate(arg));
    return (item, context) => {
      const text = textOf(target(item, context));
      if (text === undefined) return NO_ITEMS;
      const values = compiledArgs.map((arg) => jsonOf(arg(item, context)[0] ?? null));
      const result = apply(text, values);
      return result === undefined ? NO_ITEMS : [result];
    };
  };
}

function textTest(test: (text: string, argument: string) => boolean): FunctionCompiler<Test> {
  return (target, [argument], compiler) => {
    const evaluateArgument = compiler.evaluate(argument ?? ['this']);
    return (item, context) => {
      const text = textOf(target(item, context));
      const argumentText = textOf(evaluateArgument(item, context));
      if (text === undefined || argumentText === undefined) return undefined;
      return test(text, argumentText);
    };
  };
}
