// FHIR R4 resources: recognising them by shape, and their versions in entity tags. This folder is the
// FHIR wire format only: independent of IMS, of particular servers and of HTTP clients.
import type { ExtractResource, Resource, ResourceType } from '@medplum/fhirtypes';

/** The media type of FHIR in JSON. */
export const FHIR_JSON = 'application/fhir+json';

/** Matches a logical id: https://hl7.org/fhir/R4/datatypes.html#id */
export const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** Matches text that has the form of a resource type name, whether or not the type exists. */
export const TYPE_NAME = /^[A-Z][A-Za-z]{1,63}$/;

/** True for an object with a `resourceType`; its content is not checked. */
export function isResource(value: unknown): value is Resource {
  return (
    typeof value === 'object' &&
    value !== null &&
    'resourceType' in value &&
    typeof value.resourceType === 'string' &&
    TYPE_NAME.test(value.resourceType)
  );
}

/** True for an object with the `resourceType` `type`; its content is not checked. */
export function isOfType<T extends ResourceType>(
  value: unknown,
  type: T,
): value is ExtractResource<T> {
  return isResource(value) && value.resourceType === type;
}

/**
 * The version in an entity tag. Servers send `W/"3"`, `"3"` or plain `3`; `*` and an empty tag have no
 * version.
 */
export function versionOfEtag(etag: string | undefined): string | undefined {
  const version = etag
    ?.trim()
    .replace(/^W\//i, '')
    .replace(/^"(.*)"$/, '$1');
  return version === undefined || version === '' || version === '*' ? undefined : version;
}

/** The weak entity tag of a version: https://hl7.org/fhir/R4/http.html#versioning */
export function etagOf(version: string): string {
  return `W/"${version}"`;
}
