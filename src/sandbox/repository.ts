// The repository behind @medplum/fhir-router: reads, writes and searches in the store.
import { randomUUID } from 'node:crypto';
import {
  allOk,
  applyPatch,
  badRequest,
  created,
  deepClone,
  fhirpathPatchTypedValue,
  gone,
  multipleMatches,
  notFound,
  type Operation,
  OperationOutcomeError,
  parseFhirPathPatchParameters,
  preconditionFailed,
  type SearchRequest,
  toTypedValue,
  type WithId,
} from '@medplum/core';
import {
  type CreateResourceOptions,
  type DeleteResourceOptions,
  FhirRepository,
  getExtraEntries,
  type UpdateResourceOptions,
} from '@medplum/fhir-router';
import type { Bundle, OperationOutcome, Parameters, Reference, Resource } from '@medplum/fhirtypes';
import { defined } from '../defined.ts';
import { parseReference } from '../fhir/reference.ts';
import { indexKeys } from './criteria.ts';
import type { Params } from './definitions.ts';
import type { IntegrityRules } from './integrity.ts';
import { matches, sortKey } from './match.ts';
import type { SandboxCounts } from './options.ts';
import type { Store, StoredResource } from './store.ts';

/** The result of a write: the stored resource, with `created` or `allOk`. */
export interface WriteResult<T extends Resource> {
  resource: WithId<T>;
  outcome: OperationOutcome;
}

/** FHIR's semantics on the store, as the router needs them. Callers must not write concurrently. */
export class SandboxRepository extends FhirRepository {
  readonly #store: Store;
  readonly #params: Params;
  readonly #rules: IntegrityRules;
  readonly #counts: SandboxCounts;

  constructor(parts: {
    store: Store;
    params: Params;
    rules: IntegrityRules;
    counts: SandboxCounts;
  }) {
    super();
    this.#store = parts.store;
    this.#params = parts.params;
    this.#rules = parts.rules;
    this.#counts = parts.counts;
  }

  override setMode(): void {
    // This repository both reads and writes.
  }

  override generateId(): string {
    return randomUUID();
  }

  /** https://hl7.org/fhir/R4/http.html#create: ignores the id of the body unless it was assigned. */
  override async createResource<T extends Resource>(
    resource: T,
    options?: CreateResourceOptions,
  ): Promise<WithId<T>> {
    const id = options?.assignedId && resource.id !== undefined ? resource.id : this.generateId();
    return this.#write({ ...resource, id }, 'POST').resource;
  }

  override async updateResource<T extends Resource>(
    resource: T,
    options?: UpdateResourceOptions,
  ): Promise<WithId<T>> {
    return this.put(resource, options?.ifMatch).resource;
  }

  /** https://hl7.org/fhir/R4/http.html#update, with update as create. */
  put<T extends Resource>(resource: T, ifMatch?: string): WriteResult<T> {
    const { id } = resource;
    if (id === undefined) throw new OperationOutcomeError(badRequest('An update requires an id.'));
    this.#checkVersion(resource.resourceType, id, ifMatch);
    return this.#write({ ...resource, id }, 'PUT');
  }

  /** https://hl7.org/fhir/R4/http.html#cond-update: unlike the router, accepts an id in the body. */
  override async conditionalUpdate<T extends Resource>(
    resource: T,
    search: SearchRequest,
    options?: CreateResourceOptions & UpdateResourceOptions,
  ): Promise<WriteResult<T>> {
    const match = this.findOne(search);
    if (match !== undefined && resource.id !== undefined && resource.id !== match.id) {
      throw new OperationOutcomeError(badRequest('The id must be that of the matching resource.'));
    }
    const id = match?.id ?? resource.id ?? this.generateId();
    return this.put({ ...resource, id }, options?.ifMatch);
  }

