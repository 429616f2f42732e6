import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeSystem, CodeSystemConcept, ValueSet } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { muscles } from '../../src/ims/codes/muscles.ts';
import { IMS_SYSTEM } from '../../src/terminology/codes.ts';
import { readArtefacts, readConceptMaps, usedCodes } from './artefacts.ts';

const artefacts = [...readArtefacts().values()];
const ours = artefacts.find(
  (one): one is CodeSystem => one.resourceType === 'CodeSystem' && one.url === IMS_SYSTEM,
);
const concepts = ours?.concept ?? [];
const valueSets = artefacts.filter((one): one is ValueSet => one.resourceType === 'ValueSet');

const FILLERS = new Set('a an and at by for from in is its of on or the to with'.split(' '));

function wordsOf(text = ''): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !FILLERS.has(word));
}

/** True for a definition made of nothing but the words of the display. */
function onlyRepeats({ display, definition }: CodeSystemConcept): boolean {
  const known = new Set(wordsOf(display));
  return wordsOf(definition).every((word) => known.has(word));
}

describe('the code system', () => {
  it('defines every code in a sentence that says more than its display', () => {
    expect(concepts.length).toBeGreaterThan(800);
    const weak = concepts.filter((one) => !/[.?]$/.test(one.definition ?? '') || onlyRepeats(one));
    expect(weak.map(({ code, definition }) => `${code}: ${definition}`)).toEqual([]);
    expect(onlyRepeats({ code: 'x', display: 'Neck pain', definition: 'Pain in the neck.' })).toBe(
      true,
    );
  });

  it('gives no two codes the same definition, which nobody could choose between', () => {
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

  it('each have a SNOMED CT concept: their own, or as wider that of the group they are in', () => {
    const named = muscles.codes.filter((code) => code !== 'other');
    expect(named.length).toBeGreaterThan(100);
    const bare = named.filter(
      (code) => !/^(equivalent|wider)$/.test(targets.get(code)?.equivalence ?? ''),
    );
    expect(bare).toEqual([]);
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
  it('are each expanded to exactly the codes they list, in their order', () => {
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
  /** Who owns the codes of each system that an artefact uses, as NOTICE calls it. */
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
    for (const system of systems.filter((one) => !FREE.test(one))) {
      const owner = OWNERS.find(([pattern]) => pattern.test(system))?.[1];
      expect(owner, system).toBeDefined();
      expect(notice).toMatch(new RegExp(`^${owner}\\b`, 'm'));
    }
  });

  it('gives the licence of the Global Patient Set with its address', () => {
    expect(notice).toContain('Global Patient Set');
    expect(notice).toContain('https://creativecommons.org/licenses/by/4.0/');
  });

  it('is right that no text of CPT is contained', () => {
    const cpt = usedCodes().filter(({ system }) => system.endsWith('/cpt'));
    expect(cpt.filter(({ display }) => display !== undefined)).toEqual([]);
  });
});
