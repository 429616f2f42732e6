import { CORE } from '../compile/definition-index.ts';
import type { JsonObject } from '../json.ts';
import type { ValidationContext } from './context.ts';

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Checks what R4 says of an identifier in words: https://hl7.org/fhir/R4/datatypes.html#identifier */
export function checkIdentifier(identifier: JsonObject, { report }: ValidationContext): void {
  const system = identifier.system;
  const value = identifier.value;
  const source = `${CORE}Identifier`;
  if (typeof system !== 'string') return;
  if (!SCHEME.test(system)) {
    report.add({ kind: 'format', message: 'has a system that is no absolute URI', source });
  } else if (system === 'urn:ietf:rfc:3986' && typeof value === 'string' && !SCHEME.test(value)) {
    report.add({
      kind: 'format',
      message: 'has a value that is no URI, as its system says',
      source,
    });
  }
}
