// The CapabilityStatement of the sandbox.
import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceInteraction,
} from '@medplum/fhirtypes';
import type { Params } from './definitions.ts';

const INTERACTIONS: readonly CapabilityStatementRestResourceInteraction['code'][] = [
  'read',
  'vread',
  'update',
  'patch',
  'delete',
  'history-instance',
  'create',
  'search-type',
];

/** https://hl7.org/fhir/R4/capabilitystatement.html */
export function statementOf(params: Params, base: string): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: new Date().toISOString(),
    kind: 'instance',
    software: { name: 'ims-fhir sandbox' },
    implementation: { description: 'In memory: all data is lost at the end.', url: base },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    patchFormat: ['application/json-patch+json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        resource: [...params].map(([type, byCode]) => restResource(type, [...byCode.values()])),
      },
    ],
  };
}

function restResource(
  type: string,
  params: readonly { code: string; type: string }[],
): CapabilityStatementRestResource {
  return {
    type: type as CapabilityStatementRestResource['type'],
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalUpdate: true,
    conditionalDelete: 'single',
    referencePolicy: ['literal', 'logical', 'local', 'enforced'],
    interaction: INTERACTIONS.map((code) => ({ code })),
    searchParam: params.map((param) => ({
      name: param.code,
      type: param.type as 'token',
    })),
  };
}
