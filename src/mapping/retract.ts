// Retracts resources: the content is kept, and the status becomes entered-in-error.
import type { Extension, Resource } from '@medplum/fhirtypes';
import type { ImsRecord } from '../ims/schema/record.ts';
import { hl7Concept } from '../terminology/concepts.ts';
import { writeMembers } from './codec/extension.ts';
import { ENVELOPE_MEMBERS, RECORD_EXTENSION_MEMBERS, RECORD_URL } from './context.ts';
import { withNotice } from './narrative-notice.ts';
import { STATUS_URL } from './resources/procedure.ts';

/** Types without a status: to retract such a resource, it is deleted. */
export const DELETED_TYPES: ReadonlySet<string> = new Set(['AdverseEvent']);
/** Types that are never retracted: many records share them, or they log what was written. */
export const KEPT_TYPES: ReadonlySet<string> = new Set([
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Provenance',
]);

/**
 * A copy of `resource`, as read from the server, that is retracted by the revision `record`. Only for types
 * outside DELETED_TYPES and KEPT_TYPES.
 */
export function retracted(resource: Resource, record: ImsRecord): Resource {
  const original = resource as Resource & { status?: string; extension?: Extension[] };
  const originalStatus = original.resourceType === 'Procedure' ? statusExtension(original) : [];
  const extension = [
    ...(original.extension ?? []).filter(({ url }) => url !== RECORD_URL),
    recordExtensionOf(original, record),
    ...originalStatus,
  ];
  if (original.resourceType === 'Condition') {
    const { clinicalStatus, ...rest } = original;
    const verificationStatus = hl7Concept('condition-ver-status', 'entered-in-error');
    return withRetractionNotice({ ...rest, extension, verificationStatus });
  }
  if (original.resourceType === 'Goal') {
    return withRetractionNotice({ ...original, extension, lifecycleStatus: 'entered-in-error' });
  }
  return withRetractionNotice({ ...original, extension, status: 'entered-in-error' } as Resource);
}

/** The status before the retraction: without it, a retracted Procedure cannot be read as a record. */
function statusExtension({
  status,
  extension,
}: {
  status?: string;
  extension?: Extension[];
}): Extension[] {
  const isKept = extension?.some(({ url }) => url === STATUS_URL) ?? false;
  return status === undefined || isKept ? [] : [{ url: STATUS_URL, valueCode: status }];
}

/** Extension `ims-record` of the retracting revision, with the visit time of the resource. */
function recordExtensionOf(
  { resourceType, extension }: { resourceType: string; extension?: Extension[] },
  record: ImsRecord,
) {
  const before = extension?.find(({ url }) => url === RECORD_URL)?.extension ?? [];
  const members = resourceType === 'Encounter' ? ENVELOPE_MEMBERS : RECORD_EXTENSION_MEMBERS;
  return {
    url: RECORD_URL,
    extension: [...writeMembers(record, members), ...before.filter(({ url }) => url === 'visitAt')],
  };
}

function withRetractionNotice(resource: Resource): Resource {
  return withNotice(resource, 'ENTERED IN ERROR', 'first');
}
