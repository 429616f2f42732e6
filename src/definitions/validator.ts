// What is sent and what comes back, held against FHIR: our validator over the published definitions.
import { type Issue, refuses } from '../errors.ts';
import type { ReadVisit } from '../mapping/from-fhir.ts';
import type { ValidateOptions, Validator } from '../validation/validator.ts';
import { createValidator } from './published.ts';

/** The validator of the whole process. */
export const defaultValidator: Validator = createValidator();

/**
 * Everything that is wrong with a FHIR resource of any R4 type or a Bundle of them: R4's own rules,
 * those of the profiles they claim or `options` names, and a response against its Questionnaire.
 * Never throws for what it is given.
 */
export function validateResource(resource: unknown, options?: ValidateOptions): Issue[] {
  return defaultValidator.validate(resource, options);
}

/**
 * What of a server's resources is no valid FHIR, as warnings: it is read all the same. Paths are
 * those of a Bundle with an entry for each of them, in the order in which `basedOn` names them.
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
