import { CORE } from '../compile/definition-index.ts';
import type { JsonObject } from '../json.ts';
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
