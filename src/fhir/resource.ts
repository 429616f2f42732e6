// Recognises FHIR R4 resources, and converts entity tags to versions and back. This folder contains the
// FHIR wire format only. It does not depend on IMS, on single servers or on an HTTP client.
import type { ExtractResource, Resource, ResourceType } from '@medplum/fhirtypes';

/** The media type of FHIR in JSON. */
export const FHIR_JSON = 'application/fhir+json';

/** Matches a logical id: https://hl7.org/fhir/R4/datatypes.html#id */
export const RESOURCE_ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** Matches text in the form of a resource type name. The type does not have to exist. */
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

/** The version in an entity tag: `W/"3"`, `"3"` or `3`. Undefined for `*` and an empty tag. */
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
