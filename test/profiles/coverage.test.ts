import type { StructureDefinition } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { setsInUse } from '../../profiles/scripts/valuesets.ts';
import { CANONICAL } from '../../src/fhir/canonical.ts';
import { answers } from '../../src/ims/codes/general.ts';
import { answerCoding } from '../../src/terminology/answers.ts';
import { IMS_SYSTEM, isCode } from '../../src/terminology/codes.ts';
import { readArtefacts } from './artefacts.ts';
import { mappedResources, usedExtensions } from './mapped.ts';

const artefacts = [...readArtefacts().values()];
const structures = artefacts.filter((artefact) => artefact.resourceType === 'StructureDefinition');
const byUrl = new Map(structures.map((structure) => [structure.url, structure]));
const resources = mappedResources();
const used = resources.flatMap(usedExtensions);
const isOurs = ({ url }: { url: string }) => url.startsWith(CANONICAL);

describe('extensions', () => {
  const written = new Set(used.filter(isOurs).map(({ url }) => url));

  it('are all defined that the mapping writes, and all written that are defined', () => {
    const defined = structures.filter(({ type }) => type === 'Extension').map(({ url }) => url);
    expect([...written].sort()).toEqual(defined.sort());
  });

  it('are only used on the elements that their definition allows', () => {
    const misplaced = used.filter(isOurs).filter(({ url, on }) => !contextsOf(url).includes(on));
    expect([...new Set(misplaced.map(({ url, on }) => `${on}: ${url}`))]).toEqual([]);
  });

  it('are either ours or defined by R4', () => {
    const others = new Set(used.filter((extension) => !isOurs(extension)).map(({ url }) => url));
    expect([...others].sort()).toEqual([
      'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
      'http://hl7.org/fhir/StructureDefinition/flag-detail',
    ]);
  });
});

function contextsOf(url: string): string[] {
  return (byUrl.get(url)?.context ?? []).map(({ expression }) => expression ?? '');
}

describe('profiles', () => {
  const claimed = resources.flatMap(({ resourceType, meta }) =>
    (meta?.profile ?? []).map((url) => ({ url, resourceType })),
  );

  it('exist for the type of every resource that claims one, and are all claimed', () => {
    const profiles = structures.filter(({ type }) => type !== 'Extension');
    const defined = profiles.map(({ url, type }: StructureDefinition) => `${url} ${type}`);
    const used = new Set(claimed.map(({ url, resourceType }) => `${url} ${resourceType}`));
    expect([...used].sort()).toEqual(defined.sort());
  });

  it('are claimed without a version, in a meta that follows the resourceType', () => {
    expect(claimed.filter(({ url }) => url.includes('|'))).toEqual([]);
    const late = resources.filter(
      (resource) => resource.meta && Object.keys(resource)[1] !== 'meta',
    );
    expect(late).toEqual([]);
  });

  it('are claimed by all resources except people and organizations, which are plain R4', () => {
    const plain = resources.filter(({ meta }) => meta?.profile === undefined);
    expect([...new Set(plain.map(({ resourceType }) => resourceType))].sort()).toEqual([
      'Organization',
      'Patient',
      'Practitioner',
      'PractitionerRole',
    ]);
  });
});

describe('value sets', () => {
  const codings = new Map(
    artefacts.flatMap((artefact) =>
      artefact.resourceType === 'ValueSet'
        ? [[artefact.id, (artefact.compose?.include ?? []).flatMap(codesOf)] as const]
        : [],
    ),
  );

  it.each(setsInUse().map((set) => [set.name, set] as const))(
    'ims-%s contains exactly the codes of its code set, and the code system defines them',
    (name, set) => {
      const expected =
        name === answers.name
          ? answers.codes.map(answerCoding).map(({ system, code }) => `${system}|${code}`)
          : set.codes.map((code) => `${IMS_SYSTEM}|${code}`);
      expect(codings.get(`ims-${name}`)).toEqual(expect.arrayContaining(expected));
      expect(codings.get(`ims-${name}`)).toHaveLength(expected.length);
      expect(set.codes.filter((code) => !isCode(code))).toEqual([]);
    },
  );

  it('exist for every binding of the artefacts', () => {
    const text = JSON.stringify(artefacts);
    const bound = text.matchAll(
      /"(?:valueSet|answerValueSet)":"https:\/\/ims-fhir\.org\/fhir\/ValueSet\/([^"|]+)/g,
    );
    const missing = [...bound].map(([, id = '']) => id).filter((id) => !codings.has(id));
    expect(missing).toEqual([]);
  });
});

function codesOf({ system, concept }: { system?: string; concept?: { code: string }[] }) {
  return (concept ?? []).map(({ code }) => `${system}|${code}`);
}
