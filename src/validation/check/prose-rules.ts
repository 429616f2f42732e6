// Rules that R4 states only in prose: the format of identifiers, and the profiles of vital signs.
import { CORE } from '../compile/definition-index.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ValidationContext } from './context.ts';

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Checks what R4 requires of identifiers in prose: https://hl7.org/fhir/R4/datatypes.html#identifier */
export function checkIdentifier(identifier: JsonObject, { report }: ValidationContext): void {
  const { system, value } = identifier;
  if (typeof system !== 'string') return;
  const source = `${CORE}Identifier`;
  if (!SCHEME.test(system)) {
    report.add({ kind: 'format', message: 'system must be an absolute URI', source });
  } else if (system === 'urn:ietf:rfc:3986' && typeof value === 'string' && !SCHEME.test(value)) {
    const message = 'value must be an absolute URI when system is urn:ietf:rfc:3986';
    report.add({ kind: 'format', message, source });
  }
}

const LOINC = 'http://loinc.org';

/**
 * R4 requires these profiles of every Observation with one of these LOINC codes, claimed or not:
 * https://hl7.org/fhir/R4/observation-vitalsigns.html
 */
const VITAL_SIGN_PROFILES: Readonly<Record<string, string>> = {
  '85353-1': 'vitalspanel',
  '9279-1': 'resprate',
  '8867-4': 'heartrate',
  '2708-6': 'oxygensat',
  '8310-5': 'bodytemp',
  '8302-2': 'bodyheight',
  '9843-4': 'headcircum',
  '29463-7': 'bodyweight',
  '39156-5': 'bmi',
  '85354-9': 'bp',
};

/** Canonical of the vital signs profile that an Observation must follow; undefined for others. */
export function vitalSignProfile(observation: JsonObject): string | undefined {
  const code = observation.code;
  const codings = isObject(code) ? code.coding : undefined;
  if (!Array.isArray(codings)) return undefined;
  for (const coding of codings as readonly Json[]) {
    if (!isObject(coding) || coding.system !== LOINC || typeof coding.code !== 'string') continue;
    const profile = Object.hasOwn(VITAL_SIGN_PROFILES, coding.code)
      ? VITAL_SIGN_PROFILES[coding.code]
      : undefined;
    if (profile !== undefined) return `http://hl7.org/fhir/StructureDefinition/${profile}`;
  }
  return undefined;
}
