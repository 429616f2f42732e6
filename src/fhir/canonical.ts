// Canonical URLs and systems of this project and of UCUM.

/** Base of all canonical URLs of this project. The service answers them as FHIR reads and searches. */
export const CANONICAL = 'https://ims-fhir.org/fhir';

/** Version of the published profiles and Questionnaires. */
export const PROFILE_VERSION = '1.0.0';

/** Date of that version, for artefacts that require one; a constant keeps builds reproducible. */
export const PROFILE_DATE = '2026-11-28';

/** Identifier system of every resource that this project writes. */
export const RECORD_SYSTEM = `${CANONICAL}/NamingSystem/record`;

/** System of UCUM units. */
export const UCUM = 'http://unitsofmeasure.org';

/** URL of one of this project's profiles or extensions. */
export function structureUrl(id: string): string {
  return `${CANONICAL}/StructureDefinition/${id}`;
}
