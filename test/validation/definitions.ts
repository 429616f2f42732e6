// The compiled definitions as the running program has them, read once for all tests of a file.
import { readFileSync } from 'node:fs';
import type { ValidationDefinitions } from '../../src/validation/compile/definitions.ts';
import { validatorOf } from '../../src/validation/validator.ts';

const FILE = new URL('../../profiles/fsh-generated/validation/validation.json', import.meta.url);

export const definitions = JSON.parse(readFileSync(FILE, 'utf8')) as ValidationDefinitions;

export const validator = validatorOf(definitions);

/** Canonical of one of R4's own definitions. */
export const core = (name: string): string => `http://hl7.org/fhir/StructureDefinition/${name}`;

/** Canonical of one of the project's. */
export const ours = (name: string): string =>
  `https://ims-fhir.org/fhir/StructureDefinition/${name}`;

/** What is wrong with a resource, shortly: severity, path, rule. */
export function faults(resource: unknown, options?: { profiles: readonly string[] }): string[] {
  return validator
    .validate(resource, options)
    .map(({ severity, path, source = '' }) => `${severity} ${path} ${source}`);
}
