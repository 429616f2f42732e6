import { allOk, badRequest, getStatus, OperationOutcomeError, serverError } from '@medplum/core';
import type { Bundle, BundleEntry, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { isOfType } from '../fhir/resource.ts';
import { answered, Bundles, interactionOf } from './bundles.ts';
import { loadDefinitions, type Params } from './definitions.ts';
import { type Answer, type Interaction, Interactions } from './interactions.ts';
import type { SandboxCounts, SandboxOptions } from './options.ts';
import { SandboxRepository } from './repository.ts';
import { Rules } from './rules.ts';
import { statementOf } from './statement.ts';
import { Store } from './store.ts';

/** FHIR without HTTP: every request one after the other, each wholly or not at all. */
export class Engine {
  readonly counts: SandboxCounts = {
    requests: 0,
    searches: 0,
    transactions: 0,
    transactionsRefused: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    deleted: 0,
  };
  readonly #params: Params;
  readonly #store: Store;
  readonly #rules: Rules;
  readonly #interactions: Interactions;
  readonly #bundles: Bundles;
  #last: Promise<unknown> = Promise.resolve();
  /** Set once the port is known. */
  base = '';

  constructor(options: SandboxOptions) {
    const base = (): string => this.base;
    const params = loadDefinitions();
    const store = new Store(options.maxVersions ?? 200_000);
    const rules = new Rules({ store, integrity: options.integrity ?? true, base });
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
    this.#bundles = new Bundles({ interactions: this.#interactions, repository, params });
  }

  /** Never throws: what fails is an answer with its outcome. */
  handle(interaction: Interaction): Promise<Answer> {
    this.counts.requests++;
    const done = this.#last.then(() => this.#carryOut(interaction));
    this.#last = done;
    return done;
  }

  /** Live resources, of all types or of one. */
  resources(type?: string): Resource[] {
    const types = type === undefined ? this.#store.types() : [type];
    return types.flatMap((one) => this.#store.list(one));
  }

  /** Forgets all resources. */
  clear(): void {
    this.#store.clear();
  }

  async #carryOut(interaction: Interaction): Promise<Answer> {
    try {
      return await this.#answer(interaction);
    } catch (error) {
      const outcome = outcomeOf(error);
      return { status: getStatus(outcome), outcome, resource: outcome };
    }
  }

  async #answer(interaction: Interaction): Promise<Answer> {
    const { method, url, body } = interaction;
    if (method === 'GET' && url === 'metadata') {
      return { status: 200, outcome: allOk, resource: statementOf(this.#params, this.base) };
    }
    if (url !== '') return this.#wholly(() => this.#interactions.perform(interaction));
    if (method === 'POST' && isOfType(body, 'Bundle')) {
      if (body.type === 'batch') return bundled(await this.#batch(body));
      if (body.type === 'transaction') return bundled(await this.#transaction(body));
    }
    throw new OperationOutcomeError(badRequest('Post a batch or transaction Bundle here.'));
  }

  async #transaction(bundle: Bundle): Promise<Bundle> {
    try {
      const response = await this.#wholly(() => this.#bundles.transaction(bundle));
      this.counts.transactions++;
      return response;
    } catch (error) {
      this.counts.transactionsRefused++;
      throw error;
    }
  }

  /** Each entry by itself; what fails is told in its entry. */
  async #batch(bundle: Bundle): Promise<Bundle> {
    const entry: BundleEntry[] = [];
    for (const [index, one] of (bundle.entry ?? []).entries()) {
      try {
        const interaction = interactionOf(one, index);
        entry.push(answered(await this.#wholly(() => this.#interactions.perform(interaction))));
      } catch (error) {
        const outcome = outcomeOf(error);
        entry.push({ response: { status: String(getStatus(outcome)), outcome } });
      }
    }
    return { resourceType: 'Bundle', type: 'batch-response', entry };
  }

  /** Keeps what `work` wrote, and its counts, only if it and the check of references succeed. */
  async #wholly<T>(work: () => Promise<T>): Promise<T> {
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

function bundled(resource: Bundle): Answer {
  return { status: 200, outcome: allOk, resource };
}

/** What a refusal says; anything else is a fault of ours, told as 500 without its message. */
function outcomeOf(error: unknown): OperationOutcome {
  if (error instanceof OperationOutcomeError) return error.outcome;
  return serverError(new Error('The sandbox failed.'));
}
