// Keeps the resources of the sandbox in memory, with their versions and an index.
import { isDeepStrictEqual } from 'node:util';
import { businessRule, OperationOutcomeError } from '@medplum/core';
import type { Identifier, Resource } from '@medplum/fhirtypes';
import { mapReferenceUrls, parseReference } from '../fhir/reference.ts';

/** A stored resource, with its id and meta. Never changed in place. */
export type StoredResource = Resource & { id: string };

/** One version of a resource; undefined `resource` for a deletion. */
export interface Version {
  readonly versionId: string;
  readonly lastUpdated: string;
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly resource: StoredResource | undefined;
}

/** The result of a write. */
export interface StoreResult {
  readonly resource: StoredResource;
  readonly change: 'created' | 'updated' | 'unchanged';
}

interface VersionHistory {
  /** Order of creation, which is the order of search results. */
  readonly sequence: number;
  readonly versions: readonly Version[];
}

/** `Type/id`. */
type ResourcePath = `${string}/${string}`;

/** All versions of all resources, an index by identifiers, tags and references, and rollback. */
export class Store {
  readonly #maxVersions: number;
  readonly #histories = new Map<ResourcePath, VersionHistory>();
  readonly #pathsByType = new Map<string, Set<ResourcePath>>();
  /** Key of the index -> paths of the current resources with it. */
  readonly #index = new Map<string, Set<ResourcePath>>();
  /** Steps that undo the writes of the current transaction. */
  #undoSteps: Array<() => void> | undefined;
  #sequence = 0;
  #versionCount = 0;

  constructor(maxVersions: number) {
    this.#maxVersions = maxVersions;
  }

  /** All versions, oldest first; empty when the resource never existed. */
  versions(type: string, id: string): readonly Version[] {
    return this.#histories.get(`${type}/${id}`)?.versions ?? [];
  }

  /** The current version; undefined when deleted or unknown. */
  read(type: string, id: string): StoredResource | undefined {
    return this.versions(type, id).at(-1)?.resource;
  }

