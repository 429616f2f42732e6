// The clinic and its people <-> Organization, Practitioner, PractitionerRole. Written once per
// target, never changed afterwards.
import type {
  Practitioner as FhirPractitioner,
  Narrative,
  Organization,
  Reference,
} from '@medplum/fhirtypes';
import { xhtml } from '../../chart/narrative.ts';
import { renderObject } from '../../chart/render-object.ts';
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
import { identifierValue, ourIdentifier, scopeOf, sourceSystem } from '../identity.ts';
import { identifiersFromFhir, nameFromFhir, nameToFhir } from './person.ts';

const TIME_ZONE_URL = structureUrl('clinic-time-zone');

const { clinic: definition, practitioners } = recordDefinition.members;

function narrative(heading: string, lines: readonly string[]): Narrative {
  return { status: 'generated', div: xhtml([{ heading, lines }]) };
}

/** Everybody and everything of the clinic that the record names. */
export function staffToFhir(context: Context): MappedResource[] {
  const { record } = context;
  const people = (record.practitioners ?? []).map((one) => practitionerToFhir(record.source, one));
  if (record.clinic === undefined) return people;
  const { clinic, source } = record;
  const attending = new Set(attendingPractitionerIds(record));
  const roles = (record.practitioners ?? [])
    .filter(({ id }) => attending.has(id))
    .map((one) => roleToFhir(source, { clinic, practitioner: one }));
  return [...people, clinicToFhir(source, clinic), ...roles];
}

function practitionerToFhir(source: string, practitioner: Practitioner): MappedResource {
  const scope = scopeOf('source', [source, practitioner.id]);
  const resource: FhirPractitioner = {
    resourceType: 'Practitioner',
    text: narrative(practitioners.of.label, renderObject(practitioner, practitioners.of.members)),
    identifier: [
      ourIdentifier(identifierValue(scope, 'person')),
      { system: sourceSystem(source, 'practitioner'), value: practitioner.id },
      ...(practitioner.identifiers ?? []),
    ],
    ...(practitioner.name === undefined ? {} : { name: [nameToFhir(practitioner.name)] }),
  };
  return mappedResource(scope, { part: 'person' }, resource);
}

/** The server's practitioner, under the source's own `id`. */
export function practitionerFromFhir(
  resource: FhirPractitioner | undefined,
  { id, source }: { id: string; source: string },
): Practitioner {
  const name = nameFromFhir(resource?.name);
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...identifiersFromFhir(resource?.identifier, sourceSystem(source, 'practitioner')),
  };
}

/** A reference to the clinic. */
export function clinicReference(source: string, { id, name }: Clinic): Reference<Organization> {
  const value = identifierValue(scopeOf('source', [source, id]), 'clinic');
  return {
    ...reference<Organization>('Organization', value, name ?? 'Clinic'),
    identifier: { system: sourceSystem(source, 'clinic'), value: id },
  };
}

function clinicToFhir(source: string, clinic: Clinic): MappedResource {
  const scope = scopeOf('source', [source, clinic.id]);
  const resource: Organization = {
    resourceType: 'Organization',
    text: narrative(definition.label, renderObject(clinic, definition.members)),
    extension: [{ url: TIME_ZONE_URL, valueString: clinic.timeZone }],
    identifier: [
      ourIdentifier(identifierValue(scope, 'clinic')),
      { system: sourceSystem(source, 'clinic'), value: clinic.id },
    ],
    ...(clinic.name === undefined ? {} : { name: clinic.name }),
  };
  return mappedResource(scope, { part: 'clinic' }, resource);
}

/** The server's organization; without a time zone there is no clinic to speak of. */
export function clinicFromFhir(resource: Organization | undefined, id: string): Clinic | undefined {
  const timeZone = resource?.extension?.find(({ url }) => url === TIME_ZONE_URL)?.valueString;
  if (timeZone === undefined) return undefined;
  return { id, ...(resource?.name === undefined ? {} : { name: resource.name }), timeZone };
}

function roleToFhir(
  source: string,
  { clinic, practitioner }: { clinic: Clinic; practitioner: Practitioner },
): MappedResource {
  const scope = scopeOf('source', [source, practitioner.id, clinic.id]);
  return mappedResource(
    scope,
    { part: 'role' },
    {
      resourceType: 'PractitionerRole',
      text: narrative(practitioners.of.label, [
        `${nameOf(practitioner.name) ?? practitioner.id}, ${clinic.name ?? clinic.id}`,
      ]),
      identifier: [ourIdentifier(identifierValue(scope, 'role'))],
      practitioner: practitionerReference(source, practitioner),
      organization: clinicReference(source, clinic),
    },
  );
}
