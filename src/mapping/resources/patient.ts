// record.patient <-> Patient. Created once where the target has none; never changed afterwards.
import type { ContactPoint, Patient as FhirPatient } from '@medplum/fhirtypes';
import { xhtml } from '../../chart/narrative.ts';
import { renderObject } from '../../chart/render-object.ts';
import { type Patient, record as recordDefinition } from '../../ims/schema/record.ts';
import { type Context, type MappedResource, mappedResource } from '../context.ts';
import { identifierValue, ourIdentifier, sourceSystem } from '../identity.ts';
import { identifiersFromFhir, nameFromFhir, nameToFhir } from './person.ts';

const definition = recordDefinition.members.patient;

/** The patient as a resource of their own. */
export function patientToFhir({ record, patientScope }: Context): MappedResource {
  const { patient, source } = record;
  const telecom: ContactPoint[] = [];
  if (patient.phone !== undefined) telecom.push({ system: 'phone', value: patient.phone });
  if (patient.email !== undefined) telecom.push({ system: 'email', value: patient.email });
  const resource: FhirPatient = {
    resourceType: 'Patient',
    text: {
      status: 'generated',
      div: xhtml([{ heading: definition.label, lines: renderObject(patient, definition.members) }]),
    },
    identifier: [
      ourIdentifier(identifierValue(patientScope, 'patient')),
      { system: sourceSystem(source, 'patient'), value: patient.id },
      ...(patient.identifiers ?? []),
    ],
    ...(patient.name === undefined ? {} : { name: [nameToFhir(patient.name)] }),
    ...(telecom.length === 0 ? {} : { telecom }),
    ...(patient.gender === undefined ? {} : { gender: patient.gender }),
    ...(patient.birthDate === undefined ? {} : { birthDate: patient.birthDate }),
    ...(patient.address === undefined ? {} : { address: [{ text: patient.address }] }),
  };
  return mappedResource(patientScope, { part: 'patient' }, resource);
}

/** The server's patient, under the source's own `id`. */
export function patientFromFhir(
  resource: FhirPatient | undefined,
  { id, source }: { id: string; source: string },
): Patient {
  if (resource === undefined) return { id };
  const telecom = (system: ContactPoint['system']) =>
    resource.telecom?.find((one) => one.system === system)?.value;
  const phone = telecom('phone');
  const email = telecom('email');
  const name = nameFromFhir(resource.name);
  const address = resource.address?.[0]?.text;
  return {
    id,
    ...identifiersFromFhir(resource.identifier, sourceSystem(source, 'patient')),
    ...(name === undefined ? {} : { name }),
    ...(resource.birthDate === undefined ? {} : { birthDate: resource.birthDate }),
    ...(resource.gender === undefined ? {} : { gender: resource.gender }),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
    ...(address === undefined ? {} : { address }),
  };
}
