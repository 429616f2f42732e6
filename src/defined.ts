// Omits members without a value, as optional properties with exactOptionalPropertyTypes require.

type Defined<T extends object> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy of `members` without the undefined members. */
export function defined<T extends object>(members: T): Defined<T> {
  const present: Record<string, unknown> = {};
  // Not Object.entries: mapping calls this for most resources, and the pairs would be garbage.
  for (const name in members) {
    if (members[name] !== undefined) present[name] = members[name];
  }
  return present as Defined<T>;
}
