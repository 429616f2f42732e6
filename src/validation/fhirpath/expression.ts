/**
 * A FHIRPath expression, parsed when the definitions are compiled. The first entry says what it is:
 * `get` a child by name · `call` a function with its arguments · `index` · `is`, `as` a type ·
 * `op` two operands · `minus` a negated number · `value` a literal, `[]` for `{}` · `this` ·
 * `variable` such as `resource`. A target of null means what the expression is asked about.
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
