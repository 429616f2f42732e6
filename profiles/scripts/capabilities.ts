// The CapabilityStatement of what a FHIR server must support, so that records can be written to it and
// read back. Integrators compare it with the statement of their server before any data is sent.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Bundle,
  CapabilityStatement,
  CapabilityStatementRestResource,
  Extension,
  SearchParameter,
} from '@medplum/fhirtypes';
import { defined } from '../../src/defined.ts';
import { CANONICAL, PROFILE_VERSION } from '../../src/fhir/canonical.ts';
import { DELETED_TYPES, KEPT_TYPES } from '../../src/mapping/retract.ts';
import { TYPES_SEARCHED_BY_TAG } from '../../src/mapping/to-fhir.ts';
import { coreFolder } from './core-package.ts';
import { TYPES_WITH_RECORD } from './extensions.ts';
import { listFiles, readResource, writeResource } from './files.ts';
import { searchParameterList } from './search-parameters.ts';
import { PROFILE_DATE } from './stamp.ts';

type Type = CapabilityStatementRestResource['type'];
type Param = NonNullable<CapabilityStatementRestResource['searchParam']>[number];

const ID = 'ims-target';
const EXPECTATION_URL = 'http://hl7.org/fhir/StructureDefinition/capabilitystatement-expectation';

/** Types that are read by id, to follow references when a visit is read. */
const READ_BY_ID = ['Patient', 'Practitioner', 'Organization'];
/** Types that are searched when visits are read, with the parameters. */
const SEARCHED_BY: Readonly<Record<string, readonly string[]>> = {
  Patient: ['identifier'],
  Encounter: ['identifier', 'patient', 'date', '_lastUpdated'],
  QuestionnaireResponse: ['encounter'],
  Procedure: ['encounter'],
  Observation: ['encounter'],
  DocumentReference: ['encounter'],
};

/** The statement by file name. `fillProfiles` adds the profiles once SUSHI has compiled them. */
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
    title: 'Requirements for a FHIR server that stores IMS records',
    status: 'active',
    experimental: false,
    date: PROFILE_DATE,
    description:
      'A record is written in one transaction of conditional creates and updates, and read back by searches. The adapter needs what is marked SHALL. The search parameters marked MAY are for applications that work with the chart.',
    kind: 'requirements',
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'A transaction must be atomic, resolve references between its entries, and return the status and location of each entry.',
        resource: [...new Set([...KEPT_TYPES, ...TYPES_WITH_RECORD])].map((type) =>
          resourceOf(type as Type, core),
        ),
        interaction: [{ ...expectation('SHALL'), code: 'transaction' }],
      },
    ],
  };
}

function resourceOf(type: Type, core: readonly SearchParameter[]): CapabilityStatementRestResource {
  const isCreatedOnce = KEPT_TYPES.has(type);
  const interactions = [
    ...(isCreatedOnce ? ['create'] : ['create', 'update', 'read']),
    ...(READ_BY_ID.includes(type) ? ['read'] : []),
    ...(type in SEARCHED_BY ? ['search-type'] : []),
    ...(DELETED_TYPES.has(type) ? ['delete'] : []),
  ];
  return {
    type,
    documentation: isCreatedOnce ? 'Created once, never updated.' : 'Updated by each revision.',
    interaction: interactions.map((code) => ({ ...expectation('SHALL'), code: code as 'read' })),
    conditionalCreate: isCreatedOnce,
    conditionalUpdate: !isCreatedOnce,
    searchParam: [
      ...searchedBy(type).map((name) => ({
        ...expectation('SHALL'),
        ...coreParam(core, type, name),
      })),
      ...searchParameterList.filter(({ base }) => base.includes(type as 'Flag')).map(ourParam),
    ],
  };
}

/** The parameters that a type is searched by: in conditional writes and in searches. */
function searchedBy(type: string): string[] {
  const condition = TYPES_SEARCHED_BY_TAG.has(type) ? '_tag' : 'identifier';
  return [...new Set([condition, ...(SEARCHED_BY[type] ?? [])])];
}

function expectation(valueCode: 'SHALL' | 'MAY'): { extension: Extension[] } {
  return { extension: [{ url: EXPECTATION_URL, valueCode }] };
}

function ourParam({ code: name, url: definition, type }: SearchParameter): Param {
  return { ...expectation('MAY'), name, definition, type };
}

function coreParam(core: readonly SearchParameter[], type: string, name: string): Param {
  const parameter = core.find(
    ({ code, base }) =>
      code === name && (base as string[]).some((baseType) => [type, 'Resource'].includes(baseType)),
  );
  if (parameter === undefined) throw new Error(`R4 has no search parameter ${name} on ${type}.`);
  return { name, definition: parameter.url, type: parameter.type };
}

function coreParameters(): SearchParameter[] {
  const text = readFileSync(join(coreFolder(), 'search-parameters.json'), 'utf8');
  const { entry } = JSON.parse(text) as Bundle<SearchParameter>;
  return (entry ?? []).flatMap(({ resource }) => resource ?? []);
}

/** Adds the profiles in `folder` to the resource types of the statement there. */
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
  const filled = (rest ?? []).map((server) => ({
    ...server,
    resource: server.resource?.map(({ type, ...details }) => {
      const supportedProfile = profiles.get(type)?.map(({ url }) => url);
      return { type, ...defined({ supportedProfile }), ...details };
    }),
  }));
  writeResource(file, { ...head, rest: filled });
}