  /** Current resources of a type in order of creation; only those with one of `keys` if given. */
  list(type: string, keys?: readonly string[]): StoredResource[] {
    const paths =
      keys === undefined
        ? (this.#pathsByType.get(type) ?? [])
        : new Set(keys.flatMap((key) => [...(this.#index.get(key) ?? [])]));
    const histories: VersionHistory[] = [];
    for (const path of paths) {
      const history = path.startsWith(`${type}/`) ? this.#histories.get(path) : undefined;
      if (history !== undefined) histories.push(history);
    }
    if (keys !== undefined) histories.sort((a, b) => a.sequence - b.sequence);
    return histories.flatMap((history) => history.versions.at(-1)?.resource ?? []);
  }

  /** All resource types that were ever written. */
  types(): string[] {
    return [...this.#pathsByType.keys()];
  }

  /** True when another current resource references this one. */
  isReferenced(type: string, id: string): boolean {
    const path: ResourcePath = `${type}/${id}`;
    return [...(this.#index.get(`ref:${path}`) ?? [])].some((referrer) => referrer !== path);
  }

  /** Writes a version, unless the content equals that of the current one. */
  write(resource: StoredResource, method: 'POST' | 'PUT'): StoreResult {
    const { resourceType, id } = resource;
    const current = this.read(resourceType, id);
    if (
      current !== undefined &&
      isDeepStrictEqual(withoutServerMeta(current), withoutServerMeta(resource))
    ) {
      return { resource: current, change: 'unchanged' };
    }
    const versionId = String(this.versions(resourceType, id).length + 1);
    const lastUpdated = new Date().toISOString();
    const stored = { ...resource, meta: { ...resource.meta, versionId, lastUpdated } };
    this.#append(resourceType, id, { versionId, lastUpdated, method, resource: stored });
    return { resource: stored, change: current === undefined ? 'created' : 'updated' };
  }

  /** Deletes a resource; false when it does not exist. */
  remove(type: string, id: string): boolean {
    if (this.read(type, id) === undefined) return false;
    const versionId = String(this.versions(type, id).length + 1);
    const lastUpdated = new Date().toISOString();
    this.#append(type, id, { versionId, lastUpdated, method: 'DELETE', resource: undefined });
    return true;
  }

  /** Runs `work` and undoes its writes if it throws. A nested call joins the outer one. */
  async atomically<T>(work: () => Promise<T>): Promise<T> {
    if (this.#undoSteps !== undefined) return work();
    const undoSteps: Array<() => void> = [];
    this.#undoSteps = undoSteps;
    try {
      return await work();
    } catch (error) {
      for (const undo of undoSteps.reverse()) undo();
      throw error;
    } finally {
      this.#undoSteps = undefined;
    }
  }

  /** Deletes everything. */
  clear(): void {
    this.#histories.clear();
    this.#pathsByType.clear();
    this.#index.clear();
    this.#versionCount = 0;
  }

  #append(type: string, id: string, version: Version): void {
    if (this.#versionCount >= this.#maxVersions) {
      const text = 'The sandbox is full: restart it, or increase maxVersions.';
      throw new OperationOutcomeError(businessRule('full', text));
    }
    const path: ResourcePath = `${type}/${id}`;
    const history = this.#histories.get(path);
    const sequence = history?.sequence ?? this.#sequence++;
    this.#set(type, path, { sequence, versions: [...(history?.versions ?? []), version] });
    this.#versionCount++;
    this.#undoSteps?.push(() => {
      this.#set(type, path, history);
      this.#versionCount--;
    });
  }

  /** Replaces the history of one resource and updates the index. */
  #set(type: string, path: ResourcePath, history: VersionHistory | undefined): void {
    const previous = this.#histories.get(path)?.versions.at(-1)?.resource;
    for (const key of previous === undefined ? [] : keysOf(previous))
      this.#index.get(key)?.delete(path);
    const paths = this.#pathsByType.get(type) ?? new Set();
    this.#pathsByType.set(type, paths);
    if (history === undefined) {
      this.#histories.delete(path);
      paths.delete(path);
      return;
    }
    this.#histories.set(path, history);
    paths.add(path);
    const current = history.versions.at(-1)?.resource;
    for (const key of current === undefined ? [] : keysOf(current)) {
      const pathsOfKey = this.#index.get(key) ?? new Set();
      this.#index.set(key, pathsOfKey.add(path));
    }
  }
}

/** Index key of an identifier, in the form of a search value: system, `|`, value. */
export const identifierKey = (system: string, value: string): string => `id:${system}|${value}`;
/** Index key of a tag. */
export const tagKey = (system: string, code: string): string => `tag:${system}|${code}`;
/** Index key of a reference `Type/id`. */
export const referenceKey = (reference: string): string => `ref:${reference}`;

function keysOf(resource: Resource): Set<string> {
  const keys = new Set<string>();
  // The search parameter `identifier` of DocumentReference includes its masterIdentifier.
  const { identifier, masterIdentifier } = resource as unknown as Record<
    string,
    Identifier | Identifier[] | undefined
  >;
  for (const { system = '', value = '' } of [identifier ?? [], masterIdentifier ?? []].flat()) {
    keys.add(identifierKey(system, value));
  }
  for (const tag of resource.meta?.tag ?? []) keys.add(tagKey(tag.system ?? '', tag.code ?? ''));
  mapReferenceUrls(resource, (reference) => {
    const target = parseReference(reference);
    keys.add(referenceKey(target.kind === 'relative' ? `${target.type}/${target.id}` : reference));
    return undefined;
  });
  return keys;
}

/** A resource without the version data that the server writes. */
function withoutServerMeta(resource: Resource): unknown {
  const { versionId: _, lastUpdated: __, ...meta } = resource.meta ?? {};
  return { ...resource, meta };
}
