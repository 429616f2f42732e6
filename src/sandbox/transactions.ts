// Transactions: all entries of a Bundle in FHIR's order, each with its response.
import {
  allOk,
  badRequest,
  notFound,
  OperationOutcomeError,
  preconditionFailed,
} from '@medplum/core';
import type { Bundle, BundleEntry, OperationOutcome } from '@medplum/fhirtypes';
import { mapReferenceUrls, parseReference } from '../fhir/reference.ts';
import { etagOf, isResource } from '../fhir/resource.ts';
import { readCondition } from './criteria.ts';
import type { Params } from './definitions.ts';
import {
  type Interaction,
  type InteractionResponse,
  type Interactions,
  parseUrl,
} from './interactions.ts';
import type { SandboxRepository } from './repository.ts';
import type { StoredResource } from './store.ts';

/** An entry whose condition has been evaluated. */
interface PlannedEntry {
  readonly interaction: Interaction;
  /** `Type/id` of the resource that it writes, or of the match of a conditional create. */
  readonly path?: string;
  /** The match of a conditional create: nothing is written. */
  readonly match?: StoredResource;
}

/** Order of processing: https://hl7.org/fhir/R4/http.html#trules */
const METHOD_ORDER = ['DELETE', 'POST', 'PUT', 'PATCH', 'GET', 'HEAD'];

/**
 * Runs transactions. The router's are not used: with a conditional write they are limited to eight
 * entries, they do not roll back, respond to several matches with 400, and return no versions.
 */
export class Transactions {
  readonly #interactions: Interactions;
  readonly #repository: SandboxRepository;
  readonly #params: Params;

  constructor(parts: {
    interactions: Interactions;
    repository: SandboxRepository;
    params: Params;
  }) {
    this.#interactions = parts.interactions;
    this.#repository = parts.repository;
    this.#params = parts.params;
  }

  /** Throws the first failure; the caller rolls back. */
  async run(bundle: Bundle): Promise<Bundle> {
    const entries = bundle.entry ?? [];
    const planned = entries.map((entry, index) =>
      inEntry(index, () => this.#plan(interactionOf(entry, index))),
    );
    checkDistinct(entries, planned);
    const pathsByFullUrl = new Map<string, string>();
    for (const [index, { path }] of planned.entries()) {
      const fullUrl = entries[index]?.fullUrl;
      if (fullUrl !== undefined && path !== undefined) pathsByFullUrl.set(fullUrl, path);
    }
    const responses = new Map<number, BundleEntry>();
    for (const method of METHOD_ORDER) {
      for (const [index, plan] of planned.entries()) {
        if (plan.interaction.method !== method) continue;
        const response = await inEntryAsync(index, () => this.#perform(plan, pathsByFullUrl));
        responses.set(index, toEntry(response));
      }
    }
    const entry = planned.map((_, index) => responses.get(index) ?? {});
    return { resourceType: 'Bundle', type: 'transaction-response', entry };
  }

  /** Evaluates the condition before anything is written, and assigns the id of a create. */
  #plan(interaction: Interaction): PlannedEntry {
    const { method, url } = interaction;
    const { type, rest, query } = parseUrl(url);
    if (method === 'GET' || method === 'HEAD') return { interaction };
    if (method === 'POST') return this.#planCreate(interaction, type);
    if (query === undefined || rest.length > 0) {
      return { interaction, path: `${type}/${rest[0] ?? ''}` };
    }
    const match = this.#repository.findOne(readCondition(this.#params, type, query));
    if (match === undefined && method === 'PATCH') throw new OperationOutcomeError(notFound);
    const body = isResource(interaction.body) ? interaction.body : undefined;
    if (match !== undefined && body?.id !== undefined && body.id !== match.id && method === 'PUT') {
      throw new OperationOutcomeError(badRequest('The id must be that of the matching resource.'));
    }
    const id = match?.id ?? body?.id ?? this.#repository.generateId();
    const path = `${type}/${id}`;
    const bodyWithId = method === 'PUT' ? { ...body, id } : interaction.body;
    return { interaction: { ...interaction, url: path, body: bodyWithId }, path };
  }

  #planCreate(interaction: Interaction, type: string): PlannedEntry {
    const { ifNoneExist, ...unconditional } = interaction;
    const match =
      ifNoneExist === undefined
        ? undefined
        : this.#repository.findOne(readCondition(this.#params, type, ifNoneExist));
    if (match !== undefined) return { interaction, path: `${type}/${match.id}`, match };
    if (!isResource(interaction.body)) {
      throw new OperationOutcomeError(badRequest('A create requires a resource.'));
    }
    const id = this.#repository.generateId();
    const body = { ...interaction.body, id };
    return { interaction: { ...unconditional, body }, path: `${type}/${id}` };
  }

