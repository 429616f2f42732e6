/** Anything that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. Names of FHIR are read as they are: none of them is one that objects inherit. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** True for an object that is no array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member by a name that came with data: never what objects inherit. */
function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The name under which a choice stands: `valueQuantity` for `value`. */
export function nameOfChoice(object: JsonObject, choice: string): string | undefined {
  for (const name in object) {
    if (name.startsWith(choice) && /^[A-Z]/.test(name.slice(choice.length))) return name;
  }
  return undefined;
}

/** What stands as a choice, of whatever type. */
export function choiceIn(object: JsonObject, choice: string): Json | undefined {
  const name = nameOfChoice(object, choice);
  return name === undefined ? undefined : object[name];
}

/** True for a value of any type, or for extensions in its place. */
export function isValued(object: JsonObject): boolean {
  return (nameOfChoice(object, 'value') ?? nameOfChoice(object, '_value')) !== undefined;
}

/** The objects in a member that is a list; none where it is no list. */
export function objectsIn(object: JsonObject, name: string): readonly JsonObject[] {
  const list = object[name];
  if (!Array.isArray(list)) return NONE;
  // Hardly ever is there anything else among them; a hole, which `every` would pass over, is.
  for (let at = 0; at < list.length; at++) if (!isObject(list[at])) return list.filter(isObject);
  return list;
}

const NONE: readonly JsonObject[] = [];

/** True for the name of a member that holds id and extensions of the primitive beside it. */
export function isSibling(name: string): boolean {
  return name.charCodeAt(0) === UNDERSCORE;
}

/** The name of the primitive that such a member stands beside; other names as they are. */
export function plainName(name: string): string {
  return isSibling(name) ? name.slice(1) : name;
}

/** False for a name that is neither one that begins with the letter `first` nor what stands beside it. */
export function mayBegin(name: string, first: number): boolean {
  const code = name.charCodeAt(0);
  return code === first || code === UNDERSCORE;
}

/** True for an object with such a member. Seldom so, and asking saves a look for each of the others. */
export function hasSibling(object: JsonObject): boolean {
  for (const name in object) if (isSibling(name)) return true;
  return false;
}

const UNDERSCORE = 95;

/** True when two values are the same: members in any order, entries in the same order. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((one, index) => isSame(one, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  let more = 0;
  for (const name in a) {
    if (!isSame(a[name], own(b, name))) return false;
    more++;
  }
  for (const _ in b) more--;
  return more === 0;
}
