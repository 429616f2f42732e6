// The IMS code system: display and Coding of each code. This folder converts IMS codes to
// FHIR codings and back. All codes come from the generated CodeSystem and ConceptMaps in profiles/;
// the folder is independent of records and resources.
import type { CodeSystem, Coding } from '@medplum/fhirtypes';
import codeSystem from '../../profiles/fsh-generated/resources/CodeSystem-ims.json' with {
  type: 'json',
};
import { AdapterError } from '../errors.ts';

/** The `system` of every IMS code. */
export const IMS_SYSTEM: string = codeSystem.url;

const codings: ReadonlyMap<string, Coding> = new Map(
  (codeSystem as CodeSystem).concept?.map(({ code = '', display = '' }) => [
    code,
    Object.freeze({ system: IMS_SYSTEM, code, display }),
  ]),
);

/** All IMS codes, in the order of the code system. */
export const ALL_CODES: readonly string[] = Object.freeze([...codings.keys()]);

/** True when the code system has this code. */
export function isCode(code: string): boolean {
  return codings.has(code);
}

/** The display of a code, as clinicians read it, in sentence case. Throws for an unknown code. */
export function display(code: string): string {
  return coding(code).display ?? code;
}

/** The code as a Coding of the IMS system. Shared: must not be modified. Throws for an unknown code. */
export function coding(code: string): Coding {
  const found = codings.get(code);
  if (found === undefined) {
    throw unknownCodeError(code);
  }
  return found;
}

/** The error for a code that the code system lacks, which is a bug in this package. */
export function unknownCodeError(code: string): AdapterError {
  // Text that does not look like a code may come from a chart and must not reach the message.
  const name = /^[a-z][a-z0-9-]{0,39}$/.test(code) ? ` "${code}"` : '';
  return new AdapterError('internal', `Unknown IMS code${name}.`);
}
