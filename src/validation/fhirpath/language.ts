// The types that the FHIRPath compiler, its functions and its users share: expressions before and after
// they are compiled, and what they are evaluated with.
import type { Json } from '../json.ts';
import type { ContainedIndex } from './contained-index.ts';
import type { Item, Items } from './nodes.ts';

/**
 * A FHIRPath expression, parsed when the definitions are compiled. The first entry is its kind:
 * `get` a child by name · `call` a function with its arguments · `index` · `is` or `as` a type ·
 * `op` two operands · `minus` a negated number · `value` a literal, `[]` for `{}` · `this` ·
 * `variable` such as `resource`. A null target is the item that the expression is evaluated on.
 */
export type Expression =
  | readonly ['get', Expression | null, string]
  | readonly ['call', Expression | null, string, readonly Expression[]]
  | readonly ['index', Expression, Expression]
  | readonly ['is' | 'as', Expression, string]
  | readonly ['op', string, Expression, Expression]
  | readonly ['minus', Expression]
  | readonly ['value', string | number | boolean | readonly []]
  | readonly ['this']
  | readonly ['variable', string];

/** The environment variables of an expression. */
export interface EvaluationContext {
  /** `%resource`: the resource that contains the element; a contained resource is its own. */
  readonly resource: Json;
  /** `%rootResource`: the resource around a contained one, otherwise the same as `resource`. */
  readonly rootResource: Json;
  /** `%context`: the element that the rule is evaluated on. */
  readonly focus: Item;
  /** The contained resources of `rootResource`; built at each use where left out. */
  readonly contained?: ContainedIndex;
  /** Called with the number of items of each long list that is searched; throws above a limit. */
  readonly spend?: (items: number) => void;
}

/** Lists up to this length are searched without being counted. */
const SHORT_LIST = 16;

/** Counts a list of `length` items that is searched `times` times. */
export function spend({ spend: count }: EvaluationContext, length: number, times = 1): void {
  if (length > SHORT_LIST) count?.(length * times);
}

/** A compiled expression. */
export type Evaluate = (item: Item, context: EvaluationContext) => Items;

/** A compiled condition; undefined where FHIRPath returns an empty collection. */
export type Test = (item: Item, context: EvaluationContext) => boolean | undefined;

/** What the compiler knows about the definitions. */
export interface Language {
  /** The members that a choice element may have in JSON; undefined for an element without a choice. */
  choiceVariants(name: string): ChoiceVariants | undefined;
}

/** One member that a choice element may have in JSON, such as `valueQuantity`. */
export interface ChoiceVariant {
  readonly key: string;
  /** Name of the member with the id and extensions of a primitive: `_valueString`. */
  readonly sibling: string;
  readonly type: string;
  /** Its step in a FHIRPath: `.value.ofType(Quantity)`. */
  readonly step: string;
}

/** The variants of one choice by member name. */
export type ChoiceVariants = ReadonlyMap<string, ChoiceVariant>;

/** Turns expressions into functions. Throws on functions and variables that no rule uses yet. */
export interface Compiler extends Language {
  evaluate(expression: Expression): Evaluate;
  test(expression: Expression): Test;
}
