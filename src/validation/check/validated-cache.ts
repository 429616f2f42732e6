// Remembers the objects that one validation found valid. In a mapped Bundle the same object is used
// in many places (the reference to the patient, the extension of the record) and is checked once.
import { isObject, type JsonObject } from '../json.ts';

/** Frozen objects that were found valid, each with the plans it was checked against: they stay valid. */
export type ValidatedConstants = WeakMap<JsonObject, Set<object>>;

/** Valid objects, each with the plans it was checked against. For one validation: objects may change later. */
export class ValidatedCache {
  readonly #constants: ValidatedConstants;
  /** Most objects are checked against one plan only. */
  readonly #firstPlans = new Map<JsonObject, object>();
  readonly #furtherPlans = new Map<JsonObject, Set<object>>();

  constructor(constants: ValidatedConstants) {
    this.#constants = constants;
  }

  has(value: JsonObject, plan: object): boolean {
    const first = this.#firstPlans.get(value);
    if (first === undefined) return this.#constants.get(value)?.has(plan) === true;
    return first === plan || this.#furtherPlans.get(value)?.has(plan) === true;
  }

  add(value: JsonObject, plan: object): void {
    if (isConstant(value)) {
      const plans = this.#constants.get(value);
      if (plans === undefined) this.#constants.set(value, new Set([plan]));
      else plans.add(plan);
      return;
    }
    const first = this.#firstPlans.get(value);
    if (first === undefined) this.#firstPlans.set(value, plan);
    else if (first !== plan) {
      const further = this.#furtherPlans.get(value) ?? new Set();
      this.#furtherPlans.set(value, further.add(plan));
    }
  }

  /** An empty cache for a Bundle inside a Bundle: its references have other targets. */
  forNestedBundle(): ValidatedCache {
    return new ValidatedCache(this.#constants);
  }
}

/** True for a frozen coding without objects inside, such as those of a terminology. */
function isConstant(value: JsonObject): boolean {
  if (value.code === undefined || !Object.isFrozen(value)) return false;
  for (const name in value) {
    const member = value[name];
    if (isObject(member) || Array.isArray(member)) return false;
  }
  return true;
}
