// What has been found without fault in this validation. A bundle that was mapped here holds the same
// object in many places (who the patient is, which record it is of), and is walked into once.
import type { JsonObject } from './json.ts';

/** Objects by what they were held against; one validation only, for objects may change after it. */
export class Clean {
  readonly #first = new Map<JsonObject, object>();
  readonly #more = new Map<JsonObject, Set<object>>();

  has(value: JsonObject, plan: object): boolean {
    return this.#first.get(value) === plan || this.#more.get(value)?.has(plan) === true;
  }

  add(value: JsonObject, plan: object): void {
    const first = this.#first.get(value);
    if (first === undefined) this.#first.set(value, plan);
    else if (first !== plan) {
      const more = this.#more.get(value) ?? new Set();
      this.#more.set(value, more.add(plan));
    }
  }
}
