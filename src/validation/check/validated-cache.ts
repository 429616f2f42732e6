// What has been found without fault in this validation. A bundle that was mapped here holds the same
// object in many places (who the patient is, which record it is of), and is walked into once.
import { isObject, type JsonObject } from '../json.ts';

/** Frozen objects that were found clean, by what they were held against: they stay so. */
export type Constants = WeakMap<JsonObject, Set<object>>;

/** Objects by what they were held against; one validation only, for objects may change after it. */
export class ValidatedCache {
  readonly #constants: Constants;
  readonly #first = new Map<JsonObject, object>();
  readonly #more = new Map<JsonObject, Set<object>>();

  constructor(constants: Constants) {
    this.#constants = constants;
  }

  has(value: JsonObject, plan: object): boolean {
    const first = this.#first.get(value);
    if (first === undefined) return this.#constants.get(value)?.has(plan) === true;
    return first === plan || this.#more.get(value)?.has(plan) === true;
  }

  add(value: JsonObject, plan: object): void {
    if (isConstant(value)) {
      const known = this.#constants.get(value);
      if (known === undefined) this.#constants.set(value, new Set([plan]));
      else known.add(plan);
      return;
    }
    const first = this.#first.get(value);
    if (first === undefined) this.#first.set(value, plan);
    else if (first !== plan) {
      const more = this.#more.get(value) ?? new Set();
      this.#more.set(value, more.add(plan));
    }
  }

  /** For a bundle inside a bundle, whose references lead elsewhere. */
  anew(): ValidatedCache {
    return new ValidatedCache(this.#constants);
  }
}

/** A frozen coding, such as those of a terminology: nothing in it can change. */
function isConstant(value: JsonObject): boolean {
  if (value.code === undefined || !Object.isFrozen(value)) return false;
  for (const name in value) {
    const inside = value[name];
    if (isObject(inside) || Array.isArray(inside)) return false;
  }
  return true;
}
