import type { Questionnaire } from '@medplum/fhirtypes';
import { isTooDeep, MAX_DEPTH } from '../depth.ts';
import type { Issue } from '../errors.ts';
import { scopeOf, type ValidationContext } from './check/context.ts';
import { checkProfile } from './check/profiles.ts';
import { Report } from './check/report.ts';
import { type Constants, ValidatedCache } from './check/validated-cache.ts';
import { walkResource } from './check/walk.ts';
import { CORE, createDefinitionIndex } from './compile/definition-index.ts';
import type { ValidationDefinitions } from './compile/definitions.ts';
import { createForms } from './compile/form-plans.ts';
import { createProfilePlans } from './compile/profile-plans.ts';
import { createTypePlans } from './compile/type-plans.ts';
import { isObject, type Json } from './json.ts';

/** What a resource is checked against beside R4 and the profiles it claims. */
export interface ValidateOptions {
  /** Canonicals of profiles that the resource itself must follow. */
  readonly profiles?: readonly string[];
  /** Questionnaires for responses, beside those that are held. */
  readonly questionnaires?: readonly Questionnaire[];
}

/** Says everything that is wrong with a resource. */
export interface Validator {
  /**
   * All faults of a resource of any R4 type, those of contained resources and of a Bundle's entries
   * included: severity, FHIR issue type, FHIRPath, the canonical and id of the rule. Never throws,
   * and names no value. What cannot be checked here is told as information.
   */
  validate(resource: unknown, options?: ValidateOptions): Issue[];
}

/** A validator over compiled definitions. Cheap: each type and profile is compiled at first use. */
export function validatorOf(definitions: ValidationDefinitions): Validator {
  const library = createDefinitionIndex(definitions);
  const types = createTypePlans(library);
  const profiles = createProfilePlans(library);
  const held = createForms(library);
  const constants: Constants = new WeakMap();
  return {
    validate(resource, { profiles: asked = [], questionnaires } = {}) {
      const report = new Report();
      const value = resource as Json;
      const name = isObject(value) ? value.resourceType : undefined;
      report.enter(typeof name === 'string' && types.of(name) ? name : 'Resource');
      if (isTooDeep(value)) {
        const message = `is nested more than ${MAX_DEPTH} levels deep`;
        report.add({ kind: 'too-deep', message, source: `${CORE}Resource` });
        return report.issues;
      }
      const object = isObject(value) ? value : {};
      const forms = questionnaires === undefined ? held : createForms(library, questionnaires);
      const run: ValidationContext = {
        library,
        types,
        profiles,
        forms,
        report,
        checking: { codes: library.codes, report },
        scope: scopeOf(object),
        entries: undefined,
        clean: new ValidatedCache(constants),
        hasContained: false,
      };
      walkResource(value, run);
      for (const profile of asked) checkProfile(object, profile, run);
      return report.issues;
    },
  };
}
