// The compiled definitions that the running program uses, read once per test file.
import { readFileSync } from 'node:fs';
import type { ValidationDefinitions } from '../../src/validation/compile/definitions.ts';
import { validatorOf } from '../../src/validation/validator.ts';

const FILE = new URL('../../profiles/fsh-generated/validation/validation.json', import.meta.url);

export const definitions = JSON.parse(readFileSync(FILE, 'utf8')) as ValidationDefinitions;

export const validator = validatorOf(definitions);

/** Canonical of an R4 structure. */
export const core = (name: string): string => `http://hl7.org/fhir/StructureDefinition/${name}`;

/** Canonical of a structure of this project. */
export const ours = (name: string): string =>
  `https://ims-fhir.org/fhir/StructureDefinition/${name}`;

/** The issues of a resource, in short: severity, path and rule. */
export function faults(resource: unknown, options?: { profiles: readonly string[] }): string[] {
  return validator
    .validate(resource, options)
    .map(({ severity, path, source = '' }) => `${severity} ${path} ${source}`);
}
