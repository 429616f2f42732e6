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
