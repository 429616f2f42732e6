// Maps the clinic and its practitioners to Organization, Practitioner and PractitionerRole, and back. They
// are created if the target does not have them, and never changed later.
import type {
  Practitioner as FhirPractitioner,
  Narrative,
  Organization,
  Reference,
} from '@medplum/fhirtypes';
import { narrativeDiv } from '../../chart/narrative.ts';
import { renderObject } from '../../chart/render-object.ts';
import { defined } from '../../defined.ts';
import { structureUrl } from '../../fhir/canonical.ts';
import {
  type Clinic,
  type Practitioner,
  record as recordDefinition,
} from '../../ims/schema/record.ts';
import {
  attendingPractitionerIds,
  type Context,
  type MappedResource,
  mappedResource,
  nameOf,
  practitionerReference,
  reference,
} from '../context.ts';
import { identifierScope, identifierValue, ourIdentifier, sourceSystem } from '../identity.ts';
import { identifiersFromFhir, nameFromFhir, nameToFhir } from './person.ts';

const TIME_ZONE_URL = structureUrl('clinic-time-zone');

const { clinic: definition, practitioners: staff } = recordDefinition.members;

function narrative(heading: string, lines: readonly string[]): Narrative {
  return { status: 'generated', div: narrativeDiv([{ heading, lines }]) };
}

/** The practitioners of the record, its clinic, and the roles of those who attended the visit. */
export function staffToFhir(context: Context): MappedResource[] {
  const { record } = context;
  const practitioners = (record.practitioners ?? []).map((practitioner) =>
    practitionerToFhir(record.source, practitioner),
  );
  if (record.clinic === undefined) return practitioners;
  const { clinic, source } = record;
  const attending = new Set(attendingPractitionerIds(record));
  const roles = (record.practitioners ?? [])
    .filter(({ id }) => attending.has(id))
    .map((practitioner) => roleToFhir(source, { clinic, practitioner }));
  return [...practitioners, clinicToFhir(source, clinic), ...roles];
}

function practitionerToFhir(source: string, practitioner: Practitioner): MappedResource {
  const scope = identifierScope('source', [source, practitioner.id]);
  const resource: FhirPractitioner = {
    resourceType: 'Practitioner',
    text: narrative(staff.of.label, renderObject(practitioner, staff.of.members)),
    identifier: [
      ourIdentifier(identifierValue(scope, 'person')),
      { system: sourceSystem(source, 'practitioner'), value: practitioner.id },
      ...(practitioner.identifiers ?? []),
    ],
    ...(practitioner.name === undefined ? {} : { name: [nameToFhir(practitioner.name)] }),
  };
  return mappedResource(scope, { part: 'person' }, resource);
}

/** A Practitioner of the server as a practitioner of a record, with the source's own `id`. */
export function practitionerFromFhir(
  resource: FhirPractitioner | undefined,
  { id, source }: { id: string; source: string },
): Practitioner {
  return {
    id,
    ...defined({ name: nameFromFhir(resource?.name) }),
    ...identifiersFromFhir(resource?.identifier, sourceSystem(source, 'practitioner')),
  };
}

/** A reference to the clinic by the source's own id. */
export function clinicReference(source: string, { id, name }: Clinic): Reference<Organization> {
  const value = identifierValue(identifierScope('source', [source, id]), 'clinic');
  return {
    ...reference<Organization>('Organization', value, name ?? 'Clinic'),
    identifier: { system: sourceSystem(source, 'clinic'), value: id },
  };
}

function clinicToFhir(source: string, clinic: Clinic): MappedResource {
  const scope = identifierScope('source', [source, clinic.id]);
  const resource: Organization = {
    resourceType: 'Organization',
    text: narrative(definition.label, renderObject(clinic, definition.members)),
    extension: [{ url: TIME_ZONE_URL, valueString: clinic.timeZone }],
    identifier: [
      ourIdentifier(identifierValue(scope, 'clinic')),
      { system: sourceSystem(source, 'clinic'), value: clinic.id },
    ],
    ...defined({ name: clinic.name }),
  };
  return mappedResource(scope, { part: 'clinic' }, resource);
}

/** An Organization of the server as the clinic of a record; undefined without a time zone. */
export function clinicFromFhir(resource: Organization | undefined, id: string): Clinic | undefined {
  const timeZone = resource?.extension?.find(({ url }) => url === TIME_ZONE_URL)?.valueString;
  if (timeZone === undefined) return undefined;
  return { id, ...defined({ name: resource?.name }), timeZone };
}

function roleToFhir(
  source: string,
  { clinic, practitioner }: { clinic: Clinic; practitioner: Practitioner },
): MappedResource {
  const scope = identifierScope('source', [source, practitioner.id, clinic.id]);
  return mappedResource(
    scope,
    { part: 'role' },
    {
      resourceType: 'PractitionerRole',
      text: narrative(staff.of.label, [
        `${nameOf(practitioner.name) ?? practitioner.id}, ${clinic.name ?? clinic.id}`,
      ]),
      identifier: [ourIdentifier(identifierValue(scope, 'role'))],
      practitioner: practitionerReference(source, practitioner),
      organization: clinicReference(source, clinic),
    },
  );
}
