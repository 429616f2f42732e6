// Adds new codes to the generated code system before a build. The mapping reads the code system when it
// is loaded and fails for a code that is missing, and the generators load the mapping: without this
// step a new code could never be built. SUSHI regenerates the code system afterwards.
import { join } from 'node:path';
import type { CodeSystem, CodeSystemConcept } from '@medplum/fhirtypes';
import { listFiles, readResource, readText, writeResource } from './files.ts';

const CODE_SYSTEM = 'fsh-generated/resources/CodeSystem-ims.json';
const CONCEPT = /^\* #([a-z0-9-]+) ("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*")\s*$/gm;

/** Codes in the FSH below `profiles` that the code system lacks or has with another text. */
export function newCodes(profiles: string): CodeSystemConcept[] {
  const known = new Set((readCodeSystem(profiles).concept ?? []).map(textOf));
  return conceptsIn(profiles).filter((concept) => !known.has(textOf(concept)));
}

/** Adds codes to the code system. */
export function addCodes(profiles: string, added: readonly CodeSystemConcept[]): void {
  const { concept = [], ...head } = readCodeSystem(profiles);
  const codes = new Set(added.map(({ code }) => code));
  const kept = concept.filter(({ code }) => !codes.has(code));
  writeResource(join(profiles, CODE_SYSTEM), { ...head, concept: [...kept, ...added] });
}

function readCodeSystem(profiles: string): CodeSystem {
  return readResource(join(profiles, CODE_SYSTEM)) as unknown as CodeSystem;
}

/** The codes that are listed one by one; those of a rule set, such as segments, are not found. */
function conceptsIn(profiles: string): CodeSystemConcept[] {
  const folder = join(profiles, 'input/fsh/codesystems');
  return listFiles(folder).flatMap((name) =>
    [...readText(join(folder, name)).matchAll(CONCEPT)].map(
      ([, code = '', display = '', definition = '']) => ({
        code,
        display: JSON.parse(display) as string,
        definition: JSON.parse(definition) as string,
      }),
    ),
  );
}

function textOf({ code, display, definition }: CodeSystemConcept): string {
  return JSON.stringify([code, display, definition]);
}
