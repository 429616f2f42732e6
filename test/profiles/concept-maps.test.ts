import type { ConceptMap } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { IMS_SYSTEM, isCode } from '../../src/terminology/codes.ts';
import { readConceptMaps } from './artefacts.ts';

/** One target of a code in a concept map. */
interface Row {
  readonly map: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly code: string;
  readonly dependsOn: string | undefined;
  readonly equivalence: string | undefined;
  readonly target: string | undefined;
  readonly comment: string | undefined;
}

function rowsOf(map: ConceptMap): Row[] {
  return (map.group ?? []).flatMap((group) =>
    (group.element ?? []).flatMap((element) =>
      (element.target ?? []).map((target) => ({
        map: map.id,
        from: group.source ?? '',
        to: group.target ?? '',
        code: element.code ?? '',
        dependsOn: target.dependsOn?.[0]?.value,
        equivalence: target.equivalence,
        target: target.code,
        comment: target.comment,
      })),
    ),
  );
}

const maps = readConceptMaps();
const rows = maps.flatMap(rowsOf);

describe('the concept maps', () => {
  it('map only codes that the code system defines', () => {
    const wrong = rows.filter(
      ({ from, to, code, target, dependsOn }) =>
        (from === IMS_SYSTEM && !isCode(code)) ||
        (to === IMS_SYSTEM && !isCode(target ?? '')) ||
        (dependsOn !== undefined && !isCode(dependsOn) && dependsOn !== 'not-done'),
    );
    expect(wrong).toEqual([]);
  });

  it('list each code once per group, and each target once per code', () => {
    for (const map of maps) {
      for (const group of map.group ?? []) {
        const codes = group.element?.map((element) => element.code) ?? [];
        expect(new Set(codes).size, map.id).toBe(codes.length);
        for (const element of group.element ?? []) {
          const keys = element.target?.map(
            ({ code, dependsOn }) => `${code}|${dependsOn?.[0]?.value}`,
          );
          expect(new Set(keys).size, element.code).toBe(keys?.length);
        }
      }
    }
  });

  it('have at most one equivalent per code and system', () => {
    const seen = new Set<string>();
    const repeated = rows.filter(({ map, to, code, dependsOn, equivalence }) => {
      const key = `${map}|${to}|${code}|${dependsOn}`;
      const isRepeated = equivalence === 'equivalent' && seen.has(key);
      if (equivalence === 'equivalent') {
        seen.add(key);
      }
      return isRepeated;
    });
    expect(repeated).toEqual([]);
  });

  it('have a comment on every target that is narrower or inexact', () => {
    const withoutComment = rows.filter(
      ({ equivalence, comment }) =>
        (equivalence === 'narrower' || equivalence === 'inexact') && comment === undefined,
    );
    expect(withoutComment).toEqual([]);
  });

  it('map a finding to the same target in every map', () => {
    const general = rows.filter(({ map }) => map === 'ims-to-snomed');
    const differing = rows.filter(({ map, code, dependsOn, target }) => {
      const other = general.find((row) => row.code === code && row.dependsOn === dependsOn);
      return map === 'ims-finding-to-snomed' && other !== undefined && other.target !== target;
    });
    expect(differing).toEqual([]);
  });

  it('map no question or sign to a finding in the map that applies to every answer', () => {
    const questions = rows.filter(
      ({ map, code }) =>
        map === 'ims-to-snomed' && (code.startsWith('screen-') || code === 'tenderness'),
    );
    expect(questions).toEqual([]);
  });

  it('use acupuncture concepts only in the map for acupuncture', () => {
    const avoided = ['231082000', '231101006', '231102004', '44868003'];
    const using = rows.filter(({ target }) => avoided.includes(target ?? ''));
    expect(new Set(using.map(({ map }) => map))).toEqual(new Set(['ims-to-snomed-acupuncture']));
  });

  it('have the copyright notice of the owner of their codes', () => {
    for (const map of maps.filter(({ id }) => /snomed|loinc|icd10cm/.test(id ?? ''))) {
      expect(map.copyright, map.id).toMatch(/SNOMED|LOINC|ICD-10-CM/);
    }
  });
});
