// FHIR R4 as a format: what a resource, a reference, a bundle and an outcome look like on the wire.
// Knows nothing of IMS, of any server or of HTTP beyond media type and entity tags.

import type { ExtractResource, Resource, ResourceType } from '@medplum/fhirtypes';

/** The media type of FHIR in JSON. */
export const FHIR_JSON = 'application/fhir+json';

/** The shape of a logical id: https://hl7.org/fhir/R4/datatypes.html#id */
export const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** The shape of a resource type's name. Whether the type exists is not asked. */
export const TYPE_NAME = /^[A-Z][A-Za-z]{1,63}$/;

/** True when `value` is an object that calls itself a resource; its content is not looked at. */
export function isResource(value: unknown): value is Resource {
  return (
    typeof value === 'object' &&
    value !== null &&
    'resourceType' in value &&
    typeof value.resourceType === 'string' &&
    TYPE_NAME.test(value.resourceType)
  );
}

/** True when `value` is an object that calls itself a resource of `type`. */
export function isOfType<T extends ResourceType>(
  value: unknown,
  type: T,
): value is ExtractResource<T> {
  return isResource(value) && value.resourceType === type;
}

/**
 * The version in an entity tag. Servers write it as `W/"3"`, `"3"` or bare `3`; `*` and an empty
 * tag name no version.
 */
export function versionOfEtag(etag: string | undefined): string | undefined {
  const version = etag
    ?.trim()
    .replace(/^W\//i, '')
    .replace(/^"(.*)"$/, '$1');
  return version === undefined || version === '' || version === '*' ? undefined : version;
}

/** The weak entity tag FHIR asks for: https://hl7.org/fhir/R4/http.html#versioning */
export function etagOf(version: string): string {
  return `W/"${version}"`;
}