  override async deleteResource(
    type: string,
    id: string,
    options?: DeleteResourceOptions,
  ): Promise<void> {
    this.#checkVersion(type, id, options?.ifMatch);
    if (!this.#store.remove(type, id)) return;
    this.#counts.deleted++;
    this.#rules.recordDeletion(type, id);
  }

  override async patchResource<T extends Resource>(
    type: T['resourceType'],
    id: string,
    patch: Operation[] | Parameters,
    options?: UpdateResourceOptions,
  ): Promise<WithId<T>> {
    const copy = deepClone(await this.readResource<T>(type, id));
    if (Array.isArray(patch)) {
      const hasFailed = applyPatch(copy, patch).some(Boolean);
      if (hasFailed) throw new OperationOutcomeError(badRequest('The patch could not be applied.'));
    } else {
      fhirpathPatchTypedValue(toTypedValue(copy), parseFhirPathPatchParameters(patch));
    }
    return this.updateResource(copy, options);
  }

  override async readResource<T extends Resource>(type: string, id: string): Promise<WithId<T>> {
    const resource = this.#store.read(type, id);
    if (resource !== undefined) return resource as WithId<T>;
    const wasDeleted = this.#store.versions(type, id).length > 0;
    throw new OperationOutcomeError(wasDeleted ? gone : notFound);
  }

  override async readReference<T extends Resource>(reference: Reference<T>): Promise<WithId<T>> {
    const target = parseReference(reference.reference ?? '');
    if (target.kind !== 'relative') throw new OperationOutcomeError(notFound);
    return this.readResource(target.type, target.id);
  }

  override async readReferences<T extends Resource>(
    references: readonly Reference<T>[],
  ): Promise<(T | Error)[]> {
    return Promise.all(
      references.map((reference) =>
        this.readReference<T>(reference).catch((error: Error) => error),
      ),
    );
  }

  /** Newest first, deletions included: https://hl7.org/fhir/R4/http.html#history */
  override async readHistory<T extends Resource>(
    type: string,
    id: string,
  ): Promise<Bundle<WithId<T>>> {
    const versions = this.#store.versions(type, id);
    if (versions.length === 0) throw new OperationOutcomeError(notFound);
    const entry = versions.toReversed().map(({ method, resource, versionId, lastUpdated }) => ({
      ...defined({ resource: resource as WithId<T> | undefined }),
      request: { method, url: method === 'POST' ? type : `${type}/${id}` },
      response: { status: '200', etag: `W/"${versionId}"`, lastModified: lastUpdated },
    }));
    return { resourceType: 'Bundle', type: 'history', total: entry.length, entry } as Bundle<
      WithId<T>
    >;
  }

  override async readVersion<T extends Resource>(
    type: string,
    id: string,
    versionId: string,
  ): Promise<WithId<T>> {
    const version = this.#store.versions(type, id).find((known) => known.versionId === versionId);
    if (version?.resource === undefined) {
      throw new OperationOutcomeError(version === undefined ? notFound : gone);
    }
    return version.resource as WithId<T>;
  }

  /** A page of a searchset with its total; the caller adds links. */
  override async search<T extends Resource>(request: SearchRequest<T>): Promise<Bundle<WithId<T>>> {
    const matching = this.#find(request);
    const from = request.offset ?? 0;
    const page = matching.slice(from, from + (request.count ?? matching.length));
    const entry = page.map((resource) => ({
      resource: resource as Resource as WithId<T>,
      search: { mode: 'match' as const },
    }));
    const bundle = { resourceType: 'Bundle', type: 'searchset', total: matching.length, entry };
    if (request.include !== undefined || request.revInclude !== undefined) {
      await getExtraEntries(
        this,
        request,
        entry.map(({ resource }) => resource),
        entry,
      );
    }
    return bundle as Bundle<WithId<T>>;
  }

  /** The only match of a condition, or undefined. Throws 412 when several match. */
  findOne(request: SearchRequest): StoredResource | undefined {
    const [match, second] = this.#find(request);
    if (second !== undefined) throw new OperationOutcomeError(multipleMatches);
    return match;
  }

  override async searchByReference(): Promise<never> {
    throw new OperationOutcomeError(badRequest('GraphQL is not supported.'));
  }

  override withTransaction<TResult>(callback: (repo: this) => Promise<TResult>): Promise<TResult> {
    return this.#store.atomically(() => callback(this));
  }

  #write<T extends Resource>(resource: T & { id: string }, method: 'POST' | 'PUT'): WriteResult<T> {
    const checked = this.#rules.accept(resource);
    const { resource: stored, change } = this.#store.write(checked, method);
    this.#counts[change]++;
    return {
      resource: stored as Resource as WithId<T>,
      outcome: change === 'created' ? created : allOk,
    };
  }

  #checkVersion(type: string, id: string, ifMatch: string | undefined): void {
    if (ifMatch === undefined) return;
    const current = this.#store.read(type, id)?.meta?.versionId;
    if (current !== ifMatch) throw new OperationOutcomeError(preconditionFailed);
  }

  #find(request: SearchRequest): StoredResource[] {
    const params = this.#params.get(request.resourceType) ?? new Map();
    const filters = (request.filters ?? []).map((filter) =>
      params.get(filter.code)?.type === 'reference'
        ? { ...filter, value: this.#rules.withoutBase(filter.value) }
        : filter,
    );
    const resources = this.#store
      .list(request.resourceType, indexKeys(filters, params))
      .filter((resource) =>
        filters.every((filter) => {
          const param = params.get(filter.code);
          return param !== undefined && matches(resource, filter, param);
        }),
      );
    for (const rule of (request.sortRules ?? []).toReversed()) {
      const param = params.get(rule.code);
      if (param === undefined) continue;
      const order = rule.descending === true ? -1 : 1;
      resources.sort((a, b) => (sortKey(a, param) < sortKey(b, param) ? -order : order));
    }
    return resources;
  }
}
