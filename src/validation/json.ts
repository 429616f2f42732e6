// JSON values, and access to the members of JSON objects.

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/**
 * A JSON object. FHIR element names can be read without an own-property check, because no inherited
 * property has such a name.
 */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** True for an object that is not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a member whose name comes from data: inherited properties are ignored. */
function ownMember(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The name that a choice element has in this object: `valueQuantity` for the choice `value`. */
export function choiceName(object: JsonObject, choice: string): string | undefined {
  for (const name in object) {
    if (name.startsWith(choice) && /^[A-Z]/.test(name.slice(choice.length))) return name;
  }
  return undefined;
}

/** The value of a choice element of any type. */
export function choiceValue(object: JsonObject, choice: string): Json | undefined {
  const name = choiceName(object, choice);
  return name === undefined ? undefined : object[name];
}

/** True when `value[x]` is present, as a value or as the extensions of a missing primitive. */
export function hasValue(object: JsonObject): boolean {
  return (choiceName(object, 'value') ?? choiceName(object, '_value')) !== undefined;
}

/** The objects in a list member; empty when the member is not a list. */
export function objectsIn(object: JsonObject, name: string): readonly JsonObject[] {
  const list = object[name];
  if (!Array.isArray(list)) return NO_OBJECTS;
  // A list is copied only if another value is in it, which is rare. `every` would skip empty slots.
  for (let index = 0; index < list.length; index++) {
    if (!isObject(list[index])) return list.filter(isObject);
  }
  return list;
}

const NO_OBJECTS: readonly JsonObject[] = [];

/** True for a sibling: the member `_name` with the id and extensions of the primitive `name`. */
export function isSibling(name: string): boolean {
  return name.charCodeAt(0) === UNDERSCORE;
}

/** The name of the primitive that a sibling belongs to; other names are returned unchanged. */
export function plainName(name: string): string {
  return isSibling(name) ? name.slice(1) : name;
}

/** True for a sibling, and for a name whose first character code is `first`. */
export function mayStartWith(name: string, first: number): boolean {
  const code = name.charCodeAt(0);
  return code === first || code === UNDERSCORE;
}

/** True for an object with a sibling. Few objects have one, so callers skip the look-ups of siblings. */
export function hasSibling(object: JsonObject): boolean {
  for (const name in object) if (isSibling(name)) return true;
  return false;
}

const UNDERSCORE = 95;

/** True when two values are equal: members in any order, list entries in the same order. */
export function isEqualJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((entry, index) => isEqualJson(entry, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  let difference = 0;
  for (const name in a) {
    if (!isEqualJson(a[name], ownMember(b, name))) return false;
    difference++;
  }
  for (const _ in b) difference--;
  return difference === 0;
}
