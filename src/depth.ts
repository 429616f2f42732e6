// Layer 0: how deep a document may be. Knows nothing of what it holds.

/** Deeper than any record or resource is; R4's own examples reach 20. */
export const DEEPEST = 100;

/** True when `value` is nested more than `DEEPEST` levels, which no reader of ours goes into. */
export function isTooDeep(value: unknown, left: number = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  if (Array.isArray(value)) {
    for (const one of value) if (isTooDeep(one, left - 1)) return true;
    return false;
  }
  for (const name in value) {
    if (isTooDeep((value as Record<string, unknown>)[name], left - 1)) return true;
  }
  return false;
}
