// The canonical order of lists and maps: records with the same content are equal as text.

/** The sort function of a list: by the member `by`, or by content without duplicates. */
export function sorterOf({ by }: { readonly by?: string }): (entries: unknown[]) => unknown[] {
  return by === undefined ? sortByContent : sortBy(by);
}

/** Sorts entries by one of their members. */
export function sortBy(name: string): (entries: unknown[]) => unknown[] {
  const nameOf = (value: unknown) => String((value as Record<string, unknown>)[name]);
  return (values: unknown[]) =>
    values.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
}

/** Sorts entries by their JSON text and removes duplicates. */
export function sortByContent(values: unknown[]): unknown[] {
  if (values.length < 2) return values;
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

/** A map with its names in alphabetical order. */
export function sortNames<T>(map: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
