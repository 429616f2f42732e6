import { isDeepStrictEqual } from 'node:util';
import { businessRule, OperationOutcomeError } from '@medplum/core';
import type { Identifier, Resource } from '@medplum/fhirtypes';
import { mapReferenceUrls, parseReference } from '../fhir/reference.ts';

/** A resource as it is stored: with its id and meta. Never changed in place. */
export type StoredResource = Resource & { id: string };

/** One version of a resource; without a resource it is the mark of a deletion. */
export interface Version {
  readonly versionId: string;
  readonly lastUpdated: string;
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly resource: StoredResource | undefined;
}

/** What a write did. */
export interface Written {
  readonly resource: StoredResource;
  readonly change: 'created' | 'updated' | 'unchanged';
}

interface Chain {
  /** Order of first writing, which is the order of search results. */
  readonly sequence: number;
  readonly versions: readonly Version[];
}

type Place = `${string}/${string}`;

/** Resources with their versions, an index of identifiers, tags and references, and undo. */
export class Store {
  readonly #maxVersions: number;
  readonly #chains = new Map<Place, Chain>();
  readonly #places = new Map<string, Set<Place>>();
  /** Key of the index -> the live resources that carry it. */
  readonly #index = new Map<string, Set<Place>>();
  #journal: Array<() => void> | undefined;
  #sequence = 0;
  #versions = 0;

  constructor(maxVersions: number) {
    this.#maxVersions = maxVersions;
  }

  /** All versions, oldest first; empty when there never was such a resource. */
  versions(type: string, id: string): readonly Version[] {
    return this.#chains.get(`${type}/${id}`)?.versions ?? [];
  }

  /** The resource as it is now; undefined when deleted or unknown. */
  read(type: string, id: string): StoredResource | undefined {
    return this.versions(type, id).at(-1)?.resource;
  }

  /** Live resources in order of first writing: of a type, and with a key if one is given. */
  list(type: string, keys?: readonly string[]): StoredResource[] {
    const places =
      keys === undefined
        ? (this.#places.get(type) ?? [])
        : new Set(keys.flatMap((key) => [...(this.#index.get(key) ?? [])]));
    const chains: Chain[] = [];
    for (const place of places) {
      const chain = place.startsWith(`${type}/`) ? this.#chains.get(place) : undefined;
      if (chain !== undefined) chains.push(chain);
    }
    if (keys !== undefined) chains.sort((a, b) => a.sequence - b.sequence);
    return chains.flatMap((chain) => chain.versions.at(-1)?.resource ?? []);
  }

  /** All types of which a resource was ever written. */
  types(): string[] {
    return [...this.#places.keys()];
  }

  /** True when a live resource refers to this one. */
  isReferredTo(type: string, id: string): boolean {
    const place: Place = `${type}/${id}`;
    return [...(this.#index.get(`ref:${place}`) ?? [])].some((holder) => holder !== place);
  }

  /** Writes a version; content equal to the present one makes none. */
  write(resource: StoredResource, method: 'POST' | 'PUT'): Written {
    const { resourceType, id } = resource;
    const present = this.read(resourceType, id);
    if (present !== undefined && isDeepStrictEqual(bare(present), bare(resource))) {
      return { resource: present, change: 'unchanged' };
    }
    const versionId = String(this.versions(resourceType, id).length + 1);
    const lastUpdated = new Date().toISOString();
    const stored = { ...resource, meta: { ...resource.meta, versionId, lastUpdated } };
    this.#append(resourceType, id, { versionId, lastUpdated, method, resource: stored });
    return { resource: stored, change: present === undefined ? 'created' : 'updated' };
  }

  /** Deletes; false when there was nothing to delete. */
  remove(type: string, id: string): boolean {
    if (this.read(type, id) === undefined) return false;
    const versionId = String(this.versions(type, id).length + 1);
    const lastUpdated = new Date().toISOString();
    this.#append(type, id, { versionId, lastUpdated, method: 'DELETE', resource: undefined });
    return true;
  }

  /** Runs `work`; when it throws, everything it wrote is undone. Inside another one it joins it. */
  async atomically<T>(work: () => Promise<T>): Promise<T> {
    if (this.#journal !== undefined) return work();
    const journal: Array<() => void> = [];
    this.#journal = journal;
    try {
      return await work();
    } catch (error) {
      for (const undo of journal.reverse()) undo();
      throw error;
    } finally {
      this.#journal = undefined;
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#chains.clear();
    this.#places.clear();
    this.#index.clear();
    this.#versions = 0;
  }

  #append(type: string, id: string, version: Version): void {
    if (this.#versions >= this.#maxVersions) {
      const text = 'The sandbox is full: start it again, or raise maxVersions.';
      throw new OperationOutcomeError(businessRule('full', text));
    }
    const place: Place = `${type}/${id}`;
    const before = this.#chains.get(place);
    const sequence = before?.sequence ?? this.#sequence++;
    this.#set(type, place, { sequence, versions: [...(before?.versions ?? []), version] });
    this.#versions++;
    this.#journal?.push(() => {
      this.#set(type, place, before);
      this.#versions--;
    });
  }

  #set(type: string, place: Place, chain: Chain | undefined): void {
    const old = this.#chains.get(place)?.versions.at(-1)?.resource;
    for (const key of old === undefined ? [] : keysOf(old)) this.#index.get(key)?.delete(place);
    const places = this.#places.get(type) ?? new Set();
    this.#places.set(type, places);
    if (chain === undefined) {
      this.#chains.delete(place);
      places.delete(place);
      return;
    }
    this.#chains.set(place, chain);
    places.add(place);
    const now = chain.versions.at(-1)?.resource;
    for (const key of now === undefined ? [] : keysOf(now)) {
      const holders = this.#index.get(key) ?? new Set();
      this.#index.set(key, holders.add(place));
    }
  }
}

/** Key of the index for an identifier, exactly as a search writes it: system, `|`, value. */
export const identifierKey = (system: string, value: string): string => `id:${system}|${value}`;
/** Key of the index for a tag. */
export const tagKey = (system: string, code: string): string => `tag:${system}|${code}`;
/** Key of the index for a reference `Type/id`. */
export const referenceKey = (reference: string): string => `ref:${reference}`;

function keysOf(resource: Resource): Set<string> {
  const keys = new Set<string>();
  // A DocumentReference is found by its masterIdentifier too.
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

/** A resource without what the server itself writes. */
function bare(resource: Resource): unknown {
  const { versionId: _, lastUpdated: __, ...meta } = resource.meta ?? {};
  return { ...resource, meta };
}
