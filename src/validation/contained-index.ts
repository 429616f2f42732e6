import { isObject, type Json, type JsonObject, objectsIn } from './json.ts';

/** The resources that one contains, by id; looked through when first asked for. */
export class Contained {
  readonly #root: Json;
  #byId: ReadonlyMap<unknown, JsonObject> | undefined;

  constructor(root: Json) {
    this.#root = root;
  }

  /** The first one with this id. */
  get(id: string): JsonObject | undefined {
    this.#byId ??= this.#index();
    return this.#byId.get(id);
  }

  #index(): ReadonlyMap<unknown, JsonObject> {
    const byId = new Map<unknown, JsonObject>();
    for (const one of isObject(this.#root) ? objectsIn(this.#root, 'contained') : []) {
      if (!byId.has(one.id)) byId.set(one.id, one);
    }
    return byId;
  }
}
