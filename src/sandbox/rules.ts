import { businessRule, conflict, OperationOutcomeError, validateResource } from '@medplum/core';
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';
import { mapReferenceUrls, parseReference } from '../fhir/reference.ts';
import { ID } from '../fhir/resource.ts';
import type { Store, StoredResource } from './store.ts';

/** R4 sets no limit to base64; the package's own of 1 MB would turn scanned charts away. */
const MAX_FILE = 12 * 1024 * 1024;

/**
 * What the server insists on: resources that are structurally right, and references that point to
 * something. References are checked when the whole request is done, since entries of a transaction
 * refer to each other in any order.
 */
export class Rules {
  readonly #store: Store;
  readonly #integrity: boolean;
  readonly #base: () => string;
  #touched: StoredResource[] = [];
  #removed: Array<readonly [string, string]> = [];

  constructor(parts: { store: Store; integrity: boolean; base: () => string }) {
    this.#store = parts.store;
    this.#integrity = parts.integrity;
    this.#base = parts.base;
  }

  /**
   * The resource as it will be stored: references to this server become relative, as HAPI does.
   * Throws 422 with every structural fault.
   */
  accept<T extends StoredResource>(resource: T): T {
    const own = mapReferenceUrls(resource, (reference) => this.#relative(reference));
    const faults = ID.test(own.id) ? faultsOf(own) : [fault('value', 'The id is not valid.', 'id')];
    if (faults.length > 0) throw new OperationOutcomeError(unprocessable(faults));
    this.#touched.push(own);
    return own;
  }

  /** A search value with this server's own base taken off, as it is off in what is stored. */
  local(value: string): string {
    return value.replaceAll(`${this.#base()}/`, '');
  }

  /** Told of each deletion. */
  removed(type: string, id: string): void {
    this.#removed.push([type, id]);
  }

  /** Forgets what the last request wrote. */
  begin(): void {
    this.#touched = [];
    this.#removed = [];
  }

  /** Throws 422 for a reference to nothing and 409 for a deletion of what is still referred to. */
  finish(): void {
    if (!this.#integrity) return;
    const dangling = this.#touched.flatMap((resource) => this.#danglingOf(resource));
    if (dangling.length > 0) throw new OperationOutcomeError(unprocessable(dangling));
    for (const [type, id] of this.#removed) {
      if (this.#store.read(type, id) === undefined && this.#store.isReferredTo(type, id)) {
        throw new OperationOutcomeError(conflict(`Another resource refers to this ${type}.`));
      }
    }
  }

  #relative(reference: string): string | undefined {
    const target = parseReference(reference);
    if (target.kind !== 'absolute' || target.base !== this.#base()) return undefined;
    return `${target.type}/${target.id}`;
  }

  #danglingOf(resource: StoredResource): OperationOutcomeIssue[] {
    const issues: OperationOutcomeIssue[] = [];
    mapReferenceUrls(resource, (reference) => {
      const target = parseReference(reference);
      const held = target.kind === 'relative' && this.#store.read(target.type, target.id);
      const other = target.kind === 'absolute' || target.kind === 'contained';
      if (!held && !other) {
        issues.push(fault('not-found', 'A reference points to nothing.', resource.resourceType));
      }
      return undefined;
    });
    return issues;
  }
}

function faultsOf(resource: StoredResource): OperationOutcomeIssue[] {
  try {
    return validateResource(resource, { base64BinaryMaxBytes: MAX_FILE }).filter(
      (issue) => issue.severity === 'error',
    );
  } catch (error) {
    if (error instanceof OperationOutcomeError) return error.outcome.issue;
    throw error;
  }
}

function fault(code: 'value' | 'not-found', text: string, path: string): OperationOutcomeIssue {
  return { severity: 'error', code, details: { text }, expression: [path] };
}

/** 422: @medplum/core tells the status by the outcome's id. */
function unprocessable(issue: OperationOutcomeIssue[]): OperationOutcome {
  return { ...businessRule('invalid', ''), issue };
}
