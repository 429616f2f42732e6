import { isObject, isSame } from '../json.ts';
import { bare, type Item, type Items, TypedNode } from './nodes.ts';

/** Equality of two items: by value, an extension beside a primitive does not count. */
export function isEqual(a: Item, b: Item): boolean {
  return isSame(bare(a) ?? null, bare(b) ?? null);
}

/** The type of an item as far as its value tells it. */
export function typeNameOf(item: Item): string | undefined {
  if (item instanceof TypedNode && item.type !== undefined) return item.type;
  const value = bare(item);
  if (isObject(value)) {
    const { resourceType } = value;
    return typeof resourceType === 'string' ? resourceType : undefined;
  }
  return typeof value === 'number' ? 'decimal' : typeof value;
}

/** Types whose values are strings; one that nothing says the type of may be any of them. */
const TEXTUAL =
  /^(string|code|id|uri|url|canonical|oid|uuid|markdown|date|dateTime|instant|time|base64Binary|xhtml)$/;

/** Whether an item is of a type. */
export function isOf(item: Item, type: string): boolean {
  const own = typeNameOf(item);
  return own === type || (own === 'string' && !(item instanceof TypedNode) && TEXTUAL.test(type));
}

/** The items of a type. */
export function ofType(items: Items, type: string): Items {
  return items.filter((one) => isOf(one, type));
}
