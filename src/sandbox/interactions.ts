import { allOk, badRequest, created, getStatus, isOk, OperationOutcomeError } from '@medplum/core';
import { type FhirRequest, FhirRouter, type HttpMethod } from '@medplum/fhir-router';
import type { Bundle, BundleLink, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { etagOf, isResource, versionOfEtag } from '../fhir/resource.ts';
import { readCondition, readQuery } from './criteria.ts';
import type { Params } from './definitions.ts';
import type { SandboxCounts } from './options.ts';
import type { SandboxRepository } from './repository.ts';

/** One interaction of FHIR's REST interface; `url` is relative to the base. */
export interface Interaction {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
  readonly ifMatch?: string | undefined;
  readonly ifNoneExist?: string | undefined;
}

/** What came of it. Failures are thrown as OperationOutcomeError. */
export interface Answer {
  readonly status: number;
  readonly outcome: OperationOutcome;
  readonly resource?: Resource | undefined;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const MAX_PAGE = 1000;

/** An interaction's URL taken apart. */
export interface Address {
  readonly type: string;
  readonly rest: readonly string[];
  /** Undefined when there is no `?`. */
  readonly query: string | undefined;
}

/** Takes a URL relative to the base apart. */
export function addressOf(url: string): Address {
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const [type = '', ...rest] = path.split('/').filter((segment) => segment !== '');
  return { type, rest, query: question < 0 ? undefined : url.slice(question + 1) };
}

/** Carries out single interactions: @medplum/fhir-router, with what it would let pass refused first. */
export class Interactions {
  readonly #router = new FhirRouter();
  readonly #repository: SandboxRepository;
  readonly #params: Params;
  readonly #base: () => string;
  readonly #pageSize: number;
  readonly #counts: SandboxCounts;

  constructor(parts: {
    repository: SandboxRepository;
    params: Params;
    base: () => string;
    pageSize: number;
    counts: SandboxCounts;
  }) {
    this.#repository = parts.repository;
    this.#params = parts.params;
    this.#base = parts.base;
    this.#pageSize = parts.pageSize;
    this.#counts = parts.counts;
  }

  /** Throws OperationOutcomeError when the interaction is refused. */
  async perform(one: Interaction): Promise<Answer> {
    const { type, rest, query } = addressOf(one.url);
    if (!this.#params.has(type)) throw new OperationOutcomeError(unknownType());
    if (one.method === 'GET' && rest.length === 0) return this.#search(type, query ?? '');
    if (one.method === 'POST' && rest[0] === '_search') return this.#search(type, String(one.body));
    if (one.method === 'POST' || one.method === 'PUT') checkBody(one.body, type);
    if (one.ifNoneExist !== undefined) readCondition(this.#params, type, one.ifNoneExist);
    if (rest.length === 0 && one.method !== 'POST') {
      readCondition(this.#params, type, query ?? '');
    }
    if (one.method === 'PUT' && rest[0] !== undefined) return this.#update(one, rest[0]);
    return this.#route(one);
  }

  /** Creates under the id that the body has been given: a transaction's entries refer to it. */
  async create(type: string, body: Resource): Promise<Answer> {
    checkBody(body, type);
    const resource = await this.#repository.createResource(body, { assignedId: true });
    return { status: 201, outcome: created, resource };
  }

  /** Apart from the router, which answers 200 for a resource that an update created. */
  #update(one: Interaction, id: string): Answer {
    const resource = one.body as Resource;
    if (resource.id !== id) {
      throw new OperationOutcomeError(badRequest('The id is not that of the URL.', 'id'));
    }
    const result = this.#repository.put(resource, versionOfEtag(one.ifMatch));
    return { ...result, status: getStatus(result.outcome) };
  }

  async #route(one: Interaction): Promise<Answer> {
    if (!METHODS.has(one.method))
      throw new OperationOutcomeError(badRequest('No such interaction.'));
    const version = versionOfEtag(one.ifMatch);
    const request: FhirRequest = {
      method: one.method as HttpMethod,
      url: one.url,
      pathname: '',
      params: {},
      query: {},
      body: one.body,
      headers: {
        // The router sees an entity tag in quotes only.
        ...(version === undefined ? {} : { 'if-match': etagOf(version) }),
        // It would cut the condition at a second question mark.
        ...(one.ifNoneExist === undefined
          ? {}
          : { 'if-none-exist': one.ifNoneExist.replaceAll('?', '%3F') }),
      },
    };
    const [outcome, resource] = await this.#router.handleRequest(request, this.#repository);
    if (!isOk(outcome)) throw new OperationOutcomeError(outcome);
    return { status: getStatus(outcome), outcome, resource };
  }

  async #search(type: string, query: string): Promise<Answer> {
    this.#counts.searches++;
    const request = readQuery(this.#params, type, query);
    const count = Math.min(request.count ?? this.#pageSize, MAX_PAGE);
    const bundle = await this.#repository.search({ ...request, count });
    const resource = { ...bundle, link: this.#links(type, query, { count, bundle }) } as Bundle;
    for (const entry of resource.entry ?? []) {
      entry.fullUrl = `${this.#base()}/${entry.resource?.resourceType}/${entry.resource?.id}`;
    }
    return { status: 200, outcome: allOk, resource };
  }

  #links(type: string, query: string, page: { count: number; bundle: Bundle }): BundleLink[] {
    const url = `${this.#base()}/${type}`;
    const self = { relation: 'self', url: query === '' ? url : `${url}?${query}` };
    const next = new URLSearchParams(query);
    const from = Number(next.get('_offset') ?? 0) + page.count;
    if (page.count === 0 || from >= (page.bundle.total ?? 0)) return [self];
    next.set('_count', String(page.count));
    next.set('_offset', String(from));
    return [self, { relation: 'next', url: `${url}?${next}` }];
  }
}

function checkBody(body: unknown, type: string): void {
  if (!isResource(body) || body.resourceType !== type) {
    throw new OperationOutcomeError(badRequest(`The body must be a ${type}.`));
  }
}

function unknownType(): OperationOutcome {
  const text = 'The sandbox does not hold this resource type.';
  return {
    resourceType: 'OperationOutcome',
    id: 'not-found',
    issue: [{ severity: 'error', code: 'not-supported', details: { text } }],
  };
}
