import type { Json } from '../json.ts';
import type { Expression } from './expression.ts';
import { FUNCTIONS, TESTS } from './functions.ts';
import { isEqual, isOf, typeNameOf } from './items.ts';
import {
  type Compiler,
  type Evaluate,
  type Language,
  type Scope,
  spend,
  type Test,
} from './language.ts';
import {
  bare,
  childrenNamed,
  childrenOfChoice,
  type Item,
  type Items,
  NONE,
  parentOf,
} from './nodes.ts';
import { compare } from './order.ts';
import { existence } from './some.ts';

/** A compiler for a set of definitions. */
export function createCompiler(language: Language): Compiler {
  const compiler: Compiler = {
    choice: language.choice,
    evaluate: (expression) => evaluateOf(expression, compiler),
    test: (expression) => testOf(expression, compiler),
  };
  return compiler;
}

function evaluateOf(expression: Expression, compiler: Compiler): Evaluate {
  switch (expression[0]) {
    case 'get':
      return getter(expression[1], expression[2], compiler);
    case 'value': {
      const [, value] = expression;
      const items: Items = Array.isArray(value) ? NONE : [value as Json];
      return () => items;
    }
    case 'this':
      return (item) => [item];
    case 'variable':
      return variable(expression[1]);
    case 'index': {
      const target = compiler.evaluate(expression[1]);
      const index = compiler.evaluate(expression[2]);
      return (item, scope) => {
        const at = bare(index(item, scope)[0] ?? -1);
        return typeof at === 'number' ? target(item, scope).slice(at, at + 1) : NONE;
      };
    }
    case 'as': {
      const target = compiler.evaluate(expression[1]);
      const [, , type] = expression;
      return (item, scope) => target(item, scope).filter((one) => isOf(one, type));
    }
    case 'minus': {
      const target = compiler.evaluate(expression[1]);
      return (item, scope) =>
        target(item, scope).flatMap((one) => (typeof one === 'number' ? [-one] : []));
    }
    case 'call':
      return callOf(expression, compiler) ?? wrapped(compiler.test(expression));
    case 'op':
      return operation(expression, compiler) ?? wrapped(compiler.test(expression));
    case 'is':
      return wrapped(compiler.test(expression));
  }
}

function wrapped(test: Test): Evaluate {
  return (item, scope) => {
    const result = test(item, scope);
    return result === undefined ? NONE : [result];
  };
}

function getter(target: Expression | null, name: string, compiler: Compiler): Evaluate {
  const choices = compiler.choice(name);
  const step = choices
    ? (item: Item) => childrenOfChoice(item, name, choices)
    : /^[A-Z]/.test(name)
      ? (item: Item) => (typeNameOf(item) === name ? [item] : NONE)
      : childrenNamed(name);
  const inner = target === null ? undefined : compiler.evaluate(target);
  return (item, scope) => {
    const items = inner?.(item, scope);
    const found = items === undefined ? step(item) : stepEach(items, step);
    spend(scope, found.length);
    return found;
  };
}

function stepEach(items: Items, step: (item: Item) => Items): Items {
  if (items.length === 1) return step(items[0] as Item);
  if (items.length === 0) return NONE;
  const found: Item[] = [];
  for (const one of items) for (const child of step(one)) found.push(child);
  return found;
}

function variable(name: string): Evaluate {
  switch (name) {
    case 'resource':
      return (_item, { resource }) => [resource];
    case 'rootResource':
      return (_item, { root }) => [root];
    case 'context':
      return (_item, { context }) => [context];
    case 'ucum':
      return () => ['http://unitsofmeasure.org'];
    default:
      throw new Error(`The variable "${name}" is not used by any rule yet.`);
  }
}

function callOf(
  [, target, name, args]: Extract<Expression, readonly ['call', ...unknown[]]>,
  compiler: Compiler,
): Evaluate | undefined {
  const make = FUNCTIONS[name];
  return make?.(compiler.evaluate(target ?? ['this']), args, compiler);
}

function operation(
  [, operator, left, right]: Extract<Expression, readonly ['op', ...unknown[]]>,
  compiler: Compiler,
): Evaluate | undefined {
  if (!['|', '+', '&'].includes(operator)) return undefined;
  const a = compiler.evaluate(left);
  const b = compiler.evaluate(right);
  if (operator === '|')
    return (item, scope) => distinct([...a(item, scope), ...b(item, scope)], scope);
  return (item, scope) => {
    const first = bare(a(item, scope)[0] ?? null) ?? undefined;
    const second = bare(b(item, scope)[0] ?? null) ?? undefined;
    if (operator === '&') return [`${text(first)}${text(second)}`];
    if (typeof first === 'number' && typeof second === 'number') return [first + second];
    return typeof first === 'string' && typeof second === 'string' ? [first + second] : NONE;
  };
}

