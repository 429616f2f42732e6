// The integrity rules of the sandbox: valid structure and existing references.
import { businessRule, conflict, OperationOutcomeError, validateResource } from '@medplum/core';
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';
import { mapReferenceUrls, parseReference } from '../fhir/reference.ts';
import { RESOURCE_ID } from '../fhir/resource.ts';
import type { Store, StoredResource } from './store.ts';

/** R4 has no limit for base64; the package's default of 1 MB would reject scanned charts. */
const MAX_BASE64_BYTES = 12 * 1024 * 1024;

/**
 * Checks that resources are structurally valid and that their references exist. References are checked
 * at the end of a request, because entries of a transaction reference each other in any order.
 */
export class IntegrityRules {
  readonly #store: Store;
  readonly #integrity: boolean;
  readonly #base: () => string;
  #written: StoredResource[] = [];
  #deleted: Array<readonly [string, string]> = [];

  constructor(parts: { store: Store; integrity: boolean; base: () => string }) {
    this.#store = parts.store;
    this.#integrity = parts.integrity;
    this.#base = parts.base;
  }

  /**
   * The resource to store: absolute references to this server become relative, as in HAPI.
   * Throws 422 with every structural error.
   */
  accept<T extends StoredResource>(resource: T): T {
    const checked = mapReferenceUrls(resource, (reference) => this.#relative(reference));
    const issues = RESOURCE_ID.test(checked.id)
      ? structuralErrors(checked)
      : [outcomeIssue('value', 'The id is invalid.', 'id')];
    if (issues.length > 0) throw new OperationOutcomeError(unprocessable(issues));
    this.#written.push(checked);
    return checked;
  }

  /** A search value without this server's base, since stored references are relative. */
  withoutBase(value: string): string {
    return value.replaceAll(`${this.#base()}/`, '');
  }

  /** Records a deletion, to be checked by `finish`. */
  recordDeletion(type: string, id: string): void {
    this.#deleted.push([type, id]);
  }

  /** Starts a request. */
  begin(): void {
    this.#written = [];
    this.#deleted = [];
  }

  /** Throws 422 for a reference to a missing resource, 409 for a deletion of a referenced one. */
  finish(): void {
    if (!this.#integrity) return;
    const dangling = this.#written.flatMap((resource) => this.#danglingReferences(resource));
    if (dangling.length > 0) throw new OperationOutcomeError(unprocessable(dangling));
    for (const [type, id] of this.#deleted) {
      if (this.#store.read(type, id) === undefined && this.#store.isReferenced(type, id)) {
        throw new OperationOutcomeError(conflict(`Another resource references this ${type}.`));
      }
    }
  }

  #relative(reference: string): string | undefined {
    const target = parseReference(reference);
    if (target.kind !== 'absolute' || target.base !== this.#base()) return undefined;
    return `${target.type}/${target.id}`;
  }

  #danglingReferences(resource: StoredResource): OperationOutcomeIssue[] {
    const issues: OperationOutcomeIssue[] = [];
    mapReferenceUrls(resource, (reference) => {
      const target = parseReference(reference);
      const isStored =
        target.kind === 'relative' && this.#store.read(target.type, target.id) !== undefined;
      const isUnchecked = target.kind === 'absolute' || target.kind === 'contained';
      if (!isStored && !isUnchecked) {
        issues.push(
          outcomeIssue('not-found', 'A referenced resource does not exist.', resource.resourceType),
        );
      }
      return undefined;
    });
    return issues;
  }
}

function structuralErrors(resource: StoredResource): OperationOutcomeIssue[] {
  try {
    return validateResource(resource, { base64BinaryMaxBytes: MAX_BASE64_BYTES }).filter(
      (issue) => issue.severity === 'error',
    );
  } catch (error) {
    if (error instanceof OperationOutcomeError) return error.outcome.issue;
    throw error;
  }
}

function outcomeIssue(
  code: 'value' | 'not-found',
  text: string,
  path: string,
): OperationOutcomeIssue {
  return { severity: 'error', code, details: { text }, expression: [path] };
}

/** Status 422: @medplum/core derives the status from the outcome's id. */
function unprocessable(issue: OperationOutcomeIssue[]): OperationOutcome {
  return { ...businessRule('invalid', ''), issue };
}
