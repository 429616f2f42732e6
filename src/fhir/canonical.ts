/** The base of all our canonical URLs: a name, served by the service itself. Written once, here. */
export const CANONICAL = 'https://ims-fhir.org/fhir';

/** Version of our profiles and Questionnaires. */
export const PROFILE_VERSION = '1.0.0';

/** The day of that version, where an artefact must name one; fixed, so that a build repeats itself. */
export const PROFILE_DATE = '2026-11-28';

/** The naming system that all resources of ours are recognised by. */
export const RECORD_SYSTEM = `${CANONICAL}/NamingSystem/record`;

/** UCUM, the unit system of FHIR. */
export const UCUM = 'http://unitsofmeasure.org';

/** URL of one of our profiles or extensions. */
export function structureUrl(id: string): string {
  return `${CANONICAL}/StructureDefinition/${id}`;
}
