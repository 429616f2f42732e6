// Canonical URLs of this project, and URLs of code systems of UCUM and HL7 Terminology.

/** Base of all canonical URLs of this project. The service serves the artefacts by read and search. */
export const CANONICAL = 'https://ims-fhir.org/fhir';

/** Version of the published profiles and Questionnaires. */
export const PROFILE_VERSION = '1.0.0';

/** System of the identifiers in all resources that this project writes. */
export const RECORD_SYSTEM = `${CANONICAL}/NamingSystem/record`;

/** System of UCUM units. */
export const UCUM = 'http://unitsofmeasure.org';

/** URL of a code system of HL7 Terminology (https://terminology.hl7.org). */
export function hl7System(id: string): string {
  return `http://terminology.hl7.org/CodeSystem/${id}`;
}

/** Canonical URL of a profile or extension of this project. */
export function structureUrl(id: string): string {
  return `${CANONICAL}/StructureDefinition/${id}`;
}
