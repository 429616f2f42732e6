import type { Json } from '../json.ts';
import { hasContent, isNarrative } from '../xhtml.ts';
import type { Expression } from './expression.ts';
import { isEqual, ofType } from './items.ts';
import { type Compiler, type Evaluate, spend, type Test } from './language.ts';
import { bare, childrenOf, descendantsOf, type Item, type Items, NONE } from './nodes.ts';

type Make<T> = (target: Evaluate, args: readonly Expression[], compiler: Compiler) => T;

/** Functions that answer with a collection. */
export const FUNCTIONS: Readonly<Record<string, Make<Evaluate>>> = {
  where: (target, [criteria], compiler) => {
    const test = compiler.test(criteria ?? ['this']);
    return (item, scope) => target(item, scope).filter((one) => test(one, scope) === true);
  },
  select: (target, [projection], compiler) => {
    const project = compiler.evaluate(projection ?? ['this']);
    return (item, scope) => target(item, scope).flatMap((one) => project(one, scope));
  },
  first: (target) => (item, scope) => target(item, scope).slice(0, 1),
  tail: (target) => (item, scope) => target(item, scope).slice(1),
  trace: (target) => target,
  // Another resource is never fetched: what a reference leads to is unknown here.
  resolve: () => () => NONE,
  children: (target) => (item, scope) => target(item, scope).flatMap(childrenOf),
  descendants: (target) => (item, scope) => target(item, scope).flatMap(descendantsOf),
  count: (target) => (item, scope) => [target(item, scope).length],
  ofType: (target, [type]) => {
    const name = type?.[0] === 'value' ? String(type[1]) : '';
    return (item, scope) => ofType(target(item, scope), name);
  },
  combine: (target, [other], compiler) => {
    const more = compiler.evaluate(other ?? ['this']);
    return (item, scope) => [...target(item, scope), ...more(item, scope)];
  },
  intersect: (target, [other], compiler) => {
    const more = compiler.evaluate(other ?? ['this']);
    return (item, scope) => {
      const others = more(item, scope);
      const items = target(item, scope);
      spend(scope, items.length, others.length);
      return items.filter((one) => others.some((two) => isEqual(one, two)));
    };
  },
  iif: (target, [condition, then, otherwise], compiler) => {
    const test = compiler.test(condition ?? ['this']);
    const yes = compiler.evaluate(then ?? ['value', []]);
    const no = compiler.evaluate(otherwise ?? ['value', []]);
    return (item, scope) => {
      // The condition is asked about the collection; the rules ask only whether it is empty.
      const [focus] = target(item, scope);
      if (focus === undefined) return yes(item, scope);
      return (test(focus, scope) === true ? yes : no)(focus, scope);
    };
  },
  toString: ofText((text) => text),
  toInteger: (target) => (item, scope) => {
    const [value] = target(item, scope).map(bare);
    if (typeof value === 'number') return Number.isInteger(value) ? [value] : NONE;
    return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? [Number(value)] : NONE;
  },
  length: ofText((text) => text.length),
  substring: ofText((text, [start]) => {
    const from = typeof start === 'number' ? start : 0;
    return from < text.length ? text.slice(from) : undefined;
  }),
  replaceMatches: ofText((text, [pattern, by]) =>
    text.replace(new RegExp(String(pattern), 'gu'), String(by)),
  ),
};

/** Functions that answer yes, no or nothing. */
export const TESTS: Readonly<Record<string, Make<Test>>> = {
  not: (target) => (item, scope) => {
    const items = target(item, scope);
    if (items.length === 0) return undefined;
    const value = bare(items[0] as Item);
    return typeof value === 'boolean' ? !value : false;
  },
  hasValue: (target) => (item, scope) => {
    const [first] = target(item, scope);
    const value = first === undefined ? undefined : bare(first);
    return value !== undefined && typeof value !== 'object';
  },
  isDistinct: (target) => (item, scope) => {
    const items = target(item, scope);
    const plain = items.map(bare);
    if (plain.every((one) => typeof one === 'string')) return new Set(plain).size === plain.length;
    spend(scope, items.length, items.length);
    return items.every((one, at) => items.findIndex((other) => isEqual(one, other)) === at);
  },
  contains: aboutText((text, part) => text.includes(part)),
  startsWith: aboutText((text, part) => text.startsWith(part)),
  matches: aboutText((text, pattern) => patternOf(pattern).test(text)),
  htmlChecks: (target) => (item, scope) => htmlTest(target(item, scope), isNarrative),
  htmlChecks2: (target) => (item, scope) => htmlTest(target(item, scope), hasContent),
};

function htmlTest(items: Items, test: (xhtml: string) => boolean): boolean {
  return items.every((item) => {
    const value = bare(item);
    return typeof value !== 'string' || test(value);
  });
}

const patterns = new Map<string, RegExp>();

/** Patterns come from rules, of which there are a few dozen. */
function patternOf(text: string): RegExp {
  const known = patterns.get(text);
  if (known !== undefined) return known;
  const made = new RegExp(text, 's');
  patterns.set(text, made);
  return made;
}

function textOf(items: Items): string | undefined {
  const [first] = items;
  const value = first === undefined ? undefined : bare(first);
  return value === undefined || value === null || typeof value === 'object'
    ? undefined
    : String(value);
}

function ofText(
  change: (text: string, args: readonly (Json | undefined)[]) => Json | undefined,
): Make<Evaluate> {
  return (target, args, compiler) => {
    const given = args.map((arg) => compiler.evaluate(arg));
    return (item, scope) => {
      const text = textOf(target(item, scope));
      if (text === undefined) return NONE;
      const values = given.map((arg) => bare(arg(item, scope)[0] ?? null));
      const changed = change(text, values);
      return changed === undefined ? NONE : [changed];
    };
  };
}

function aboutText(test: (text: string, argument: string) => boolean): Make<Test> {
  return (target, [argument], compiler) => {
    const given = compiler.evaluate(argument ?? ['this']);
    return (item, scope) => {
      const text = textOf(target(item, scope));
      const other = textOf(given(item, scope));
      return text === undefined || other === undefined ? undefined : test(text, other);
    };
  };
}
