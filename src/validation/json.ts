/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/**
 * A JSON object. FHIR element names are read without an own-property check: none of them is a member
 * that objects inherit.
 */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** True for an object, false for an array and null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member for a name that came with the data, ignoring inherited members. */
function ownMember(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The member name that a choice has in this object: `valueQuantity` for `value`. */
export function choiceName(object: JsonObject, choice: string): string | undefined {
  for (const name in object) {
    if (name.startsWith(choice) && /^[A-Z]/.test(name.slice(choice.length))) return name;
  }
  return undefined;
}

/** The value of a choice, of whatever type. */
export function choiceValue(object: JsonObject, choice: string): Json | undefined {
  const name = choiceName(object, choice);
  return name === undefined ? undefined : object[name];
}

/** True when `value[x]` is present: a value of any type, or extensions in place of a primitive. */
export function hasValue(object: JsonObject): boolean {
  return (choiceName(object, 'value') ?? choiceName(object, '_value')) !== undefined;
}

/** The objects in a list member; none when the member is not a list. */
export function objectsIn(object: JsonObject, name: string): readonly JsonObject[] {
  const list = object[name];
  if (!Array.isArray(list)) return NO_OBJECTS;
  // Copied only when something else is among them, which is rare. `every` would skip a hole.
  for (let index = 0; index < list.length; index++) {
    if (!isObject(list[index])) return list.filter(isObject);
  }
  return list;
}

const NO_OBJECTS: readonly JsonObject[] = [];

/** True for a sibling: the `_name` member with the id and extensions of the primitive `name`. */
export function isSibling(name: string): boolean {
  return name.charCodeAt(0) === UNDERSCORE;
}

/** The name of the primitive that a sibling belongs to; other names unchanged. */
export function plainName(name: string): string {
  return isSibling(name) ? name.slice(1) : name;
}

/** False for a name that cannot be an element starting with the letter `first`, nor its sibling. */
export function mayStartWith(name: string, first: number): boolean {
  const code = name.charCodeAt(0);
  return code === first || code === UNDERSCORE;
}

/** True for an object with a sibling member. It rarely has one, so no sibling is looked up. */
export function hasSibling(object: JsonObject): boolean {
  for (const name in object) if (isSibling(name)) return true;
  return false;
}

const UNDERSCORE = 95;

/** True when two values are equal: members in any order, list entries in the same order. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((entry, index) => isSame(entry, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  let surplus = 0;
  for (const name in a) {
    if (!isSame(a[name], ownMember(b, name))) return false;
    surplus++;
  }
  for (const _ in b) surplus--;
  return surplus === 0;
}
