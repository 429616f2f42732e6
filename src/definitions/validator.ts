// Validates sent and received resources against R4 and the published profiles.
import { hasErrors, type Issue } from '../errors.ts';
import type { ReadVisit } from '../mapping/from-fhir.ts';
import type { ValidateOptions, Validator } from '../validation/validator.ts';
import { createValidator } from './published.ts';

/** One validator for the whole process, because compiling the profiles takes time and memory. */
export const defaultValidator: Validator = createValidator();

/**
 * Validates a resource of any R4 type, also a Bundle, against R4 and the profiles in `meta.profile` and
 * `options`; a QuestionnaireResponse also against its Questionnaire. No input makes it throw.
 */
export function validateResource(resource: unknown, options?: ValidateOptions): Issue[] {
  return defaultValidator.validate(resource, options);
}

/**
 * Reports errors in resources from a server as warnings, because the resources are mapped all the same.
 * Paths are those of a Bundle with one entry for each of `resources`.
 */
export function validateReceived(resources: ReadVisit['resources'], validator: Validator): Issue[] {
  return resources.flatMap((resource, index) =>
    validator
      .validate(resource)
      .filter((issue) => hasErrors([issue]))
      .map((issue): Issue => {
        const path = issue.path.replace(/^\w+/, `Bundle.entry[${index}].resource`);
        return { ...issue, severity: 'warning', path };
      }),
  );
}

export type { ValidateOptions, Validator };
