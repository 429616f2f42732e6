// Compares charted numbers. A number may be a range with an open end.
import type { NumberValue } from '../../ims/schema/members.ts';

/** The lowest and highest number that a value can mean. */
export function bounds(value: NumberValue): readonly [low: number, high: number] {
  if (typeof value === 'number') return [value, value];
  return [value.low ?? Number.NEGATIVE_INFINITY, value.high ?? Number.POSITIVE_INFINITY];
}

/** True where both values are known and no number satisfies both. */
export function differ(a: NumberValue | undefined, b: NumberValue | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [[lowA, highA], [lowB, highB]] = [bounds(a), bounds(b)];
  return highB < lowA || highA < lowB;
}
