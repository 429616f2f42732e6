import type { Contained } from '../contained-index.ts';
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
  /** What `root` contains; looked up where left out. */
  readonly contained?: Contained;
  /** Called with the length of each long list that is gone through. Throws when it is too much. */
  readonly spend?: (steps: number) => void;
}

/** Lists up to this length are gone through without being counted. */
const SHORT = 16;

/** Counts a list that is gone through `times`. */
export function spend({ spend: count }: Scope, length: number, times = 1): void {
  if (length > SHORT) count?.(length * times);
}

/** An expression as a function of what it is asked about. */
export type Evaluate = (item: Item, scope: Scope) => Items;

/** A condition as a function; undefined where FHIRPath says empty. */
export type Test = (item: Item, scope: Scope) => boolean | undefined;

/** What expressions are compiled with. */
export interface Language {
  /** The members that a choice may stand as, by name; undefined for what is no choice. */
  choice(name: string): Choices | undefined;
}

/** One way in which a choice may stand: `valueQuantity`. */
export interface Choice {
  readonly key: string;
  /** Name of the member beside it that holds id and extensions of a primitive. */
  readonly sibling: string;
  readonly type: string;
  /** How FHIRPath goes to it: `.value.ofType(Quantity)`. */
  readonly step: string;
}

/** The ways of one choice, by the member's name. */
export type Choices = ReadonlyMap<string, Choice>;

/** Turns expressions into functions. Throws on what no rule has used so far. */
export interface Compiler extends Language {
  evaluate(expression: Expression): Evaluate;
  test(expression: Expression): Test;
}
