// Layer 2: IMS codes as FHIR codings, and back. What a code is called and which codes of other systems
// stand for it is read from the generated code system and concept maps; no clinical code is spelled
// here. Knows nothing of records or resources. This file: our own code system.
import type { CodeSystem, Coding } from '@medplum/fhirtypes';
import codeSystem from '../../profiles/fsh-generated/resources/CodeSystem-ims.json' with {
  type: 'json',
};
import { AdapterError } from '../errors.ts';

/** The `system` of every IMS code. */
export const IMS_SYSTEM: string = codeSystem.url;

interface Entry {
  readonly coding: Coding;
  readonly definition: string;
}

const entries: ReadonlyMap<string, Entry> = new Map(
  (codeSystem as CodeSystem).concept?.map(({ code = '', display = '', definition = '' }) => [
    code,
    { coding: Object.freeze({ system: IMS_SYSTEM, code, display }), definition },
  ]),
);

/** All IMS codes, in the order of the code system. */
export const ALL_CODES: readonly string[] = Object.freeze([...entries.keys()]);

/** Whether the code system has this code. */
export function isCode(code: string): boolean {
  return entries.has(code);
}

/** The words a clinician reads for a code, in sentence case. Throws for a code we do not have. */
export function display(code: string): string {
  return entry(code).coding.display ?? code;
}

/** What a code means, in one sentence. Throws for a code we do not have. */
export function definition(code: string): string {
  return entry(code).definition;
}

/** The code as a Coding of our own system; shared, never to be changed. Throws for a code we do not have. */
export function coding(code: string): Coding {
  return entry(code).coding;
}

function entry(code: string): Entry {
  const found = entries.get(code);
  if (found === undefined) {
    throw noSuchCode(code);
  }
  return found;
}

/** What is thrown for a code that the code system lacks: a mistake of ours, not of the caller. */
export function noSuchCode(code: string): AdapterError {
  // What does not look like a code may be a patient's words: it stays out of the message.
  const name = /^[a-z][a-z0-9-]{0,39}$/.test(code) ? ` "${code}"` : '';
  return new AdapterError('internal', `The IMS code system has no such code${name}.`);
}
