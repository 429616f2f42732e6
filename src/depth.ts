// Limits the nesting depth of JSON documents, so that recursive functions cannot overflow the stack.

/** Maximum nesting depth of a record or resource. The examples of R4 have at most 20 levels. */
export const MAX_DEPTH = 100;

/** True when `value` is nested deeper than MAX_DEPTH levels. */
export function isTooDeep(value: unknown): boolean {
  return isObject(value) && isDeeperThan(value, MAX_DEPTH);
}

function isDeeperThan(value: object, levels: number): boolean {
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (isObject(item) && isDeeperThan(item, levels - 1)) return true;
    return false;
  }
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (isObject(member) && isDeeperThan(member, levels - 1)) return true;
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
