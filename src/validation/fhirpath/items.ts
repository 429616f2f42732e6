import { isEqualJson, isObject } from '../json.ts';
import { type Item, type Items, jsonOf, TypedNode } from './nodes.ts';

/** FHIRPath equality: by value, ignoring the id and extensions of a primitive. */
export function isEqual(a: Item, b: Item): boolean {
  return isEqualJson(jsonOf(a) ?? null, jsonOf(b) ?? null);
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
