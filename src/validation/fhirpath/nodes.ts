import { type Json, type JsonObject, mayBegin, plainName } from '../json.ts';

/**
 * A value with what plain JSON does not say beside it: the sibling `_name` of a primitive, and the
 * type of a choice.
 */
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

/** What an expression works on: plain JSON, or a node where there is more to say. */
export type Item = Json | TypedNode;

/** A member as it stands in JSON: its name, that of the one beside it, the type where it is a choice. */
interface ChoiceVariant {
  readonly key: string;
  readonly sibling: string;
  readonly type: string | undefined;
}

/** A collection; never null inside. */
export type Items = readonly Item[];

export const NONE: Items = [];

/** The plain value of an item; undefined for a primitive that has extensions only. */
export function bare(item: Item): Json | undefined {
  return item instanceof TypedNode ? item.value : item;
}

/** The object in which an item's children stand. */
export function parentOf(item: Item): JsonObject | undefined {
  const value = item instanceof TypedNode && isPrimitive(item.value) ? item.element : bare(item);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [name: string]: Json })
    : undefined;
}

function isPrimitive(value: Json | undefined): boolean {
  return typeof value !== 'object' || value === null;
}

/** Finds the children called `name`, which is no choice. */
export function childrenNamed(name: string): (item: Item) => Items {
  const way = { key: name, sibling: `_${name}`, type: undefined };
  return (item) => {
    const parent = parentOf(item);
    if (parent === undefined) return NONE;
    const value = parent[name];
    if (parent[way.sibling] !== undefined) return member(parent, way);
    if (value === undefined || value === null) return NONE;
    if (!Array.isArray(value)) return [value];
    const items = value as readonly Json[];
    return items.includes(null) ? items.filter((one) => one !== null) : items;
  };
}

/** The children of a choice: `value` finds `valueQuantity`. */
export function childrenOfChoice(
  item: Item,
  name: string,
  choices: ReadonlyMap<string, ChoiceVariant>,
): Items {
  const parent = parentOf(item);
  if (parent === undefined) return NONE;
  const first = name.charCodeAt(0);
  for (const key in parent) {
    if (!mayBegin(key, first)) continue;
    const plain = plainName(key);
    const choice = choices.get(plain);
    if (choice !== undefined) return member(parent, choice);
    if (plain === name) return named(parent, name);
  }
  return NONE;
}

/** All children, `resourceType` not among them. */
export function childrenOf(item: Item): Items {
  const parent = parentOf(item);
  if (parent === undefined) return NONE;
  const names = Object.keys(parent).map(plainName);
  return [...new Set(names)]
    .filter((name) => name !== 'resourceType')
    .flatMap((name) => named(parent, name));
}

/** All that stands below an item, without the item. */
export function descendantsOf(item: Item): Items {
  const found: Item[] = [];
  const walk = (at: Item): void => {
    for (const child of childrenOf(at)) {
      found.push(child);
      walk(child);
    }
  };
  walk(item);
  return found;
}

function named(parent: JsonObject, name: string): Items {
  return member(parent, { key: name, sibling: `_${name}`, type: undefined });
}

function member(parent: JsonObject, { key, sibling, type }: ChoiceVariant): Items {
  const value = parent[key];
  const siblings = parent[sibling];
  if (siblings === undefined && type === undefined) {
    if (value === undefined || value === null) return NONE;
    if (!Array.isArray(value)) return [value];
    const items = value as readonly Json[];
    return items.includes(null) ? items.filter((one) => one !== null) : items;
  }
  if (siblings === undefined && value !== undefined && value !== null && !Array.isArray(value)) {
    return [new TypedNode(value, undefined, type)];
  }
  const values = listOf(value);
  const elements = listOf(siblings);
  return Array.from({ length: Math.max(values.length, elements.length) }, (_none, index) => {
    const own = values[index] ?? undefined;
    return new TypedNode(own, elements[index] ?? undefined, type);
  }).filter((node) => node.value !== undefined || node.element !== undefined);
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
