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
const structures = artefacts.filter((one) => one.resourceType === 'StructureDefinition');
const byUrl = new Map(structures.map((one) => [one.url, one]));
const resources = mappedResources();
const used = resources.flatMap(usedExtensions);
const isOurs = ({ url }: { url: string }) => url.startsWith(CANONICAL);

describe('extensions', () => {
  const written = new Set(used.filter(isOurs).map(({ url }) => url));

  it('are defined wherever the mapping writes one, and used wherever one is defined', () => {
    const defined = structures.filter(({ type }) => type === 'Extension').map(({ url }) => url);
    expect([...written].sort()).toEqual(defined.sort());
  });

  it('stand only where their definition lets them', () => {
    const stray = used.filter(isOurs).filter(({ url, on }) => !contextsOf(url).includes(on));
    expect([...new Set(stray.map(({ url, on }) => `${on}: ${url}`))]).toEqual([]);
  });

  it('are of nobody else but FHIR itself', () => {
    const others = new Set(used.filter((one) => !isOurs(one)).map(({ url }) => url));
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

  it('exist wherever the mapping claims one, for that type, and are claimed wherever one exists', () => {
    const profiles = structures.filter(({ type }) => type !== 'Extension');
    const known = profiles.map(({ url, type }: StructureDefinition) => `${url} ${type}`);
    const used = new Set(claimed.map(({ url, resourceType }) => `${url} ${resourceType}`));
    expect([...used].sort()).toEqual(known.sort());
  });

  it('are claimed without a version, directly behind the type', () => {
    expect(claimed.filter(({ url }) => url.includes('|'))).toEqual([]);
    const late = resources.filter((one) => one.meta && Object.keys(one)[1] !== 'meta');
    expect(late).toEqual([]);
  });

  it('are claimed by everything but people and places, which stay plain R4', () => {
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
    artefacts.flatMap((one) =>
      one.resourceType === 'ValueSet'
        ? [[one.id, (one.compose?.include ?? []).flatMap(codesOf)] as const]
        : [],
    ),
  );

  it.each(setsInUse().map((set) => [set.name, set] as const))(
    'ims-%s holds every code of its set, and the code system has them',
    (name, set) => {
      const wanted =
        name === answers.name
          ? answers.codes.map(answerCoding).map(({ system, code }) => `${system}|${code}`)
          : set.codes.map((code) => `${IMS_SYSTEM}|${code}`);
      expect(codings.get(`ims-${name}`)).toEqual(expect.arrayContaining(wanted));
      expect(codings.get(`ims-${name}`)).toHaveLength(wanted.length);
      expect(set.codes.filter((code) => !isCode(code))).toEqual([]);
    },
  );

  it('exist wherever an artefact of ours binds to one', () => {
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
