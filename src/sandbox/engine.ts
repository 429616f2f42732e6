// Handles the FHIR requests of the sandbox, without HTTP.
import { allOk, badRequest, getStatus, OperationOutcomeError, serverError } from '@medplum/core';
import type { Bundle, BundleEntry, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { isOfType } from '../fhir/resource.ts';
import { loadDefinitions, type Params } from './definitions.ts';
import { IntegrityRules } from './integrity.ts';
import { type Interaction, type InteractionResponse, Interactions } from './interactions.ts';
import type { SandboxCounts, SandboxOptions } from './options.ts';
import { SandboxRepository } from './repository.ts';
import { statementOf } from './statement.ts';
import { Store } from './store.ts';
import { interactionOf, Transactions, toEntry } from './transactions.ts';

/** The FHIR server without HTTP: handles one request at a time, each completely or not at all. */
export class Engine {
  readonly counts: SandboxCounts = {
    requests: 0,
    searches: 0,
    transactions: 0,
    transactionsFailed: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    deleted: 0,
  };
  readonly #params: Params;
  readonly #store: Store;
  readonly #rules: IntegrityRules;
  readonly #interactions: Interactions;
  readonly #transactions: Transactions;
  #lastRequest: Promise<unknown> = Promise.resolve();
  /** The service base; set once the port is known. */
  base = '';

  constructor(options: SandboxOptions) {
    const base = (): string => this.base;
    const params = loadDefinitions();
    const store = new Store(options.maxVersions ?? 200_000);
    const rules = new IntegrityRules({ store, integrity: options.integrity ?? true, base });
    const repository = new SandboxRepository({ store, params, rules, counts: this.counts });
    const pageSize = options.pageSize ?? 50;
    this.#params = params;
    this.#store = store;
    this.#rules = rules;
    this.#interactions = new Interactions({
      repository,
      params,
      base,
      pageSize,
      counts: this.counts,
    });
    this.#transactions = new Transactions({ interactions: this.#interactions, repository, params });
  }

  /** Handles a request. Never throws: a failure becomes a response with an OperationOutcome. */
  handle(interaction: Interaction): Promise<InteractionResponse> {
    this.counts.requests++;
    const response = this.#lastRequest.then(() => this.#respond(interaction));
    this.#lastRequest = response;
    return response;
  }

  /** Current resources, of all types or of one. */
  resources(type?: string): Resource[] {
    const types = type === undefined ? this.#store.types() : [type];
    return types.flatMap((name) => this.#store.list(name));
  }

  /** Deletes all resources. */
  clear(): void {
    this.#store.clear();
  }

  async #respond(interaction: Interaction): Promise<InteractionResponse> {
    try {
      return await this.#dispatch(interaction);
    } catch (error) {
      const outcome = outcomeOf(error);
      return { status: getStatus(outcome), outcome, resource: outcome };
    }
  }

  async #dispatch(interaction: Interaction): Promise<InteractionResponse> {
    const { method, url, body } = interaction;
    if (method === 'GET' && url === 'metadata') {
      return { status: 200, outcome: allOk, resource: statementOf(this.#params, this.base) };
    }
    if (url !== '') return this.#atomically(() => this.#interactions.perform(interaction));
    if (method === 'POST' && isOfType(body, 'Bundle')) {
      if (body.type === 'batch') return bundleResponse(await this.#batch(body));
      if (body.type === 'transaction') return bundleResponse(await this.#transaction(body));
    }
    throw new OperationOutcomeError(
      badRequest('A POST to the base requires a batch or transaction Bundle.'),
    );
  }

  async #transaction(bundle: Bundle): Promise<Bundle> {
    try {
      const response = await this.#atomically(() => this.#transactions.run(bundle));
      this.counts.transactions++;
      return response;
    } catch (error) {
      this.counts.transactionsFailed++;
      throw error;
    }
  }

  /** Performs each entry on its own; a failure is reported in its entry. */
  async #batch(bundle: Bundle): Promise<Bundle> {
    const entry: BundleEntry[] = [];
    for (const [index, request] of (bundle.entry ?? []).entries()) {
      try {
        const interaction = interactionOf(request, index);
        entry.push(toEntry(await this.#atomically(() => this.#interactions.perform(interaction))));
      } catch (error) {
        const outcome = outcomeOf(error);
        entry.push({ response: { status: String(getStatus(outcome)), outcome } });
      }
    }
    return { resourceType: 'Bundle', type: 'batch-response', entry };
  }

  /** Keeps the writes and counts of `work` only if it and the check of references succeed. */
  async #atomically<T>(work: () => Promise<T>): Promise<T> {
    const { created, updated, unchanged, deleted } = this.counts;
    this.#rules.begin();
    try {
      return await this.#store.atomically(async () => {
        const result = await work();
        this.#rules.finish();
        return result;
      });
    } catch (error) {
      Object.assign(this.counts, { created, updated, unchanged, deleted });
      throw error;
    }
  }
}

function bundleResponse(resource: Bundle): InteractionResponse {
  return { status: 200, outcome: allOk, resource };
}

/** The outcome of a FHIR error; any other error is a bug, reported as 500 without its message. */
function outcomeOf(error: unknown): OperationOutcome {
  if (error instanceof OperationOutcomeError) return error.outcome;
  return serverError(new Error('Internal error of the sandbox.'));
}
