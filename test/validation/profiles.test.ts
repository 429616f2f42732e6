// The project's own profiles and extensions on what the mapping writes, broken in one place each.
import type { Bundle } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { bundleOf } from '../examples/cases.ts';
import { core, faults, ours } from './definitions.ts';

type Json = Record<string, unknown>;

/** A resource of an example, changed. */
function changed(type: string, change: (resource: Json) => void, prefix = '01'): string[] {
  const bundle = JSON.parse(JSON.stringify(bundleOf(prefix))) as Bundle;
  const found = bundle.entry?.find(({ resource }) => resource?.resourceType === type)?.resource;
  const resource = found as unknown as Json;
  change(resource);
  return faults(resource).filter((fault) => !fault.startsWith('information'));
}

const at = (value: unknown, ...steps: (string | number)[]): Json =>
  steps.reduce((found, step) => (found as Json)[step], value) as Json;

/** The entries of a list whose `name` is `value`. */
const only = (list: unknown, name: string, value: string): Json[] =>
  (list as Json[]).filter((one) => one[name] === value);

const RECORD = 'https://ims-fhir.org/fhir/NamingSystem/record';
const SITE = ours('needled-site');

describe("validation against the project's profiles", () => {
  it.each([
    ['an element the profile asks for', (one: Json) => delete one.text, 'Procedure', 'min'],
    [
      'a slice',
      (one: Json) => {
        one.identifier = [{ system: 'urn:x:y', value: '1' }];
      },
      'Procedure',
      'min',
    ],
    [
      'an extension',
      (one: Json) => {
        one.extension = (one.extension as Json[]).filter(({ url }) => url !== ours('ims-record'));
      },
      'Procedure',
      'min',
    ],
  ])('misses %s', (_what, change, path, rule) => {
    const found = changed('Procedure', change);
    expect(found).toContain(`error ${path} ${ours('ims-needling-session')}#${rule}`);
  });

  it('tells a slice that stands twice', () => {
    const found = changed('Procedure', (one) => {
      one.identifier = [...(one.identifier as Json[]), ...(one.identifier as Json[])];
    });
    expect(found).toContain(`error Procedure ${ours('ims-needling-session')}#max`);
  });

  it('looks inside a slice', () => {
    const found = changed('Procedure', (one) => {
      const [identifier] = only(one.identifier, 'system', RECORD);
      if (identifier) identifier.value = 'mine';
    });
    expect(found).toEqual([
      `error Procedure.identifier[0] ${ours('ims-needling-session')}#ims-identifier-1`,
    ]);
  });

  it('tells a rule of its own that does not hold', () => {
    const found = changed('QuestionnaireResponse', (one) => {
      one.questionnaire = 'https://a.example/Questionnaire/other';
    });
    expect(found).toEqual([
      expect.stringMatching(/^error QuestionnaireResponse .*response#ims-response-3$/),
    ]);
  });

  it('tells a reference to a type that the profile does not allow', () => {
    const found = changed('Procedure', (one) => {
      at(one, 'subject').reference = 'Group/1';
    });
    expect(found).toContain(`error Procedure.subject ${ours('ims-needling-session')}#target`);
  });

  it('looks into nested extensions, with their own definition', () => {
    const found = changed('Procedure', (one) => {
      const [site] = only(one.extension, 'url', SITE);
      const [muscle] = only(site?.extension, 'url', 'muscle');
      const [key] = only(site?.extension, 'url', 'key');
      if (muscle) at(muscle, 'valueCoding').code = 'left-ear';
      if (key) key.url = 'kee';
    });
    const parts = found.map((fault) => fault.replace(/\[\d+\]/g, '[]'));
    expect(parts).toContain(`error Procedure.extension[] ${SITE}#min`);
    expect(parts).toContain(`error Procedure.extension[].extension[] ${SITE}#extension`);
    expect(parts).toContain(
      `error Procedure.extension[].extension[].value.ofType(Coding) ${SITE}#binding`,
    );
  });

  it('tells an extension at another place than its definition allows', () => {
    const found = changed('Encounter', (one) => {
      one.extension = [...(one.extension as Json[]), { url: ours('as-written'), valueString: 'x' }];
    });
    expect(found).toEqual([expect.stringContaining(`${ours('as-written')}#context`)]);
  });

  it('asks a profile that the caller names, and tells when it is of another type', () => {
    const patient = { resourceType: 'Patient', name: [{ text: 'A' }] };
    const found = faults(patient, { profiles: [ours('ims-visit')] });
    expect(found).toContain(`error Patient ${ours('ims-visit')}#profile`);
  });

  it('says of a profile that is not held that it cannot check it', () => {
    const profile = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient';
    const patient = {
      resourceType: 'Patient',
      meta: { profile: [profile] },
      name: [{ text: 'A' }],
    };
    expect(faults(patient)).toContain(`information Patient ${profile}#profile`);
  });

  it('says of codes of a system that is not held that it cannot check them', () => {
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
