// Compiles the FHIRPath functions `exists`, `empty` and `all` to tests that stop at the first match.
import { isObject, mayStartWith, plainName } from '../json.ts';
import { isOfType } from './items.ts';
import {
  type ChoiceVariants,
  type Compiler,
  type EvaluationContext,
  type Expression,
  spend,
  type Test,
} from './language.ts';
import { childrenNamed, childrenOfChoice, type Item, objectOf, TypedNode } from './nodes.ts';

/** Whether an item satisfies a condition. */
type ItemTest = (item: Item, context: EvaluationContext) => boolean;

const ALWAYS: ItemTest = () => true;

type Call = Extract<Expression, readonly ['call', ...unknown[]]>;

/**
 * Compiles `exists`, `empty` and `all`, which most invariants consist of: they stop at the first
 * matching item and build no list. Undefined for other functions.
 */
export function existenceTest(
  [, target, name, [criteria]]: Call,
  compiler: Compiler,
): Test | undefined {
  const collection = target ?? ['this'];
  if (name === 'empty') {
    const any = anyItem(collection, ALWAYS, compiler);
    return (item, context) => !any(item, context);
  }
  const test = criteria && compiler.test(criteria);
  if (name === 'exists') {
    const matches: ItemTest = test ? (item, context) => test(item, context) === true : ALWAYS;
    return anyItem(collection, matches, compiler);
  }
  if (name !== 'all' || test === undefined) return undefined;
  const anyFails = anyItem(collection, (item, context) => test(item, context) !== true, compiler);
  return (item, context) => !anyFails(item, context);
}

/** Whether any item that an expression returns satisfies a test. */
function anyItem(expression: Expression, test: ItemTest, compiler: Compiler): ItemTest {
  switch (expression[0]) {
    case 'this':
      return test;
    case 'get': {
      const step = anyChild(expression[2], test, compiler);
      if (step === undefined) break;
      return expression[1] === null ? step : anyItem(expression[1], step, compiler);
    }
    case 'call': {
      const [, target, name, [argument]] = expression;
      if (argument === undefined) break;
      if (name === 'where') {
        const criteria = compiler.test(argument);
        const matches: ItemTest = (item, context) =>
          criteria(item, context) === true && test(item, context);
        return anyItem(target ?? ['this'], matches, compiler);
      }
      if (name === 'ofType' && argument[0] === 'value') {
        const type = String(argument[1]);
        const matches: ItemTest = (item, context) => isOfType(item, type) && test(item, context);
        return anyItem(target ?? ['this'], matches, compiler);
      }
    }
  }
  const evaluate = compiler.evaluate(expression);
  return (item, context) => anyOf(evaluate(item, context), test, context);
}

/** Undefined for a type name, which selects the item itself instead of a child. */
function anyChild(name: string, test: ItemTest, compiler: Compiler): ItemTest | undefined {
  const variants = compiler.choiceVariants(name);
  if (variants !== undefined) return anyChoiceChild(name, variants, test);
  return /^[A-Z]/.test(name) ? undefined : anyPlainChild(name, test);
}

function anyChoiceChild(name: string, variants: ChoiceVariants, test: ItemTest): ItemTest {
  const first = name.charCodeAt(0);
  return (item, context) => {
    const object = objectOf(item);
    for (const key in object) {
      if (!mayStartWith(key, first)) continue;
      const variant = variants.get(key);
      const value = object[key];
      if (variant !== undefined && isObject(value)) {
        return test(new TypedNode(value, undefined, variant.type), context);
      }
      const plain = plainName(key);
      if (plain === name || variants.has(plain)) {
        return anyOf(childrenOfChoice(item, name, variants), test, context);
      }
    }
    return false;
  };
}

function anyPlainChild(name: string, test: ItemTest): ItemTest {
  const sibling = `_${name}`;
  const children = childrenNamed(name);
  return (item, context) => {
    const object = objectOf(item);
    if (object === undefined) return false;
    const value = object[name];
    if (object[sibling] !== undefined) return anyOf(children(item), test, context);
    if (value === undefined || value === null) return false;
    return Array.isArray(value) ? anyOf(value, test, context) : test(value, context);
  };
}

function anyOf(
  items: readonly (Item | null)[],
  test: ItemTest,
  context: EvaluationContext,
): boolean {
  spend(context, items.length);
  for (const item of items) if (item !== null && test(item, context)) return true;
  return false;
}
