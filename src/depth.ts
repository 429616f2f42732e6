// Layer 0: how deep a document may be. Knows nothing of what it holds.

/** Deeper than any record or resource is; R4's own examples reach 20. */
export const MAX_DEPTH = 100;

/** True when `value` is nested more than `DEEPEST` levels, which no reader of ours goes into. */
export function isTooDeep(value: unknown): boolean {
  return isObject(value) && goesBelow(value, MAX_DEPTH);
}

function goesBelow(value: object, levels: number): boolean {
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const one of value) if (isObject(one) && goesBelow(one, levels - 1)) return true;
    return false;
  }
  for (const name in value) {
    const one = (value as Record<string, unknown>)[name];
    if (isObject(one) && goesBelow(one, levels - 1)) return true;
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
