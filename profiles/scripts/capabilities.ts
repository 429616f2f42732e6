// What a FHIR server must offer so that everything can be written to it and read back: one
// CapabilityStatement to hold a server's own against before any data is sent.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Bundle,
  CapabilityStatement,
  CapabilityStatementRestResource,
  Extension,
  SearchParameter,
} from '@medplum/fhirtypes';
import { CANONICAL, PROFILE_DATE, PROFILE_VERSION } from '../../src/fhir/canonical.ts';
import { DELETED_TYPES, KEPT_TYPES } from '../../src/mapping/retract.ts';
import { FOUND_BY_TAG } from '../../src/mapping/to-fhir.ts';
import { coreFolder } from './core-package.ts';
import { MARKED } from './extensions.ts';
import { listFiles, readResource, writeResource } from './files.ts';
import { searchParameterList } from './search-parameters.ts';

type Type = CapabilityStatementRestResource['type'];
type Param = NonNullable<CapabilityStatementRestResource['searchParam']>[number];

const ID = 'ims-target';
const EXPECTATION_URL = 'http://hl7.org/fhir/StructureDefinition/capabilitystatement-expectation';

/** Looked up by id when a visit is read. */
const FOLLOWED = ['Patient', 'Practitioner', 'Organization'];
/** Searched when visits are read, with the parameters of these searches. */
const SEARCHED: Readonly<Record<string, readonly string[]>> = {
  Patient: ['identifier'],
  Encounter: ['identifier', 'patient', 'date', '_lastUpdated'],
  QuestionnaireResponse: ['encounter'],
  Procedure: ['encounter'],
  Observation: ['encounter'],
  DocumentReference: ['encounter'],
};

/** The statement, by file name; its profiles are filled in once SUSHI has made them. */
export function capabilities(): Map<string, object> {
  return new Map([[`CapabilityStatement-${ID}.json`, statement()]]);
}

function statement(): CapabilityStatement {
  const core = coreParameters();
  return {
    resourceType: 'CapabilityStatement',
    id: ID,
    url: `${CANONICAL}/CapabilityStatement/${ID}`,
    version: PROFILE_VERSION,
    name: 'ImsTarget',
    title: 'What a FHIR server needs to offer to take IMS records',
    status: 'active',
    experimental: false,
    date: PROFILE_DATE,
    description:
      'Everything of a record is written in one transaction of conditional writes, and read back by searches. What is marked SHALL is used; the search parameters marked MAY serve those who work with the chart.',
    kind: 'requirements',
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'A transaction is atomic, resolves references between its entries, and answers for each entry with its status and location.',
        resource: [...new Set([...KEPT_TYPES, ...MARKED])].map((type) =>
          resourceOf(type as Type, core),
        ),
        interaction: [{ ...expected('SHALL'), code: 'transaction' }],
      },
    ],
  };
}

function resourceOf(type: Type, core: readonly SearchParameter[]): CapabilityStatementRestResource {
  const once = KEPT_TYPES.has(type);
  const interactions = [
    ...(once ? ['create'] : ['create', 'update', 'read']),
    ...(FOLLOWED.includes(type) ? ['read'] : []),
    ...(type in SEARCHED ? ['search-type'] : []),
    ...(DELETED_TYPES.has(type) ? ['delete'] : []),
  ];
  return {
    type,
    documentation: once ? 'Created once, then kept.' : 'Written anew by each revision.',
    interaction: interactions.map((code) => ({ ...expected('SHALL'), code: code as 'read' })),
    conditionalCreate: once,
    conditionalUpdate: !once,
    searchParam: [
      ...searchedOn(type).map((name) => ({ ...expected('SHALL'), ...coreParam(core, type, name) })),
      ...searchParameterList.filter(({ base }) => base.includes(type as 'Flag')).map(ourParam),
    ],
  };
}

/** The parameters a type is found by: in conditions of writes, and in searches. */
function searchedOn(type: string): string[] {
  const found = FOUND_BY_TAG.has(type) ? '_tag' : 'identifier';
  return [...new Set([found, ...(SEARCHED[type] ?? [])])];
}

function expected(valueCode: 'SHALL' | 'MAY'): { extension: Extension[] } {
  return { extension: [{ url: EXPECTATION_URL, valueCode }] };
}

function ourParam({ code: name, url: definition, type }: SearchParameter): Param {
  return { ...expected('MAY'), name, definition, type };
}

function coreParam(core: readonly SearchParameter[], on: string, name: string): Param {
  const found = core.find(
    ({ code, base }) =>
      code === name && (base as string[]).some((one) => [on, 'Resource'].includes(one)),
  );
  if (found === undefined) throw new Error(`R4 has no search parameter ${name} on ${on}.`);
  return { name, definition: found.url, type: found.type };
}

function coreParameters(): SearchParameter[] {
  const text = readFileSync(join(coreFolder(), 'search-parameters.json'), 'utf8');
  const { entry } = JSON.parse(text) as Bundle<SearchParameter>;
  return (entry ?? []).flatMap(({ resource }) => resource ?? []);
}

/** Names the profiles in `folder` beside their types in the statement there. */
export function fillProfiles(folder: string): void {
  const file = join(folder, `CapabilityStatement-${ID}.json`);
  const profiles = Map.groupBy(
    listFiles(folder)
      .map((name) => readResource(join(folder, name)))
      .filter(
        ({ resourceType, type }) => resourceType === 'StructureDefinition' && type !== 'Extension',
      ),
    ({ type }) => type,
  );
  const { rest, ...head } = readResource(file) as unknown as CapabilityStatement;
  const filled = (rest ?? []).map((one) => ({
    ...one,
    resource: one.resource?.map(({ type, ...more }) => {
      const supported = profiles.get(type)?.map(({ url }) => url);
      return { type, ...(supported === undefined ? {} : { supportedProfile: supported }), ...more };
    }),
  }));
  writeResource(file, { ...head, rest: filled });
}
