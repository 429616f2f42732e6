import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeSystem, CodeSystemConcept, ValueSet } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { muscles } from '../../src/ims/codes/muscles.ts';
import { IMS_SYSTEM } from '../../src/terminology/codes.ts';
import { readArtefacts, readConceptMaps, usedCodes } from './artefacts.ts';

const artefacts = [...readArtefacts().values()];
const ours = artefacts.find(
  (artefact): artefact is CodeSystem =>
    artefact.resourceType === 'CodeSystem' && artefact.url === IMS_SYSTEM,
);
const concepts = ours?.concept ?? [];
const valueSets = artefacts.filter(
  (artefact): artefact is ValueSet => artefact.resourceType === 'ValueSet',
);

const FUNCTION_WORDS = new Set('a an and at by for from in is its of on or the to with'.split(' '));

function wordsOf(text = ''): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !FUNCTION_WORDS.has(word));
}

/** True for a definition that only repeats the words of the display. */
function onlyRepeats({ display, definition }: CodeSystemConcept): boolean {
  const words = new Set(wordsOf(display));
  return wordsOf(definition).every((word) => words.has(word));
}

describe('the code system', () => {
  it('defines every code in a sentence that adds to its display', () => {
    expect(concepts.length).toBeGreaterThan(800);
    const weak = concepts.filter(
      (concept) => !/[.?]$/.test(concept.definition ?? '') || onlyRepeats(concept),
    );
    expect(weak.map(({ code, definition }) => `${code}: ${definition}`)).toEqual([]);
    expect(onlyRepeats({ code: 'x', display: 'Neck pain', definition: 'Pain in the neck.' })).toBe(
      true,
    );
  });

  it('gives no two codes the same definition', () => {
    const doubled = [...Map.groupBy(concepts, ({ definition }) => definition)]
      .filter(([, codes]) => codes.length > 1)
      .map(([definition, codes]) => `${definition} ${codes.map(({ code }) => code).join(' ')}`);
    expect(doubled).toEqual([]);
  });
});

describe('muscles', () => {
  const toSnomed = readConceptMaps().find(({ id }) => id === 'ims-to-snomed');
  const targets = new Map(
    (toSnomed?.group ?? []).flatMap(({ element }) =>
      (element ?? []).map(({ code, target }) => [code, target?.[0]] as const),
    ),
  );

  it('each have a SNOMED CT concept: their own, or as wider that of their group', () => {
    const named = muscles.codes.filter((code) => code !== 'other');
    expect(named.length).toBeGreaterThan(100);
    const unmapped = named.filter(
      (code) => !/^(equivalent|wider)$/.test(targets.get(code)?.equivalence ?? ''),
    );
    expect(unmapped).toEqual([]);
  });

  it('share a concept only where it is wider', () => {
    const shared = Map.groupBy(muscles.codes, (code) => targets.get(code)?.code);
    const wrong = [...shared].filter(
      ([target, codes]) =>
        target !== undefined &&
        codes.filter((code) => targets.get(code)?.equivalence === 'equivalent').length > 1,
    );
    expect(wrong).toEqual([]);
  });
});

describe('value sets', () => {
  it('are each expanded to exactly their listed codes, in order', () => {
    expect(valueSets.length).toBeGreaterThan(100);
    for (const { id, compose, expansion } of valueSets) {
      const listed = (compose?.include ?? []).flatMap(({ system, concept }) =>
        (concept ?? []).map(({ code, display }) => ({ system, code, display })),
      );
      expect(listed.length, id).toBeGreaterThan(0);
      expect(expansion?.contains, id).toEqual(listed);
      expect(expansion?.total, id).toBe(listed.length);
      expect(
        expansion?.contains?.filter(({ display }) => display === undefined),
        id,
      ).toEqual([]);
    }
  });
});

describe('the notice', () => {
  /** The name in NOTICE of the owner of each code system. */
  const OWNERS: readonly (readonly [system: RegExp, owner: string])[] = [
    [/^http:\/\/snomed\.info\/sct$/, 'SNOMED CT'],
    [/^http:\/\/loinc\.org$/, 'LOINC'],
    [/^http:\/\/unitsofmeasure\.org$/, 'UCUM'],
    [/^http:\/\/hl7\.org\/fhir\/sid\/icd-10-cm$/, 'ICD-10-CM'],
    [/^http:\/\/www\.ama-assn\.org\/go\/cpt$/, 'CPT'],
    [/^http:\/\/(terminology\.)?hl7\.org\//, 'HL7'],
  ];
  const FREE = /^(urn:(ietf|iso):|https:\/\/ims-fhir\.org\/)/;
  const notice = readFileSync(join(import.meta.dirname, '../../NOTICE'), 'utf8');

  it('names the owner of every code system that an artefact uses', () => {
    const systems = [...new Set(usedCodes().map(({ system }) => system))];
    for (const system of systems.filter((url) => !FREE.test(url))) {
      const owner = OWNERS.find(([pattern]) => pattern.test(system))?.[1];
      expect(owner, system).toBeDefined();
      expect(notice).toMatch(new RegExp(`^${owner}\\b`, 'm'));
    }
  });

  it('has the licence of the Global Patient Set and its URL', () => {
    expect(notice).toContain('Global Patient Set');
    expect(notice).toContain('https://creativecommons.org/licenses/by/4.0/');
  });

  it('is correct that no CPT text is included', () => {
    const cpt = usedCodes().filter(({ system }) => system.endsWith('/cpt'));
    expect(cpt.filter(({ display }) => display !== undefined)).toEqual([]);
  });
});
