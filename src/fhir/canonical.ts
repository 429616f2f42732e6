// Canonical URLs and code systems of this project, and the system of UCUM.

/** Base of all canonical URLs of this project. The service serves the artefacts by read and search. */
export const CANONICAL = 'https://ims-fhir.org/fhir';

/** Version of the published profiles and Questionnaires. */
export const PROFILE_VERSION = '1.0.0';

/** Date of PROFILE_VERSION, for artefacts that require a date. A constant keeps builds reproducible. */
export const PROFILE_DATE = '2026-11-28';

/** System of the identifiers in all resources that this project writes. */
export const RECORD_SYSTEM = `${CANONICAL}/NamingSystem/record`;

/** System of UCUM units. */
export const UCUM = 'http://unitsofmeasure.org';

/** Canonical URL of a profile or extension of this project. */
export function structureUrl(id: string): string {
  return `${CANONICAL}/StructureDefinition/${id}`;
}