function text(value: Json | undefined): string {
  return value === undefined ? '' : String(value);
}

function distinct(items: Items, scope: Scope): Items {
  spend(scope, items.length, items.length);
  return items.filter((one, index) => items.findIndex((other) => isEqual(one, other)) === index);
}

function testOf(expression: Expression, compiler: Compiler): Test {
  if (expression[0] === 'op') {
    const test = operatorTest(expression, compiler);
    if (test !== undefined) return test;
  }
  if (expression[0] === 'is') {
    const target = compiler.evaluate(expression[1]);
    const [, , type] = expression;
    return (item, scope) => {
      const [first] = target(item, scope);
      return first === undefined ? undefined : isOf(first, type);
    };
  }
  if (expression[0] === 'call') {
    const [, target, name, args] = expression;
    const some = existence(expression, compiler);
    if (some !== undefined) return some;
    const make = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
    if (make !== undefined) return make(compiler.evaluate(target ?? ['this']), args, compiler);
    if (FUNCTIONS[name] === undefined) {
      throw new Error(`The function "${name}" is not used by any rule yet.`);
    }
  }
  const evaluate = compiler.evaluate(expression);
  return (item, scope) => truthOf(evaluate(item, scope));
}

/** A collection as a condition: empty says nothing, one item that is no boolean says yes. */
function truthOf(items: Items): boolean | undefined {
  if (items.length === 0) return undefined;
  const value = bare(items[0] as Item);
  return items.length === 1 && typeof value === 'boolean' ? value : true;
}

function operatorTest(
  [, operator, left, right]: Extract<Expression, readonly ['op', ...unknown[]]>,
  compiler: Compiler,
): Test | undefined {
  const logic = LOGIC[operator];
  if (logic !== undefined) return logic(compiler.test(left), compiler.test(right));
  const relation = RELATIONS[operator];
  if (relation === undefined) return undefined;
  const a = compiler.evaluate(left);
  const b = compiler.evaluate(right);
  const slow: Test = (item, scope) => {
    const first = a(item, scope);
    return first.length === 0 && operator !== 'contains'
      ? undefined
      : relation(first, b(item, scope));
  };
  const isPlain = left[0] === 'get' && left[1] === null && right[0] === 'value';
  if (operator !== '=' || !isPlain || typeof right[1] !== 'string') return slow;
  // Most rules compare a member with a text: `url = '…'`, `status = '…'`.
  const [, , name] = left;
  const [, text] = right;
  return (item, scope) => {
    const value = parentOf(item)?.[name];
    return typeof value === 'string' ? value === text : slow(item, scope);
  };
}

type Logic = (a: Test, b: Test) => Test;

const LOGIC: Readonly<Record<string, Logic>> = {
  and: (a, b) => (item, scope) => {
    const first = a(item, scope);
    if (first === false) return false;
    const second = b(item, scope);
    return second === false ? false : first && second;
  },
  or: (a, b) => (item, scope) => {
    const first = a(item, scope);
    if (first === true) return true;
    const second = b(item, scope);
    return second === true ? true : first === undefined ? undefined : second;
  },
  xor: (a, b) => (item, scope) => {
    const first = a(item, scope);
    const second = b(item, scope);
    return first === undefined || second === undefined ? undefined : first !== second;
  },
  implies: (a, b) => (item, scope) => {
    const first = a(item, scope);
    if (first === false) return true;
    const second = b(item, scope);
    return first === true ? second : second === true ? true : undefined;
  },
};

type Relation = (a: Items, b: Items) => boolean | undefined;

const equal: Relation = (a, b) => {
  if (b.length === 0) return undefined;
  if (a.length === 1 && b.length === 1) return isEqual(a[0] as Item, b[0] as Item);
  return a.length === b.length && a.every((one, index) => isEqual(one, b[index] as Item));
};
const ordered =
  (holds: (order: number) => boolean): Relation =>
  (a, b) => {
    const [first] = a;
    const [second] = b;
    if (first === undefined || second === undefined) return undefined;
    const order = compare(bare(first), bare(second));
    return order === undefined ? undefined : holds(order);
  };
const member: Relation = (a, b) =>
  a[0] === undefined ? undefined : b.some((one) => isEqual(one, a[0] as Item));

const RELATIONS: Readonly<Record<string, Relation>> = {
  '=': equal,
  '!=': (a, b) => {
    const same = equal(a, b);
    return same === undefined ? undefined : !same;
  },
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  in: member,
  contains: (a, b) => member(b, a),
};
