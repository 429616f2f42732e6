// Named lists of the codes that a member may have.

/** A named list of codes; `name` becomes the id of its value set. */
export interface CodeSet<C extends string = string> {
  readonly name: string;
  readonly title: string;
  readonly codes: readonly C[];
}

/** Declares a code set. */
export function codeSet<const C extends string>(
  name: string,
  title: string,
  codes: readonly C[],
): CodeSet<C> {
  return { name, title, codes };
}
