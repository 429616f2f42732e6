// Finds contained resources by id.
import { isObject, type Json, type JsonObject, objectsIn } from '../json.ts';

/** The contained resources of a resource by id, indexed at the first lookup. */
export class ContainedIndex {
  readonly #container: Json;
  #byId: ReadonlyMap<unknown, JsonObject> | undefined;

  constructor(container: Json) {
    this.#container = container;
  }

  /** The first contained resource with this id. */
  get(id: string): JsonObject | undefined {
    this.#byId ??= this.#index();
    return this.#byId.get(id);
  }

  #index(): ReadonlyMap<unknown, JsonObject> {
    const byId = new Map<unknown, JsonObject>();
    for (const resource of isObject(this.#container)
      ? objectsIn(this.#container, 'contained')
      : []) {
      if (!byId.has(resource.id)) byId.set(resource.id, resource);
    }
    return byId;
  }
}
