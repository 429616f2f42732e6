// Performs the RESTful interactions of FHIR on single resources, and searches.
import { allOk, badRequest, created, getStatus, isOk, OperationOutcomeError } from '@medplum/core';
import { type FhirRequest, FhirRouter, type HttpMethod } from '@medplum/fhir-router';
import type { Bundle, BundleLink, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { defined } from '../defined.ts';
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

/** The response to an interaction. Failures are thrown as OperationOutcomeError. */
export interface InteractionResponse {
  readonly status: number;
  readonly outcome: OperationOutcome;
  readonly resource?: Resource | undefined;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const MAX_PAGE_SIZE = 1000;

/** The parts of an interaction's URL. */
export interface UrlParts {
  readonly type: string;
  readonly rest: readonly string[];
  /** Undefined when there is no `?`. */
  readonly query: string | undefined;
}

/** Parses a URL relative to the base. */
export function parseUrl(url: string): UrlParts {
  const queryStart = url.indexOf('?');
  const path = queryStart < 0 ? url : url.slice(0, queryStart);
  const [type = '', ...rest] = path.split('/').filter((segment) => segment !== '');
  return { type, rest, query: queryStart < 0 ? undefined : url.slice(queryStart + 1) };
}

/** Performs single interactions with @medplum/fhir-router, after checks that the router lacks. */
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

  /** Throws OperationOutcomeError when the interaction fails. */
  async perform(interaction: Interaction): Promise<InteractionResponse> {
    const { method, url, body, ifNoneExist } = interaction;
    const { type, rest, query } = parseUrl(url);
    if (!this.#params.has(type)) throw new OperationOutcomeError(unknownType());
    if (method === 'GET' && rest.length === 0) return this.#search(type, query ?? '');
    if (method === 'POST' && rest[0] === '_search') return this.#search(type, String(body));
    if (method === 'POST' || method === 'PUT') checkBody(body, type);
    if (ifNoneExist !== undefined) readCondition(this.#params, type, ifNoneExist);
    if (method !== 'POST' && rest.length === 0) readCondition(this.#params, type, query ?? '');
    if (method === 'PUT' && rest[0] !== undefined) return this.#update(interaction, rest[0]);
    return this.#route(interaction);
  }

  /** Creates a resource under the id of its body, which other entries of a transaction reference. */
  async create(type: string, body: Resource): Promise<InteractionResponse> {
    checkBody(body, type);
    const resource = await this.#repository.createResource(body, { assignedId: true });
    return { status: 201, outcome: created, resource };
  }

  /** Updates without the router, because it responds with 200 when an update creates a resource. */
  #update(interaction: Interaction, id: string): InteractionResponse {
    const resource = interaction.body as Resource;
    if (resource.id !== id) {
      throw new OperationOutcomeError(badRequest('The id must be that of the URL.', 'id'));
    }
    const result = this.#repository.put(resource, versionOfEtag(interaction.ifMatch));
    return { ...result, status: getStatus(result.outcome) };
  }

  async #route(interaction: Interaction): Promise<InteractionResponse> {
    const { method, url, body, ifMatch, ifNoneExist } = interaction;
    if (!METHODS.has(method)) {
      throw new OperationOutcomeError(badRequest('Unsupported HTTP method.'));
    }
    const version = versionOfEtag(ifMatch);
    const request: FhirRequest = {
      method: method as HttpMethod,
      url,
      pathname: '',
      params: {},
      query: {},
      body,
      headers: defined({
        // The router accepts only a quoted entity tag.
        'if-match': version === undefined ? undefined : etagOf(version),
        // The router would cut the condition at a second question mark.
        'if-none-exist': ifNoneExist?.replaceAll('?', '%3F'),
      }),
    };
    const [outcome, resource] = await this.#router.handleRequest(request, this.#repository);
    if (!isOk(outcome)) throw new OperationOutcomeError(outcome);
    return { status: getStatus(outcome), outcome, resource };
  }

  async #search(type: string, query: string): Promise<InteractionResponse> {
    this.#counts.searches++;
    const request = readQuery(this.#params, type, query);
    const count = Math.min(request.count ?? this.#pageSize, MAX_PAGE_SIZE);
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
  const text = 'The sandbox does not support this resource type.';
  return {
    resourceType: 'OperationOutcome',
    id: 'not-found',
    issue: [{ severity: 'error', code: 'not-supported', details: { text } }],
  };
}
