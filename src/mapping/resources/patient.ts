// Maps the patient to Patient and back. Patient is created if the target does not have it, and never changed
// later.
import type { ContactPoint, Patient as FhirPatient } from '@medplum/fhirtypes';
import { narrativeDiv } from '../../chart/narrative.ts';
import { renderObject } from '../../chart/render-object.ts';
import { defined } from '../../defined.ts';
import { type Patient, record as recordDefinition } from '../../ims/schema/record.ts';
import { type Context, type MappedResource, mappedResource } from '../context.ts';
import { identifierValue, ourIdentifier, sourceSystem } from '../identity.ts';
import { identifiersFromFhir, nameFromFhir, nameToFhir } from './person.ts';

const definition = recordDefinition.members.patient;

/** The patient as a Patient. */
export function patientToFhir({ record, patientScope }: Context): MappedResource {
  const { patient, source } = record;
  const telecom: ContactPoint[] = [];
  if (patient.phone !== undefined) telecom.push({ system: 'phone', value: patient.phone });
  if (patient.email !== undefined) telecom.push({ system: 'email', value: patient.email });
  const resource: FhirPatient = {
    resourceType: 'Patient',
    text: {
      status: 'generated',
      div: narrativeDiv([
        { heading: definition.label, lines: renderObject(patient, definition.members) },
      ]),
    },
    identifier: [
      ourIdentifier(identifierValue(patientScope, 'patient')),
      { system: sourceSystem(source, 'patient'), value: patient.id },
      ...(patient.identifiers ?? []),
    ],
    ...(patient.name === undefined ? {} : { name: [nameToFhir(patient.name)] }),
    ...(telecom.length === 0 ? {} : { telecom }),
    ...defined({ gender: patient.gender, birthDate: patient.birthDate }),
    ...(patient.address === undefined ? {} : { address: [{ text: patient.address }] }),
  };
  return mappedResource(patientScope, { part: 'patient' }, resource);
}

/** A Patient of the server as the patient of a record, with the source's own `id`. */
export function patientFromFhir(
  resource: FhirPatient | undefined,
  { id, source }: { id: string; source: string },
): Patient {
  if (resource === undefined) return { id };
  const telecom = (system: ContactPoint['system']) =>
    resource.telecom?.find((contact) => contact.system === system)?.value;
  return {
    id,
    ...identifiersFromFhir(resource.identifier, sourceSystem(source, 'patient')),
    ...defined({
      name: nameFromFhir(resource.name),
      birthDate: resource.birthDate,
      gender: resource.gender,
      phone: telecom('phone'),
      email: telecom('email'),
      address: resource.address?.[0]?.text,
    }),
  };
}
