// Compares FHIRPath items: equality, order and type.
import { timeSpanOf } from '../../fhir/dates.ts';
import { isEqualJson, isObject, type Json } from '../json.ts';
import { type Item, type Items, jsonOf, TypedNode } from './nodes.ts';

/** FHIRPath equality: by value, ignoring the id and extensions of a primitive. */
export function isEqual(a: Item, b: Item): boolean {
  return isEqualJson(jsonOf(a) ?? null, jsonOf(b) ?? null);
}

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

/** The type name of an item, as far as it is known; the JavaScript type for a plain primitive. */
export function typeNameOf(item: Item): string | undefined {
  if (item instanceof TypedNode && item.type !== undefined) return item.type;
  const value = jsonOf(item);
  if (isObject(value)) {
    const { resourceType } = value;
    return typeof resourceType === 'string' ? resourceType : undefined;
  }
  return typeof value === 'number' ? 'decimal' : typeof value;
}

/** Types whose values are JSON strings. A string of unknown type may be any of them. */
const STRING_TYPES =
  /^(string|code|id|uri|url|canonical|oid|uuid|markdown|date|dateTime|instant|time|base64Binary|xhtml)$/;

/** Whether an item has a type. */
export function isOfType(item: Item, type: string): boolean {
  const name = typeNameOf(item);
  return (
    name === type || (name === 'string' && !(item instanceof TypedNode) && STRING_TYPES.test(type))
  );
}

/** The items of a type. */
export function ofType(items: Items, type: string): Items {
  return items.filter((item) => isOfType(item, type));
}
