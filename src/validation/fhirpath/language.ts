import type { Json } from '../json.ts';
import type { Expression } from './expression.ts';
import type { Item, Items } from './nodes.ts';

/** What an expression may refer to beside its own element. */
export interface Scope {
  /** The resource that the element stands in; a contained one is its own. */
  readonly resource: Json;
  /** The resource that contains it, else the same. */
  readonly root: Json;
  /** The element that the rule is about. */
  readonly context: Item;
}

/** An expression as a function of what it is asked about. */
export type Evaluate = (item: Item, scope: Scope) => Items;

/** A condition as a function; undefined where FHIRPath says empty. */
export type Test = (item: Item, scope: Scope) => boolean | undefined;

/** What expressions are compiled with. */
export interface Language {
  /** Names of choice elements without `[x]`. */
  readonly choices: ReadonlySet<string>;
  /** Type names by how they end the name of a choice: `Quantity`, `DateTime`. */
  readonly typeSuffixes: ReadonlyMap<string, string>;
}

/** Turns expressions into functions. Throws on what no rule has used so far. */
export interface Compiler {
  evaluate(expression: Expression): Evaluate;
  test(expression: Expression): Test;
}
