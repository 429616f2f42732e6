// The validator for FHIR R4 resources: the definition of the type, then the profiles.
import type { Questionnaire } from '@medplum/fhirtypes';
import { isTooDeep, MAX_DEPTH } from '../depth.ts';
import type { Issue } from '../errors.ts';
import { evaluationOf, type ValidationContext } from './check/context.ts';
import { checkProfile } from './check/profiles.ts';
import { collectReported, Report } from './check/report.ts';
import { ValidatedCache, type ValidatedConstants } from './check/validated-cache.ts';
import { checkResource } from './check/walk.ts';
import { CORE, createDefinitionIndex } from './compile/definition-index.ts';
import type { ValidationDefinitions } from './compile/definitions.ts';
import { createProfilePlans } from './compile/profile-plans.ts';
import { createQuestionnairePlans } from './compile/questionnaire-plans.ts';
import { createTypePlans } from './compile/type-plans.ts';
import { isObject, type Json } from './json.ts';

/** What to check a resource against in addition to R4 and the profiles it claims. */
export interface ValidateOptions {
  /** Canonicals of profiles that the resource itself must conform to. */
  readonly profiles?: readonly string[];
  /** Questionnaires for responses, in addition to the loaded ones. */
  readonly questionnaires?: readonly Questionnaire[];
}

/** Validates FHIR R4 resources. */
export interface Validator {
  /**
   * Everything that is invalid in a resource of any R4 type, in its contained resources and in the
   * entries of a Bundle: severity, FHIR issue type, FHIRPath, canonical and id of the rule. What cannot
   * be checked is reported as information. Never throws; messages contain no value of the resource.
   */
  validate(resource: unknown, options?: ValidateOptions): Issue[];
}

/** A validator over compiled definitions. Each type and profile is prepared at its first use. */
export function validatorOf(raw: ValidationDefinitions): Validator {
  const definitions = createDefinitionIndex(raw);
  const types = createTypePlans(definitions);
  const profiles = createProfilePlans(definitions);
  const loadedQuestionnaires = createQuestionnairePlans(definitions);
  const constants: ValidatedConstants = new WeakMap();
  return {
    validate(resource, { profiles: requiredProfiles = [], questionnaires: additional } = {}) {
      const report = new Report();
      const value = resource as Json;
      const type = isObject(value) ? value.resourceType : undefined;
      report.enter(typeof type === 'string' && types.of(type) ? type : 'Resource');
      if (isTooDeep(value)) {
        const message = `must not be nested more than ${MAX_DEPTH} levels deep`;
        report.add({ kind: 'too-deep', message, source: `${CORE}Resource` });
        return report.issues;
      }
      const object = isObject(value) ? value : {};
      const context: ValidationContext = {
        definitions,
        types,
        profiles,
        questionnaires:
          additional === undefined
            ? loadedQuestionnaires
            : createQuestionnairePlans(definitions, additional),
        report,
        evaluation: evaluationOf(object, (items) => report.spend(items)),
        entryTypes: undefined,
        validated: new ValidatedCache(constants),
        hasContained: false,
      };
      return collectReported(report, () => {
        checkResource(value, context);
        for (const profile of requiredProfiles) checkProfile(object, profile, context);
      });
    },
  };
}
