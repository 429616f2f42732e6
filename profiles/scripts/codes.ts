// The code system is generated, and the mapping is built on it: a code that was just added and a row
// that already uses it would keep each other from being loaded. So the codes are read off their FSH
// first; SUSHI makes the code system anew afterwards.
import { join } from 'node:path';
import type { CodeSystem, CodeSystemConcept } from '@medplum/fhirtypes';
import { listFiles, readResource, readText, writeResource } from './files.ts';

const CODE_SYSTEM = 'fsh-generated/resources/CodeSystem-ims.json';
const CONCEPT = /^\* #([a-z0-9-]+) ("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*")\s*$/gm;

/** Codes that the sources below `profiles` list and the code system lacks, or says otherwise. */
export function newCodes(profiles: string): CodeSystemConcept[] {
  const known = new Set((readCodeSystem(profiles).concept ?? []).map(textOf));
  return conceptsIn(profiles).filter((concept) => !known.has(textOf(concept)));
}

/** Gives the code system those codes. */
export function takeCodes(profiles: string, added: readonly CodeSystemConcept[]): void {
  const { concept = [], ...head } = readCodeSystem(profiles);
  const codes = new Set(added.map(({ code }) => code));
  const kept = concept.filter(({ code }) => !codes.has(code));
  writeResource(join(profiles, CODE_SYSTEM), { ...head, concept: [...kept, ...added] });
}

function readCodeSystem(profiles: string): CodeSystem {
  return readResource(join(profiles, CODE_SYSTEM)) as unknown as CodeSystem;
}

/** The codes written out one by one; those that a rule set makes, such as segments, are not seen. */
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