  async #perform(
    plan: PlannedEntry,
    pathsByFullUrl: ReadonlyMap<string, string>,
  ): Promise<InteractionResponse> {
    const { interaction, match } = plan;
    if (match !== undefined) return { status: 200, outcome: allOk, resource: match };
    const body = mapReferenceUrls(interaction.body, (reference) =>
      this.#resolve(reference, pathsByFullUrl),
    );
    if (interaction.method !== 'POST' || !isResource(body)) {
      return this.#interactions.perform({ ...interaction, body });
    }
    return this.#interactions.create(parseUrl(interaction.url).type, body);
  }

  /** Resolves a `fullUrl` of the bundle, or a conditional reference with exactly one match. */
  #resolve(reference: string, pathsByFullUrl: ReadonlyMap<string, string>): string | undefined {
    const path = pathsByFullUrl.get(reference);
    if (path !== undefined) return path;
    const target = parseReference(reference);
    if (target.kind !== 'conditional') return undefined;
    const match = this.#repository.findOne(readCondition(this.#params, target.type, target.query));
    if (match === undefined) throw new OperationOutcomeError(preconditionFailed);
    return `${match.resourceType}/${match.id}`;
  }
}

/** The interaction of an entry. */
export function interactionOf(entry: BundleEntry, index: number): Interaction {
  const { request, resource } = entry;
  if (request?.method === undefined || request.url === undefined) {
    throw new OperationOutcomeError(
      badRequest('An entry requires a method and a URL.', `Bundle.entry[${index}].request`),
    );
  }
  const { method, url, ifMatch, ifNoneExist } = request;
  return { method, url, body: resource, ifMatch, ifNoneExist };
}

/** Throws 400 when two entries write the same resource or have the same condition. */
function checkDistinct(entries: readonly BundleEntry[], planned: readonly PlannedEntry[]): void {
  const seen = new Set<string>();
  for (const [index, { path }] of planned.entries()) {
    const { request } = entries[index] ?? {};
    const urlCondition = request?.url.includes('?') ? request.url : undefined;
    const condition = request?.ifNoneExist ? `${request.url}?${request.ifNoneExist}` : urlCondition;
    for (const key of new Set([path, condition])) {
      if (key === undefined || request?.method === 'GET') continue;
      if (seen.has(key)) {
        throw new OperationOutcomeError(
          badRequest('Two entries write the same resource.', `Bundle.entry[${index}]`),
        );
      }
      seen.add(key);
    }
  }
}

/** The entry of a response Bundle. */
export function toEntry({ status, outcome, resource }: InteractionResponse): BundleEntry {
  const { id, meta } = resource ?? {};
  const isSingle = resource !== undefined && id !== undefined && resource.resourceType !== 'Bundle';
  const version = isSingle && {
    location: `${resource.resourceType}/${id}/_history/${meta?.versionId}`,
    etag: etagOf(meta?.versionId ?? ''),
    lastModified: meta?.lastUpdated ?? '',
  };
  if (resource === undefined) return { response: { status: String(status), outcome } };
  return { resource, response: { status: String(status), ...version } };
}

function inEntry<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw withEntry(error, index);
  }
}

async function inEntryAsync<T>(index: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw withEntry(error, index);
  }
}

/** The error with the path of the entry in its issues. */
function withEntry(error: unknown, index: number): unknown {
  if (!(error instanceof OperationOutcomeError)) return error;
  const issue = error.outcome.issue.map((entryIssue) => ({
    ...entryIssue,
    expression: [
      [`Bundle.entry[${index}].resource`, entryIssue.expression?.[0]].filter(Boolean).join('.'),
    ],
  }));
  return new OperationOutcomeError({ ...error.outcome, issue } as OperationOutcome);
}
