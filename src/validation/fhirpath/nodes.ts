// The items that FHIRPath works on, and how their children are found.
import { type Json, type JsonObject, mayStartWith, plainName } from '../json.ts';

/** A value with what its JSON does not carry: the sibling `_name` of a primitive, the type of a choice. */
export class TypedNode {
  readonly value: Json | undefined;
  /** Id and extensions of a primitive. */
  readonly element: Json | undefined;
  readonly type: string | undefined;

  constructor(value: Json | undefined, element: Json | undefined, type: string | undefined) {
    this.value = value;
    this.element = element;
    this.type = type;
  }
}

/** What expressions are evaluated on: plain JSON, or a node where JSON is not enough. */
export type Item = Json | TypedNode;

/** Where a member is found in JSON: its name, its sibling's, and its type if it is a choice. */
interface MemberKey {
  readonly key: string;
  readonly sibling: string;
  readonly type: string | undefined;
}

/** A collection; never contains null. */
export type Items = readonly Item[];

export const NO_ITEMS: Items = [];

/** The JSON value of an item; undefined for a primitive that has only extensions. */
export function jsonOf(item: Item): Json | undefined {
  return item instanceof TypedNode ? item.value : item;
}

/** The JSON object that has an item's children as members. */
export function objectOf(item: Item): JsonObject | undefined {
  const value = item instanceof TypedNode && isPrimitive(item.value) ? item.element : jsonOf(item);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [name: string]: Json })
    : undefined;
}

function isPrimitive(value: Json | undefined): boolean {
  return typeof value !== 'object' || value === null;
}

/** Finds the children with a name that is not a choice. */
export function childrenNamed(name: string): (item: Item) => Items {
  const memberKey = { key: name, sibling: `_${name}`, type: undefined };
  return (item) => {
    const object = objectOf(item);
    if (object === undefined) return NO_ITEMS;
    const value = object[name];
    if (object[memberKey.sibling] !== undefined) return membersOf(object, memberKey);
    if (value === undefined || value === null) return NO_ITEMS;
    if (!Array.isArray(value)) return [value];
    const items = value as readonly Json[];
    return items.includes(null) ? items.filter((entry) => entry !== null) : items;
  };
}

/** The children of a choice: `value` finds `valueQuantity`. */
export function childrenOfChoice(
  item: Item,
  name: string,
  variants: ReadonlyMap<string, MemberKey>,
): Items {
  const object = objectOf(item);
  if (object === undefined) return NO_ITEMS;
  const first = name.charCodeAt(0);
  for (const key in object) {
    if (!mayStartWith(key, first)) continue;
    const plain = plainName(key);
    const variant = variants.get(plain);
    if (variant !== undefined) return membersOf(object, variant);
    if (plain === name) return membersNamed(object, name);
  }
  return NO_ITEMS;
}

/** All children except `resourceType`. */
export function childrenOf(item: Item): Items {
  const object = objectOf(item);
  if (object === undefined) return NO_ITEMS;
  const names = Object.keys(object).map(plainName);
  return [...new Set(names)]
    .filter((name) => name !== 'resourceType')
    .flatMap((name) => membersNamed(object, name));
}

/** Everything below an item, without the item. */
export function descendantsOf(item: Item): Items {
  const descendants: Item[] = [];
  const visit = (parent: Item): void => {
    for (const child of childrenOf(parent)) {
      descendants.push(child);
      visit(child);
    }
  };
  visit(item);
  return descendants;
}

function membersNamed(object: JsonObject, name: string): Items {
  return membersOf(object, { key: name, sibling: `_${name}`, type: undefined });
}

function membersOf(object: JsonObject, { key, sibling, type }: MemberKey): Items {
  const value = object[key];
  const siblings = object[sibling];
  if (siblings === undefined && type === undefined) {
    if (value === undefined || value === null) return NO_ITEMS;
    if (!Array.isArray(value)) return [value];
    const items = value as readonly Json[];
    return items.includes(null) ? items.filter((entry) => entry !== null) : items;
  }
  if (siblings === undefined && value !== undefined && value !== null && !Array.isArray(value)) {
    return [new TypedNode(value, undefined, type)];
  }
  const values = listOf(value);
  const elements = listOf(siblings);
  return Array.from({ length: Math.max(values.length, elements.length) }, (_none, index) => {
    return new TypedNode(values[index] ?? undefined, elements[index] ?? undefined, type);
  }).filter((node) => node.value !== undefined || node.element !== undefined);
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
