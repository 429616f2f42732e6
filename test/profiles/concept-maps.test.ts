import type { ConceptMap } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { IMS_SYSTEM, isCode } from '../../src/terminology/codes.ts';
import { readConceptMaps } from './artefacts.ts';

interface Row {
  readonly map: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly code: string;
  readonly beside: string | undefined;
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
        beside: target.dependsOn?.[0]?.value,
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
  it('map only codes that the code system has', () => {
    const wrong = rows.filter(
      ({ from, to, code, target, beside }) =>
        (from === IMS_SYSTEM && !isCode(code)) ||
        (to === IMS_SYSTEM && !isCode(target ?? '')) ||
        (beside !== undefined && !isCode(beside) && beside !== 'not-done'),
    );
    expect(wrong).toEqual([]);
  });

  it('list each code once in a group, and each target once for a code', () => {
    for (const map of maps) {
      for (const group of map.group ?? []) {
        const codes = group.element?.map((element) => element.code) ?? [];
        expect(new Set(codes).size, map.id).toBe(codes.length);
        for (const element of group.element ?? []) {
          const keys = element.target?.map((one) => `${one.code}|${one.dependsOn?.[0]?.value}`);
          expect(new Set(keys).size, element.code).toBe(keys?.length);
        }
      }
    }
  });

  it('give no code two equivalents in one system', () => {
    const seen = new Set<string>();
    const doubled = rows.filter(({ map, to, code, beside, equivalence }) => {
      const key = `${map}|${to}|${code}|${beside}`;
      const again = equivalence === 'equivalent' && seen.has(key);
      if (equivalence === 'equivalent') {
        seen.add(key);
      }
      return again;
    });
    expect(doubled).toEqual([]);
  });

  it('say why wherever a target is narrower or inexact', () => {
    const silent = rows.filter(
      ({ equivalence, comment }) =>
        (equivalence === 'narrower' || equivalence === 'inexact') && comment === undefined,
    );
    expect(silent).toEqual([]);
  });

  it('say the same of a code that names a finding, wherever they list it', () => {
    const always = rows.filter(({ map }) => map === 'ims-to-snomed');
    const differing = rows.filter(({ map, code, beside, target }) => {
      const other = always.find((row) => row.code === code && row.beside === beside);
      return map === 'ims-finding-to-snomed' && other !== undefined && other.target !== target;
    });
    expect(differing).toEqual([]);
  });

  it('assert no finding beside a question or a sign in the map of what may always be sent', () => {
    const questions = rows.filter(
      ({ map, code }) =>
        map === 'ims-to-snomed' && (code.startsWith('screen-') || code === 'tenderness'),
    );
    expect(questions).toEqual([]);
  });

  it('keep the concepts called acupuncture out of all maps but their own', () => {
    const avoided = ['231082000', '231101006', '231102004', '44868003'];
    const found = rows.filter(({ target }) => avoided.includes(target ?? ''));
    expect(new Set(found.map(({ map }) => map))).toEqual(new Set(['ims-to-snomed-acupuncture']));
  });

  it('carry the notice of the owner of their codes', () => {
    for (const map of maps.filter(({ id }) => /snomed|loinc|icd10cm/.test(id ?? ''))) {
      expect(map.copyright, map.id).toMatch(/SNOMED|LOINC|ICD-10-CM/);
    }
  });
});
