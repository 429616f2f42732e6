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
import { type Answer, addressOf, type Interaction, type Interactions } from './interactions.ts';
import type { SandboxRepository } from './repository.ts';
import type { StoredResource } from './store.ts';

/** An entry whose condition has been looked up. */
interface Planned {
  readonly interaction: Interaction;
  /** `Type/id` of what it writes or, as a conditional create with a match, leaves alone. */
  readonly place?: string;
  /** The match of a conditional create: nothing is written. */
  readonly match?: StoredResource;
}

/** https://hl7.org/fhir/R4/http.html#trules */
const ORDER = ['DELETE', 'POST', 'PUT', 'PATCH', 'GET', 'HEAD'];

/**
 * Transactions. The router's own are not used: with a conditional write they stop at
 * eight entries, they undo nothing, several matches are 400, and their answers carry no version.
 */
export class Bundles {
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

  /** All or nothing: throws the first failure; undoing is the caller's. */
  async transaction(bundle: Bundle): Promise<Bundle> {
    const entries = bundle.entry ?? [];
    const planned = entries.map((entry, index) =>
      inEntry(index, () => this.#plan(interactionOf(entry, index))),
    );
    checkDistinct(entries, planned);
    const places = new Map<string, string>();
    for (const [index, { place }] of planned.entries()) {
      const fullUrl = entries[index]?.fullUrl;
      if (fullUrl !== undefined && place !== undefined) places.set(fullUrl, place);
    }
    const answers = new Map<number, BundleEntry>();
    for (const method of ORDER) {
      for (const [index, plan] of planned.entries()) {
        if (plan.interaction.method !== method) continue;
        answers.set(index, answered(await inEntryAsync(index, () => this.#carryOut(plan, places))));
      }
    }
    const entry = planned.map((_, index) => answers.get(index) ?? {});
    return { resourceType: 'Bundle', type: 'transaction-response', entry };
  }

  /** Looks conditions up before anything is written, and gives creates their id. */
  #plan(interaction: Interaction): Planned {
    const { method, url } = interaction;
    const { type, rest, query } = addressOf(url);
    if (method === 'GET' || method === 'HEAD') return { interaction };
    if (method === 'POST') return this.#planCreate(interaction, type);
    if (query === undefined || rest.length > 0) {
      return { interaction, place: `${type}/${rest[0] ?? ''}` };
    }
    const match = this.#repository.findOne(readCondition(this.#params, type, query));
    if (match === undefined && method === 'PATCH') throw new OperationOutcomeError(notFound);
    const body = isResource(interaction.body) ? interaction.body : undefined;
    if (match !== undefined && body?.id !== undefined && body.id !== match.id && method === 'PUT') {
      throw new OperationOutcomeError(badRequest('The id is not that of the match.'));
    }
    const id = match?.id ?? body?.id ?? this.#repository.generateId();
    const place = `${type}/${id}`;
    const named = method === 'PUT' ? { ...body, id } : interaction.body;
    return { interaction: { ...interaction, url: place, body: named }, place };
  }

  #planCreate(interaction: Interaction, type: string): Planned {
    const { ifNoneExist, ...plain } = interaction;
    const match =
      ifNoneExist === undefined
        ? undefined
        : this.#repository.findOne(readCondition(this.#params, type, ifNoneExist));
    if (match !== undefined) return { interaction, place: `${type}/${match.id}`, match };
    if (!isResource(interaction.body)) throw new OperationOutcomeError(badRequest('No resource.'));
    const id = this.#repository.generateId();
    return { interaction: { ...plain, body: { ...interaction.body, id } }, place: `${type}/${id}` };
  }

  async #carryOut(plan: Planned, places: ReadonlyMap<string, string>): Promise<Answer> {
    const { interaction, match } = plan;
    if (match !== undefined) return { status: 200, outcome: allOk, resource: match };
    const body = mapReferenceUrls(interaction.body, (reference) =>
      this.#resolve(reference, places),
    );
    if (interaction.method !== 'POST' || !isResource(body)) {
      return this.#interactions.perform({ ...interaction, body });
    }
    return this.#interactions.create(addressOf(interaction.url).type, body);
  }

  /** A `fullUrl` of the bundle, or a search that has exactly one match. */
  #resolve(reference: string, places: ReadonlyMap<string, string>): string | undefined {
    const place = places.get(reference);
    if (place !== undefined) return place;
    const target = parseReference(reference);
    if (target.kind !== 'conditional') return undefined;
    const match = this.#repository.findOne(readCondition(this.#params, target.type, target.query));
    if (match === undefined) throw new OperationOutcomeError(preconditionFailed);
    return `${match.resourceType}/${match.id}`;
  }
}

/** An entry as the interaction it stands for. */
export function interactionOf(entry: BundleEntry, index: number): Interaction {
  const { request, resource } = entry;
  if (request?.method === undefined || request.url === undefined) {
    throw new OperationOutcomeError(
      badRequest('An entry needs a method and a URL.', `Bundle.entry[${index}].request`),
    );
  }
  const { method, url, ifMatch, ifNoneExist } = request;
  return { method, url, body: resource, ifMatch, ifNoneExist };
}

/** Two entries for one resource, or two with one condition, are one too many. */
function checkDistinct(entries: readonly BundleEntry[], planned: readonly Planned[]): void {
  const seen = new Set<string>();
  for (const [index, { place }] of planned.entries()) {
    const { request } = entries[index] ?? {};
    const condition = request?.url.includes('?') ? request.url : undefined;
    const criterion = request?.ifNoneExist ? `${request.url}?${request.ifNoneExist}` : condition;
    for (const key of new Set([place, criterion])) {
      if (key === undefined || request?.method === 'GET') continue;
      if (seen.has(key)) {
        throw new OperationOutcomeError(
          badRequest('Two entries are about the same resource.', `Bundle.entry[${index}]`),
        );
      }
      seen.add(key);
    }
  }
}

/** An answer as an entry of a response. */
export function answered({ status, outcome, resource }: Answer): BundleEntry {
  const { id, meta } = resource ?? {};
  const written = resource !== undefined && id !== undefined && resource.resourceType !== 'Bundle';
  return {
    ...(resource === undefined ? {} : { resource }),
    response: {
      status: String(status),
      ...(written
        ? {
            location: `${resource.resourceType}/${id}/_history/${meta?.versionId}`,
            etag: etagOf(meta?.versionId ?? ''),
            lastModified: meta?.lastUpdated ?? '',
          }
        : {}),
      ...(resource === undefined ? { outcome } : {}),
    },
  };
}

function inEntry<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw named(error, index);
  }
}

async function inEntryAsync<T>(index: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw named(error, index);
  }
}

/** The same failure, its issues saying in which entry. */
function named(error: unknown, index: number): unknown {
  if (!(error instanceof OperationOutcomeError)) return error;
  const issue = error.outcome.issue.map((one) => ({
    ...one,
    expression: [
      [`Bundle.entry[${index}].resource`, one.expression?.[0]].filter(Boolean).join('.'),
    ],
  }));
  return new OperationOutcomeError({ ...error.outcome, issue } as OperationOutcome);
}
