// Compiles FHIRPath expressions to functions.
import type { Json } from '../json.ts';
import { existenceTest } from './existence.ts';
import { FUNCTIONS, TESTS } from './functions.ts';
import { compare, isEqual, isOfType, typeNameOf } from './items.ts';
import {
  type Compiler,
  type Evaluate,
  type EvaluationContext,
  type Expression,
  type Language,
  spend,
  type Test,
} from './language.ts';
import {
  childrenNamed,
  childrenOfChoice,
  type Item,
  type Items,
  jsonOf,
  NO_ITEMS,
  objectOf,
} from './nodes.ts';

/** A compiler of FHIRPath expressions. */
export function createCompiler(language: Language): Compiler {
  const compiler: Compiler = {
    choiceVariants: language.choiceVariants,
    evaluate: (expression) => compileExpression(expression, compiler),
    test: (expression) => compileTest(expression, compiler),
  };
  return compiler;
}

function compileExpression(expression: Expression, compiler: Compiler): Evaluate {
  switch (expression[0]) {
    case 'get':
      return compileGet(expression[1], expression[2], compiler);
    case 'value': {
      const [, value] = expression;
      const items: Items = Array.isArray(value) ? NO_ITEMS : [value as Json];
      return () => items;
    }
    case 'this':
      return (item) => [item];
    case 'variable':
      return compileVariable(expression[1]);
    case 'index': {
      const target = compiler.evaluate(expression[1]);
      const index = compiler.evaluate(expression[2]);
      return (item, context) => {
        const position = jsonOf(index(item, context)[0] ?? -1);
        if (typeof position !== 'number') return NO_ITEMS;
        return target(item, context).slice(position, position + 1);
      };
    }
    case 'as': {
      const target = compiler.evaluate(expression[1]);
      const [, , type] = expression;
      return (item, context) => target(item, context).filter((entry) => isOfType(entry, type));
    }
    case 'minus': {
      const target = compiler.evaluate(expression[1]);
      return (item, context) =>
        target(item, context).flatMap((entry) => (typeof entry === 'number' ? [-entry] : []));
    }
    case 'call':
      return compileCall(expression, compiler) ?? asCollection(compiler.test(expression));
    case 'op':
      return compileOperation(expression, compiler) ?? asCollection(compiler.test(expression));
    case 'is':
      return asCollection(compiler.test(expression));
  }
}

function asCollection(test: Test): Evaluate {
  return (item, context) => {
    const result = test(item, context);
    return result === undefined ? NO_ITEMS : [result];
  };
}

function compileGet(target: Expression | null, name: string, compiler: Compiler): Evaluate {
  const variants = compiler.choiceVariants(name);
  const step = variants
    ? (item: Item) => childrenOfChoice(item, name, variants)
    : /^[A-Z]/.test(name)
      ? (item: Item) => (typeNameOf(item) === name ? [item] : NO_ITEMS)
      : childrenNamed(name);
  const evaluateTarget = target === null ? undefined : compiler.evaluate(target);
  return (item, context) => {
    const parents = evaluateTarget?.(item, context);
    const children = parents === undefined ? step(item) : stepEach(parents, step);
    spend(context, children.length);
    return children;
  };
}

function stepEach(parents: Items, step: (item: Item) => Items): Items {
  if (parents.length === 1) return step(parents[0] as Item);
  if (parents.length === 0) return NO_ITEMS;
  const children: Item[] = [];
  for (const parent of parents) for (const child of step(parent)) children.push(child);
  return children;
}

function compileVariable(name: string): Evaluate {
  switch (name) {
    case 'resource':
      return (_item, { resource }) => [resource];
    case 'rootResource':
      return (_item, { rootResource }) => [rootResource];
    case 'context':
      return (_item, { focus }) => [focus];
    case 'ucum':
      return () => ['http://unitsofmeasure.org'];
    default:
      throw new Error(`The FHIRPath variable "%${name}" is not supported.`);
  }
}

function compileCall(
  [, target, name, args]: Extract<Expression, readonly ['call', ...unknown[]]>,
  compiler: Compiler,
): Evaluate | undefined {
  const compileFunction = FUNCTIONS[name];
  return compileFunction?.(compiler.evaluate(target ?? ['this']), args, compiler);
}

function compileOperation(
  [, operator, left, right]: Extract<Expression, readonly ['op', ...unknown[]]>,
  compiler: Compiler,
): Evaluate | undefined {
  if (!['|', '+', '&'].includes(operator)) return undefined;
  const a = compiler.evaluate(left);
  const b = compiler.evaluate(right);
  if (operator === '|')
    return (item, context) => distinct([...a(item, context), ...b(item, context)], context);
  return (item, context) => {
    const first = jsonOf(a(item, context)[0] ?? null) ?? undefined;
    const second = jsonOf(b(item, context)[0] ?? null) ?? undefined;
    if (operator === '&') return [`${text(first)}${text(second)}`];
    if (typeof first === 'number' && typeof second === 'number') return [first + second];
    return typeof first === 'string' && typeof second === 'string' ? [first + second] : NO_ITEMS;
  };
}

