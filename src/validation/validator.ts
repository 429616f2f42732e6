import type { Questionnaire } from '@medplum/fhirtypes';
import { DEEPEST, isTooDeep } from '../depth.ts';
import type { Issue } from '../errors.ts';
import { Clean, type Constants } from './clean.ts';
import type { ValidationDefinitions } from './definitions.ts';
import { isObject, type Json } from './json.ts';
import { CORE, createLibrary } from './library.ts';
import { createProfilePlans } from './profile-plans.ts';
import { checkProfile } from './profiles.ts';
import { createForms } from './questionnaires.ts';
import { Report, validated } from './report.ts';
import { type Run, scopeOf } from './run.ts';
import { createTypePlans } from './types.ts';
import { walkResource } from './walk.ts';

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
  const library = createLibrary(definitions);
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
        const message = `is nested more than ${DEEPEST} levels deep`;
        report.add({ kind: 'too-deep', message, source: `${CORE}Resource` });
        return report.issues;
      }
      const object = isObject(value) ? value : {};
      const forms = questionnaires === undefined ? held : createForms(library, questionnaires);
      const run: Run = {
        library,
        types,
        profiles,
        forms,
        report,
        checking: { codes: library.codes, report },
        scope: scopeOf(object, (steps) => report.spend(steps)),
        entries: undefined,
        clean: new Clean(constants),
        hasContained: false,
      };
      return validated(report, () => {
        walkResource(value, run);
        for (const profile of asked) checkProfile(object, profile, run);
      });
    },
  };
}
