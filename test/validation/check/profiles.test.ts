// Mapped resources, each broken in one place, against the profiles and extensions of this project.
import type { Bundle } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { bundleOf } from '../../examples/cases.ts';
import { core, faults, ours } from '../definitions.ts';

type Json = Record<string, unknown>;

/** The errors and warnings of an example's resource after a change. */
function faultsAfter(type: string, change: (resource: Json) => void, prefix = '01'): string[] {
  const bundle = JSON.parse(JSON.stringify(bundleOf(prefix))) as Bundle;
  const entry = bundle.entry?.find(({ resource }) => resource?.resourceType === type);
  const resource = entry?.resource as unknown as Json;
  change(resource);
  return faults(resource).filter((fault) => !fault.startsWith('information'));
}

const at = (value: unknown, ...steps: (string | number)[]): Json =>
  steps.reduce((parent, step) => (parent as Json)[step], value) as Json;

/** The entries of a list with the value of a member. */
const withMember = (list: unknown, name: string, value: string): Json[] =>
  (list as Json[]).filter((entry) => entry[name] === value);

const RECORD = 'https://ims-fhir.org/fhir/NamingSystem/record';
const SITE = ours('needled-site');

describe("validation against the project's profiles", () => {
  it.each([
    ['an element that the profile requires', (resource: Json) => delete resource.text],
    [
      'a slice',
      (resource: Json) => {
        resource.identifier = [{ system: 'urn:x:y', value: '1' }];
      },
    ],
    [
      'an extension',
      (resource: Json) => {
        const extensions = resource.extension as Json[];
        resource.extension = extensions.filter(({ url }) => url !== ours('ims-record'));
      },
    ],
  ])('reports %s that is missing', (_what, change) => {
    const found = faultsAfter('Procedure', change);
    expect(found).toContain(`error Procedure ${ours('ims-needling-session')}#min`);
  });

  it('reports a slice that occurs twice', () => {
    const found = faultsAfter('Procedure', (resource) => {
      const identifiers = resource.identifier as Json[];
      resource.identifier = [...identifiers, ...identifiers];
    });
    expect(found).toContain(`error Procedure ${ours('ims-needling-session')}#max`);
  });

  it('checks the elements inside a slice', () => {
    const found = faultsAfter('Procedure', (resource) => {
      const [identifier] = withMember(resource.identifier, 'system', RECORD);
      if (identifier) identifier.value = 'mine';
    });
    expect(found).toEqual([
      `error Procedure.identifier[0] ${ours('ims-needling-session')}#ims-identifier-1`,
    ]);
  });

  it('reports a violated invariant of the profile', () => {
    const found = faultsAfter('QuestionnaireResponse', (resource) => {
      resource.questionnaire = 'https://a.example/Questionnaire/other';
    });
    expect(found).toEqual([
      expect.stringMatching(/^error QuestionnaireResponse .*response#ims-response-3$/),
    ]);
  });

  it('reports a reference to a type that the profile does not allow', () => {
    const found = faultsAfter('Procedure', (resource) => {
      at(resource, 'subject').reference = 'Group/1';
    });
    expect(found).toContain(`error Procedure.subject ${ours('ims-needling-session')}#target`);
  });

  it('checks nested extensions against the definition of their extension', () => {
    const found = faultsAfter('Procedure', (resource) => {
      const [site] = withMember(resource.extension, 'url', SITE);
      const [muscle] = withMember(site?.extension, 'url', 'muscle');
      const [key] = withMember(site?.extension, 'url', 'key');
      if (muscle) at(muscle, 'valueCoding').code = 'left-ear';
      if (key) key.url = 'kee';
    });
    const withoutIndices = found.map((fault) => fault.replace(/\[\d+\]/g, '[]'));
    expect(withoutIndices).toContain(`error Procedure.extension[] ${SITE}#min`);
    expect(withoutIndices).toContain(`error Procedure.extension[].extension[] ${SITE}#extension`);
    expect(withoutIndices).toContain(
      `error Procedure.extension[].extension[].value.ofType(Coding) ${SITE}#binding`,
    );
  });

  it('reports an extension on an element that its definition does not allow', () => {
    const found = faultsAfter('Encounter', (resource) => {
      const misplaced = { url: ours('as-written'), valueString: 'x' };
      resource.extension = [...(resource.extension as Json[]), misplaced];
    });
    expect(found).toEqual([expect.stringContaining(`${ours('as-written')}#context`)]);
  });

  it('checks a profile that the caller requires, and reports that it is for another type', () => {
    const patient = { resourceType: 'Patient', name: [{ text: 'A' }] };
    const found = faults(patient, { profiles: [ours('ims-visit')] });
    expect(found).toContain(`error Patient ${ours('ims-visit')}#profile`);
  });

  it('reports a profile that is not loaded as information', () => {
    const profile = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient';
    const patient = {
      resourceType: 'Patient',
      meta: { profile: [profile] },
      name: [{ text: 'A' }],
    };
    expect(faults(patient)).toContain(`information Patient ${profile}#profile`);
  });

  it('reports codes of a system that is not loaded as information', () => {
    const currency = { system: 'urn:iso:std:iso:4217', code: 'CAD' };
    const found = faults({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Price' },
      extension: [{ url: 'https://a.example/ext', valueMoney: { value: 1, currency: 'CAD' } }],
      valueCodeableConcept: { coding: [currency] },
    });
    expect(found).toContain(`information Observation.extension[0] https://a.example/ext#extension`);
    expect(found).toContain(
      `information Observation.extension[0].value.ofType(Money).currency ${core('Money')}#binding`,
    );
  });
});
