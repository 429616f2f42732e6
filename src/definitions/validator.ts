// Validation of outgoing and received resources against R4 and the published profiles.
import { type Issue, refuses } from '../errors.ts';
import type { ReadVisit } from '../mapping/from-fhir.ts';
import type { ValidateOptions, Validator } from '../validation/validator.ts';
import { createValidator } from './published.ts';

/** The validator for R4 and the published profiles, shared by the whole process. */
export const defaultValidator: Validator = createValidator();

/**
 * Validates a resource of any R4 type, or a Bundle: against R4, against the profiles in `meta.profile`
 * or `options`, and a QuestionnaireResponse against its Questionnaire. Never throws for any input.
 */
export function validateResource(resource: unknown, options?: ValidateOptions): Issue[] {
  return defaultValidator.validate(resource, options);
}

/**
 * Errors in the resources received from a server, as warnings, because such resources are read
 * nevertheless. Paths are those of a Bundle with one entry per resource, in the order of `basedOn`.
 */
export function validateReceived(resources: ReadVisit['resources'], validator: Validator): Issue[] {
  return resources.flatMap((resource, index) =>
    validator
      .validate(resource)
      .filter((issue) => refuses([issue]))
      .map((issue): Issue => {
        const path = issue.path.replace(/^\w+/, `Bundle.entry[${index}].resource`);
        return { ...issue, severity: 'warning', path };
      }),
  );
}

export type { ValidateOptions, Validator };
