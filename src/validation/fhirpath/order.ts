import { timeSpanOf } from '../../fhir/dates.ts';
import { isObject, type Json } from '../json.ts';

/**
 * Orders two values: negative, positive or 0. Undefined where FHIRPath has no answer: different
 * types, different units, or a date that contains the other.
 */
export function compare(a: Json | undefined, b: Json | undefined): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (!isObject(a) || !isObject(b)) return undefined;
  const unit = (quantity: typeof a) => quantity.code ?? quantity.unit;
  return a.system === b.system && unit(a) === unit(b) ? compare(a.value, b.value) : undefined;
}

function compareText(a: string, b: string): number | undefined {
  const first = timeSpanOf(a);
  const second = timeSpanOf(b);
  if (first === undefined || second === undefined) return a < b ? -1 : a > b ? 1 : 0;
  if (first.toMs < second.fromMs) return -1;
  if (first.fromMs > second.toMs) return 1;
  const isSame = first.fromMs === second.fromMs && first.toMs === second.toMs;
  return isSame ? 0 : undefined;
}
