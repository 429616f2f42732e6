// Reads JSON from a server, whose structure nobody has checked: other values than the expected ones count
// as absent.

/** The member `name` of an object; undefined for other values. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** The items of an array; none for other values. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text; undefined for other values. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