function text(value: Json | undefined): string {
  return value === undefined ? '' : String(value);
}

function distinct(items: Items, context: EvaluationContext): Items {
  spend(context, items.length, items.length);
  return items.filter((item, index) => items.findIndex((other) => isEqual(item, other)) === index);
}

function compileTest(expression: Expression, compiler: Compiler): Test {
  if (expression[0] === 'op') {
    const test = compileOperatorTest(expression, compiler);
    if (test !== undefined) return test;
  }
  if (expression[0] === 'is') {
    const target = compiler.evaluate(expression[1]);
    const [, , type] = expression;
    return (item, context) => {
      const [first] = target(item, context);
      return first === undefined ? undefined : isOfType(first, type);
    };
  }
  if (expression[0] === 'call') {
    const [, target, name, args] = expression;
    const test = existenceTest(expression, compiler);
    if (test !== undefined) return test;
    const compileFunction = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
    if (compileFunction !== undefined) {
      return compileFunction(compiler.evaluate(target ?? ['this']), args, compiler);
    }
    if (FUNCTIONS[name] === undefined) {
      throw new Error(`The FHIRPath function "${name}" is not supported.`);
    }
  }
  const evaluate = compiler.evaluate(expression);
  return (item, context) => conditionOf(evaluate(item, context));
}

/** A collection as a condition: undefined when empty, false for a single `false`, otherwise true. */
function conditionOf(items: Items): boolean | undefined {
  if (items.length === 0) return undefined;
  const value = jsonOf(items[0] as Item);
  return items.length === 1 && typeof value === 'boolean' ? value : true;
}

function compileOperatorTest(
  [, operator, left, right]: Extract<Expression, readonly ['op', ...unknown[]]>,
  compiler: Compiler,
): Test | undefined {
  const combine = LOGIC[operator];
  if (combine !== undefined) return combine(compiler.test(left), compiler.test(right));
  const relate = RELATIONS[operator];
  if (relate === undefined) return undefined;
  const a = compiler.evaluate(left);
  const b = compiler.evaluate(right);
  const general: Test = (item, context) => {
    const first = a(item, context);
    return first.length === 0 && operator !== 'contains'
      ? undefined
      : relate(first, b(item, context));
  };
  const isSimple = left[0] === 'get' && left[1] === null && right[0] === 'value';
  if (operator !== '=' || !isSimple || typeof right[1] !== 'string') return general;
  // Fast path: most rules compare a member with a string: `url = '…'`, `status = '…'`.
  const [, , name] = left;
  const [, text] = right;
  return (item, context) => {
    const value = objectOf(item)?.[name];
    return typeof value === 'string' ? value === text : general(item, context);
  };
}

type Logic = (a: Test, b: Test) => Test;

const LOGIC: Readonly<Record<string, Logic>> = {
  and: (a, b) => (item, context) => {
    const first = a(item, context);
    if (first === false) return false;
    const second = b(item, context);
    return second === false ? false : first && second;
  },
  or: (a, b) => (item, context) => {
    const first = a(item, context);
    if (first === true) return true;
    const second = b(item, context);
    return second === true ? true : first === undefined ? undefined : second;
  },
  xor: (a, b) => (item, context) => {
    const first = a(item, context);
    const second = b(item, context);
    return first === undefined || second === undefined ? undefined : first !== second;
  },
  implies: (a, b) => (item, context) => {
    const first = a(item, context);
    if (first === false) return true;
    const second = b(item, context);
    return first === true ? second : second === true ? true : undefined;
  },
};

type Relation = (a: Items, b: Items) => boolean | undefined;

const equal: Relation = (a, b) => {
  if (b.length === 0) return undefined;
  if (a.length === 1 && b.length === 1) return isEqual(a[0] as Item, b[0] as Item);
  return a.length === b.length && a.every((item, index) => isEqual(item, b[index] as Item));
};
const ordered =
  (accepts: (order: number) => boolean): Relation =>
  (a, b) => {
    const [first] = a;
    const [second] = b;
    if (first === undefined || second === undefined) return undefined;
    const order = compare(jsonOf(first), jsonOf(second));
    return order === undefined ? undefined : accepts(order);
  };
const member: Relation = (a, b) =>
  a[0] === undefined ? undefined : b.some((item) => isEqual(item, a[0] as Item));

const RELATIONS: Readonly<Record<string, Relation>> = {
  '=': equal,
  '!=': (a, b) => {
    const isEqualTo = equal(a, b);
    return isEqualTo === undefined ? undefined : !isEqualTo;
  },
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  in: member,
  contains: (a, b) => member(b, a),
};
