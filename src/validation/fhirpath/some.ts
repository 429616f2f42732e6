import { isObject, mayBegin, plainName } from '../json.ts';
import type { Expression } from './expression.ts';
import { isOf } from './items.ts';
import { type Choices, type Compiler, type Scope, spend, type Test } from './language.ts';
import { childrenNamed, childrenOfChoice, type Item, parentOf, TypedNode } from './nodes.ts';

/** Whether an item is one of those looked for. */
type Sought = (item: Item, scope: Scope) => boolean;

/** Any item will do. */
const ANY: Sought = () => true;

type Call = Extract<Expression, readonly ['call', ...unknown[]]>;

/**
 * `exists`, `empty` and `all`, which most invariants come down to: they look for one item and make no
 * list of the others. Undefined for other functions.
 */
export function existence(
  [, target, name, [criteria]]: Call,
  compiler: Compiler,
): Test | undefined {
  const from = target ?? ['this'];
  if (name === 'empty') {
    const some = someOf(from, ANY, compiler);
    return (item, scope) => !some(item, scope);
  }
  const test = criteria && compiler.test(criteria);
  if (name === 'exists') {
    return someOf(from, test ? (one, scope) => test(one, scope) === true : ANY, compiler);
  }
  if (name !== 'all' || test === undefined) return undefined;
  const some = someOf(from, (one, scope) => test(one, scope) !== true, compiler);
  return (item, scope) => !some(item, scope);
}

/** Whether an expression leads to one that is sought. */
function someOf(expression: Expression, sought: Sought, compiler: Compiler): Sought {
  switch (expression[0]) {
    case 'this':
      return sought;
    case 'get': {
      const step = stepTo(expression[2], sought, compiler);
      if (step === undefined) break;
      return expression[1] === null ? step : someOf(expression[1], step, compiler);
    }
    case 'call': {
      const [, target, name, [argument]] = expression;
      if (argument === undefined) break;
      if (name === 'where') {
        const test = compiler.test(argument);
        const fits: Sought = (one, scope) => test(one, scope) === true && sought(one, scope);
        return someOf(target ?? ['this'], fits, compiler);
      }
      if (name === 'ofType' && argument[0] === 'value') {
        const type = String(argument[1]);
        const fits: Sought = (one, scope) => isOf(one, type) && sought(one, scope);
        return someOf(target ?? ['this'], fits, compiler);
      }
    }
  }
  const evaluate = compiler.evaluate(expression);
  return (item, scope) => isAmong(evaluate(item, scope), sought, scope);
}

/** Undefined for a name that asks for a type instead of a child. */
function stepTo(name: string, sought: Sought, { choice }: Compiler): Sought | undefined {
  const choices = choice(name);
  if (choices !== undefined) return choiceStep(name, choices, sought);
  return /^[A-Z]/.test(name) ? undefined : plainStep(name, sought);
}

function choiceStep(name: string, choices: Choices, sought: Sought): Sought {
  const first = name.charCodeAt(0);
  return (item, scope) => {
    const parent = parentOf(item);
    for (const key in parent) {
      if (!mayBegin(key, first)) continue;
      const choice = choices.get(key);
      const value = parent[key];
      if (choice !== undefined && isObject(value)) {
        return sought(new TypedNode(value, undefined, choice.type), scope);
      }
      const plain = plainName(key);
      if (plain === name || choices.has(plain)) {
        return isAmong(childrenOfChoice(item, name, choices), sought, scope);
      }
    }
    return false;
  };
}

function plainStep(name: string, sought: Sought): Sought {
  const sibling = `_${name}`;
  const children = childrenNamed(name);
  return (item, scope) => {
    const parent = parentOf(item);
    if (parent === undefined) return false;
    const value = parent[name];
    if (parent[sibling] !== undefined) return isAmong(children(item), sought, scope);
    if (value === undefined || value === null) return false;
    return Array.isArray(value) ? isAmong(value, sought, scope) : sought(value, scope);
  };
}

function isAmong(items: readonly (Item | null)[], sought: Sought, scope: Scope): boolean {
  spend(scope, items.length);
  for (const one of items) if (one !== null && sought(one, scope)) return true;
  return false;
}
